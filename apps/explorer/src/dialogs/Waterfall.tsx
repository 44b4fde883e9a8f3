/** The weights of a comparison as a waterfall: from what was to be expected before, by each comparison, to the total; a table that carries its bars. */
import type { Explanation } from '@ringmap/model/judgement'
import { say, sayIfKnown } from '../words/say.ts'

export function Waterfall({ explanation: { prior, comparisons, total } }: { readonly explanation: Explanation }) {
  const sums = comparisons.reduce<number[]>((list, { weight }) => [...list, (list.at(-1) ?? prior) + weight], [])
  const low = Math.min(0, prior, total, ...sums)
  const high = Math.max(0, prior, total, ...sums)
  const scale = (bits: number): number => (bits - low) / Math.max(1e-9, high - low) * 100
  const bar = (from: number, until: number): { readonly left: string; readonly width: string } => ({ left: `${Math.min(scale(from), scale(until))}%`, width: `${Math.max(0.6, Math.abs(scale(until) - scale(from)))}%` })
  return (
    <table className="waterfall">
      <thead><tr><th scope="col">{say('review.compared')}</th><th scope="col">{say('review.level')}</th><th scope="col" className="number">{say('review.weight')}</th><td /></tr></thead>
      <tbody>
        <tr><th scope="row">{say('review.before')}</th><td /><td className="number">{signed(prior)}</td><td className="falls" aria-hidden><span className="fall" data-way="against" style={bar(0, prior)} /><span className="zero" style={{ left: `${scale(0)}%` }} /></td></tr>
        {comparisons.map(({ on, level, weight }, i) => (
          <tr key={`${on} ${i}`}>
            <th scope="row">{sayIfKnown(`field.${on}`, on)}</th><td>{sayIfKnown(`review.level.${level}`, level)}</td><td className="number">{signed(weight)}</td>
            <td className="falls" aria-hidden><span className="fall" data-way={weight < 0 ? 'against' : 'for'} style={bar((sums[i] ?? 0) - weight, sums[i] ?? 0)} /><span className="zero" style={{ left: `${scale(0)}%` }} /></td>
          </tr>
        ))}
        <tr className="falls-total"><th scope="row">{say('review.total')}</th><td /><td className="number">{say('review.bits', { n: total })}</td><td className="falls" aria-hidden><span className="fall" data-way="total" style={bar(0, total)} /><span className="zero" style={{ left: `${scale(0)}%` }} /></td></tr>
      </tbody>
    </table>
  )
}

function signed(bits: number): string {
  return `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`
}
