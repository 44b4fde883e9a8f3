/** A call, then a payment, then a movement among the same two or three, beyond chance: doings of a case for the kernel, its answer in words. */
import { callPaymentMovement } from '@ringmap/analysis/call-payment-movement'
import type { LinkKind } from '@ringmap/model/schema'
import type { WorkOptions } from '@ringmap/model/progress'
import { sql } from '@ringmap/store/sql'
import { ONLY_USER } from './find-paths.ts'
import { countRows, happened, momentText } from './happenings.ts'
import { listed } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFindings, DraftPlace } from './pattern-drafts.ts'

export async function findMotifs(open: OpenCase, options: WorkOptions & { readonly seed: number; readonly rate: number }): Promise<DraftFindings> {
  const nodes = await countRows(open, sql`SELECT * FROM entity`)
  const [calls, payments, moves] = [await columnsOf(open, ['called', 'messaged']), await columnsOf(open, ['paid']), await columnsOf(open, ['present_at', 'travelled'])]
  const found = callPaymentMovement({
    persons: nodes, calls: { a: calls.source, b: calls.target, at: calls.at }, payments, moves: { who: moves.source, at: moves.at },
  }, { seed: options.seed, rate: options.rate, signal: options.signal })
  const zone = open.file.timezone
  return {
    method: `A call of one of two or three people, a payment among them within 48 hours, a movement of one of them within 48 hours more; against the same payments and movements dealt out over their moments 50 times (seed ${options.seed}); listed up to a false discovery rate of ${options.rate}.`,
    drafts: found.map(({ people, occurrences, expected, q }) => {
      const [call, payment, move] = occurrences[0] as readonly [number, number, number]
      const last = occurrences.at(-1) as readonly [number, number, number]
      return {
        subjects: people, text: `${listed(people.map((one) => `{${one}}`))}: call, payment and movement follow each other ${occurrences.length} times`, value: occurrences.length / expected, unit: 'times chance', sureness: { kind: 'q', value: q },
        first_ms: calls.at[call] as number, last_ms: moves.at[last[2]] as number,
        because: [
          { code: 'surprise', text: `chance gives ${expected.toFixed(2)}`, entities: people },
          { code: 'first', text: `the first: {${calls.source[call] as number}} called {${calls.target[call] as number}}, ${momentText(calls.at[call] as number, zone)}; {${payments.source[payment] as number}} paid {${payments.target[payment] as number}}, ${momentText(payments.at[payment] as number, zone)}; {${moves.source[move] as number}} at {${moves.target[move] as number}}, ${momentText(moves.at[move] as number, zone)}`, entities: [] },
        ],
        rows: occurrences.flatMap(([c, p, m]) => [calls.place(c), payments.place(p), moves.place(m)]),
      }
    }),
    cautions: ['That one thing follows another does not say that it was for it.'],
  }
}

interface Columns {
  readonly source: Uint32Array
  readonly target: Uint32Array
  readonly at: Float64Array
  readonly place: (row: number) => DraftPlace
}

async function columnsOf(open: OpenCase, kinds: readonly LinkKind[]): Promise<Columns> {
  const all = sql`SELECT DISTINCT coalesce(a.user, h.source) AS source, coalesce(b.user, h.target) AS target, h.at_ms, h.file, h.row FROM (${happened(kinds)}) h LEFT JOIN (${ONLY_USER}) a ON a.thing = h.source LEFT JOIN (${ONLY_USER}) b ON b.thing = h.target`
  const [source, target, at, file, row] = await open.database.columns(
    sql`SELECT source, target, CAST(at_ms AS DOUBLE), file, CAST(row AS INTEGER) FROM (${all}) ORDER BY at_ms, source, target, file, row`, ['u32', 'u32', 'f64', 'u32', 'u32'] as const, await countRows(open, all),
  )
  return { source, target, at, place: (i) => ({ source: file[i] as number, row: row[i] as number }) }
}
