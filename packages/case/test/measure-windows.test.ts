import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { measureEdges } from '../src/measure-edges.ts'
import { measureWindows, type MeasureWindowsOptions } from '../src/measure-windows.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-windows-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

const plain: MeasureWindowsOptions = { source: 'source', target: 'target', directed: false, seed: 1, time: 'at', window: '10d' }

function file(name: string, lines: readonly string[]): string {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return join(folder, name)
}

/** A hub that changes hands: H until the 15th, J from then on; and a month later two strangers. */
const CALLS: readonly (readonly [string, string, number, number])[] = [
  ...['a', 'b', 'c', 'd'].map((one, i) => ['H', one, 1 + 3 * i, 2] as const), ['a', 'b', 4, 1], ...['a', 'b', 'c', 'd'].map((one, i) => ['J', one, 15 + i, 3] as const), ['c', 'd', 18, 1], ['x', 'y', 45, 1],
]
const day = (n: number): string => new Date(Date.UTC(2025, 0, n)).toISOString().slice(0, 10)
const calls = file('calls.csv', ['source,target,at,n', ...CALLS.map(([a, b, at, n]) => `${a},${b},${day(at)},${n}`), 'a,b,,1', 'a,a,2025-01-02,1'])

describe('measure over sliding windows', () => {
  it('in each window is what the rows of its time alone give', async () => {
    const { windows, copies, remarks } = await measureWindows('current-flow', calls, { ...plain, window: '14d', step: '7d', copies: 6 })
    expect(copies).toBe(6)
    expect(windows.map(({ window }) => window)).toEqual(['2025-01-01', '2025-01-08', '2025-01-15', '2025-02-05'])
    for (const { window, end, names, score, rank, low, high } of windows) {
      const inside = file('inside.csv', ['source,target', ...CALLS.filter(([, , at]) => day(at) >= window && day(at) < end).map(([a, b]) => `${a},${b}`)])
      const alone = await measureEdges('current-flow', inside, { ...plain, time: undefined, copies: 6 })
      expect({ names, score, rank, low, high }).toEqual({ names: alone.names, score: alone.score, rank: alone.rank, low: alone.low, high: alone.high })
    }
    const first = (w: number): string | undefined => windows[w]?.names[windows[w]?.order[0] as number]
    expect([first(0), first(2)]).toEqual(['H', 'J'])
    expect(remarks.join(' ')).toMatch(/1 of 13 rows have no time.*1 rows lead from a node to itself.*6 windows of 14d.*In 2 of 6 windows nobody has a tie/)
  })

  it.each([
    ['seconds since 1970', (n: number) => String(Date.UTC(2025, 0, n) / 1000)],
    ['milliseconds', (n: number) => String(Date.UTC(2025, 0, n))],
    ['days first', (n: number) => day(n).split('-').reverse().join('/')],
    ['a zone of their own', (n: number) => `${day(n)}T05:30:00+05:30`],
  ])('reads times in %s', async (name, written) => {
    const { windows } = await measureWindows('degree', file(`${name}.csv`, ['source,target,at', ...CALLS.map(([a, b, at]) => `${a},${b},${written(at)}`)]), { ...plain, window: '10', copies: 0 })
    const { windows: dated } = await measureWindows('degree', calls, { ...plain, copies: 0 })
    expect(windows).toEqual(dated)
  })

  it('takes rounds and years as the numbers they are, and starts from whom it is told to', async () => {
    const rounds = file('rounds.csv', ['source,target,round', 'a,b,1', 'b,c,1', 'a,c,2', 'c,d,3'])
    const { windows, remarks } = await measureWindows('distance', rounds, { ...plain, time: 'round', window: '1', step: '1', from: ['a'], copies: 0 })
    expect(windows.map(({ window, names, score }) => [window, Object.fromEntries(names.map((name, v) => [name, score[v]]))])).toEqual([['1', { a: 0, b: 1, c: 2 }], ['2', { a: 0, c: 1 }]])
    expect(remarks.join(' ')).toContain('In 1 windows nobody whom --from names')
    const { windows: groups } = await measureWindows('components', rounds, { ...plain, time: 'round', window: '2' })
    expect(groups.map(({ window }) => window)).toEqual(['1', '2'])
  })

  it.each([
    ['no such column', { time: 'when' }, 'edge_list_invalid', /no column when.*--time/],
    ['no length', { window: 'a month' }, 'usage', /--window a month is no length/],
    ['an empty length', { step: '0d' }, 'usage', /--step 0d/],
    ['a unit for numbers', { time: 'n' }, 'usage', /plain numbers/],
    ['no time at all', { time: 'target' }, 'edge_list_invalid', /row 2: "a" in target/],
    ['more windows than anybody reads', { window: '1d', step: '1s' }, 'usage', /10000 at most/],
    ['nobody of that name', { from: ['Z'] }, 'usage', /no node Z/],
    ['no memory', { memory: 1000 }, 'too_large', /KiB/],
  ] as const)('%s is told', async (_, options, code, message) => {
    await expect(measureWindows('degree', calls, { ...plain, ...options })).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('says so where no row has a time', async () => {
    await expect(measureWindows('degree', file('timeless.csv', ['source,target,at', 'a,b,', 'b,c,']), plain)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('No row has a time') })
  })
})
