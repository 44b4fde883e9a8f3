/** The observations under a link, one line each: when, how much, its grade, and the row it stands on. */
import type { LinkCard } from '@ringmap/model/wire'
import { useExplorer } from '../state.ts'
import { counted, formatAmount, formatDuration } from '../words/amount.ts'
import { formatMoment } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { SourcePlace } from './SourceRows.tsx'

export function Observations({ card: { observations, observations_of: all } }: { readonly card: LinkCard }) {
  const zone = useExplorer((state) => state.summary?.timezone)
  const amounts = observations.some(({ amount }) => amount !== null)
  const durations = observations.some(({ duration_s }) => duration_s !== null)
  const counts = observations.some(({ count }) => count !== 1)
  return (
    <>
      <table className="observations">
        <thead>
          <tr>
            <th scope="col">{say('seen.when')}</th>
            {amounts ? <th scope="col" className="number">{say('seen.amount')}</th> : null}
            {durations ? <th scope="col" className="number">{say('seen.duration')}</th> : null}
            {counts ? <th scope="col" className="number">{say('seen.count')}</th> : null}
            <th scope="col">{say('seen.grade')}</th>
            <th scope="col">{say('seen.row')}</th>
          </tr>
        </thead>
        <tbody>
          {observations.map((seen, i) => (
            <tr key={`${seen.source.source} ${seen.source.row} ${i}`}>
              <td>{seen.at_ms === null ? <span className="faint">{say('seen.no-time')}</span> : formatMoment(seen.at_ms, zone)}</td>
              {amounts ? <td className="number">{seen.amount === null ? '' : formatAmount(seen.amount, seen.currency)}</td> : null}
              {durations ? <td className="number">{seen.duration_s === null ? '' : formatDuration(seen.duration_s)}</td> : null}
              {counts ? <td className="number">{counted(seen.count)}</td> : null}
              <td>{seen.grade === null ? <span className="faint">{say('seen.no-grade')}</span> : seen.grade.value}</td>
              <td><SourcePlace source={seen.source} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {all > observations.length ? <p className="empty">{say('seen.first', { n: observations.length, of: all })}</p> : null}
    </>
  )
}
