/** Records added to a kept run, in a process of its own: `node bench/linkage-added.ts STATE FILE`; what a load costs, and then what the addition does. Started by linkage.ts; prints one JSON line. */
import { addToState, openState } from '@ringmap/case/add-to-state'

const [folder = '', file = ''] = process.argv.slice(2)
const used = (): { cpu_s: number; wall_s: number } => {
  const { user, system } = process.cpuUsage()
  return { cpu_s: (user + system) / 1e6, wall_s: performance.now() / 1000 }
}
const began = used()
const opened = await openState(folder)
const loaded = used()
const { addition, times_ms } = await addToState(folder, [file], { opened, dry_run: true })
const added = used()
process.stdout.write(`${JSON.stringify({
  records: addition.records, compared: addition.compared_pairs, touched: addition.touched, changed: addition.changed.length, load_cpu_s: loaded.cpu_s - began.cpu_s, load_wall_s: loaded.wall_s - began.wall_s,
  add_cpu_s: added.cpu_s - loaded.cpu_s, add_wall_s: added.wall_s - loaded.wall_s, read_ms: times_ms.read, join_ms: times_ms.add, peak_mb: process.resourceUsage().maxRSS / 1024,
})}\n`)
