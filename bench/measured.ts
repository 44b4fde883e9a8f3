/** Time by the clock, processor time and memory of a piece of work. */
import { readFileSync } from 'node:fs'

export interface Measured<T> {
  readonly result: T
  readonly wall_s: number
  /** Of this process. */
  readonly cpu_s: number
  /** Most memory that was held at one of the looks, every 50 ms and at the end. */
  readonly peak_mb: number
}

export async function measured<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  let peak = process.memoryUsage.rss()
  const look = (): void => { peak = Math.max(peak, process.memoryUsage.rss()) }
  const watch = setInterval(look, 50)
  const [cpu, began] = [process.cpuUsage(), performance.now()]
  try {
    const result = await work()
    const { user, system } = process.cpuUsage(cpu)
    const wall_s = (performance.now() - began) / 1000
    look()
    return { result, wall_s, cpu_s: (user + system) / 1e6, peak_mb: Math.round(peak / 2 ** 20) }
  } finally {
    clearInterval(watch)
  }
}

/** One line: what, by the clock, of the processor, memory at most, and what is said beside. */
export function printMeasured(what: string, { wall_s, cpu_s, peak_mb }: Omit<Measured<unknown>, 'result'>, said = ''): void {
  console.log(`${what.padEnd(46)} ${wall_s.toFixed(1).padStart(7)} s wall ${cpu_s.toFixed(2).padStart(8)} s CPU ${String(peak_mb).padStart(6)} MB  ${said}`.trimEnd())
}

/** Processor seconds that another process has used so far, on Linux. */
export function cpuSecondsOf(pid: number | string): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
