import { afterEach, expect, test } from 'vitest'
import type { KeyColumn } from '../../src/batch/blocks.ts'
import { LinkThreads } from '../../src/batch/link-threads.ts'
import type { ThreadTask } from '../../src/batch/thread-work.ts'

const key: KeyColumn = { codes: Uint32Array.from([0, 0, 1, 1, 1, 2]), offsets: null, distinct: 3 }
const counting = (most_pairs: number): ThreadTask & { kind: 'blocks' } => ({ kind: 'blocks', records: 6, parts: [key], most_in_block: 10, most_pairs })
let open: LinkThreads[] = []
const threads = (count: number, signal?: AbortSignal): LinkThreads => {
  const made = new LinkThreads(count, signal)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const one of open) await one.close()
  open = []
})

test.each([0, 2, 3])('with %i threads each task gets its own answer, however many wait', async (count) => {
  const pool = threads(count)
  const answers = await Promise.all(Array.from({ length: 20 }, async (_, i) => await pool.run(counting(i % 2 === 0 ? 4 : 3))))
  answers.forEach(({ pairs, blocks, counted }, i) => {
    expect([pairs, counted.largest, blocks === null]).toEqual([4, 3, i % 2 === 1])
    if (blocks !== null) expect([...blocks.members]).toEqual([0, 1, 2, 3, 4])
  })
})

test.each([0, 2])('with %i threads a task that fails fails alone, and the next one is answered', async (count) => {
  const pool = threads(count)
  // No records were named to be compared.
  const failed = pool.run({ kind: 'compare', from: 0, to: 1 })
  await expect(failed).rejects.toThrow('broken promise')
  expect((await pool.run(counting(4))).pairs).toBe(4)
})

test.each([0, 2])('with %i threads nothing is begun once it was told to stop', async (count) => {
  const stop = new AbortController()
  const pool = threads(count, stop.signal)
  expect((await pool.run(counting(4))).pairs).toBe(4)
  stop.abort()
  await expect(pool.run(counting(4))).rejects.toMatchObject({ code: 'interrupted' })
})
