/** A person's place in the organiser orders, the reasons in words, and the other measures beside; a reason brings its links forward. */
import { UnstyledButton } from '@mantine/core'
import type { OrganiserFinding } from '@ringmap/model/finding'
import type { EntityCard } from '@ringmap/model/wire'
import { showReason } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { capital, RANKED_BY, steadiness } from '../words/terms.ts'
import { Section } from './Section.tsx'

const MEASURE_LABELS: Readonly<Record<string, string>> = {
  betweenness: 'Betweenness', constraint: 'Constraint (low is first)', 'effective-size': 'Effective size', degree: 'Contacts (degree)',
  'weighted-degree': 'Weighted degree', pagerank: 'PageRank', closeness: 'Closeness', 'k-core': 'k-core', 'current-flow': 'Current flow',
}

export function RankSection({ card }: { readonly card: EntityCard }) {
  const findings = useExplorer((state) => state.findings)
  const id = card.entity.id
  const overall = findings?.organisers.find(({ subject }) => subject === id)
  const ring = findings?.rings.find(({ organisers }) => organisers.some(({ subject }) => subject === id))
  const inRing = ring?.organisers.find(({ subject }) => subject === id)
  const main = overall ?? inRing
  if (main === undefined) return null
  return (
    <Section title="Possible organiser">
      <div className="ranks">
        {overall === undefined ? null : <Rank organiser={overall} where="overall" />}
        {inRing === undefined || ring === undefined ? null : <Rank organiser={inRing} where={`in ${ring.label}`} />}
      </div>
      <Reasons organiser={main} />
      <details className="beside">
        <summary>Other measures beside</summary>
        <table>
          <thead><tr><th scope="col">Measure</th><th scope="col">Rank</th><th scope="col">Value</th></tr></thead>
          <tbody>
            {Object.entries(main.beside).map(([name, { value, rank }]) => (
              <tr key={name}><th scope="row">{MEASURE_LABELS[name] ?? name}</th><td>{counted(rank)}</td><td>{value.toPrecision(3)}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
      <p className="note">{RANKED_BY}</p>
    </Section>
  )
}

function Rank({ organiser, where }: { readonly organiser: OrganiserFinding; readonly where: string }) {
  return (
    <div className="rank-box">
      <span className="rank-number">{organiser.rank}</span>
      <span className="rank-words"><span>of {counted(organiser.of)} {where}</span><span className="faint">{steadiness(organiser.interval)}</span></span>
    </div>
  )
}

function Reasons({ organiser }: { readonly organiser: OrganiserFinding }) {
  const named = useExplorer((state) => state.named?.text)
  if (organiser.because.length === 0) return null
  return (
    <ul className="plain reasons" aria-label="Reasons">
      {organiser.because.map((reason) => (
        <li key={reason.code + reason.text}>
          {reason.entities.length + reason.links.length === 0 ? <span className="reason">{capital(reason.text)}</span> : (
            <UnstyledButton className="reason" onClick={() => showReason(reason)} aria-pressed={named === reason.text} title="Bring what this stands on forward in the chart">
              {capital(reason.text)}
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  )
}
