/** Runs the command line as a process of its own, as a person or a script would. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const MAIN: string = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  /** Written to stdin, which is then closed. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Once stdout holds this text, `meanwhile` is done and then SIGINT sent. */
  readonly interrupt_at?: string
  readonly meanwhile?: () => Promise<void>
}

export async function ringmap(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return await new Promise((resolve, reject) => {
    // The runner forces colours on; a person's shell does not.
    const { FORCE_COLOR: _, ...env } = process.env
    const child = spawn(process.execPath, [MAIN, ...args], { env: { ...env, ...options.env } })
    let out = ''
    let err = ''
    let stopped = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (options.interrupt_at !== undefined && !stopped && out.includes(options.interrupt_at)) {
        stopped = true
        void (options.meanwhile?.() ?? Promise.resolve()).catch(reject).finally(() => child.kill('SIGINT'))
      }
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }))
    child.stdin.end(options.input ?? '')
  })
}
