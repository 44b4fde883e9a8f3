/** A person's place in the organiser orders: how steady, why, on which layer, and what else the analysis says; a reason brings its links forward. */
import { UnstyledButton } from '@mantine/core'
import type { Findings, OrganiserFinding } from '@ringmap/model/finding'
import type { EntityCard } from '@ringmap/model/wire'
import { showReason } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { counted, percent } from '../words/amount.ts'
import { told } from '../words/engine-sentences.ts'
import { say, sayIfKnown } from '../words/say.ts'
import { capital, ringLabel, steadiness } from '../words/terms.ts'
import { OverTimeTable } from './OverTimeTable.tsx'
import { Section } from './Section.tsx'

export function RankSection({ card }: { readonly card: EntityCard }) {
  const findings = useExplorer((state) => state.findings)
  const id = card.entity.id
  const overall = findings?.organisers.find(({ subject }) => subject === id)
  const ring = findings?.rings.find(({ organisers }) => organisers.some(({ subject }) => subject === id))
  const inRing = ring?.organisers.find(({ subject }) => subject === id)
  const main = overall ?? inRing
  if (findings === null) return null
  return (
    <>
      {main === undefined ? null : (
        <Section title={say('rank.title')}>
          <div className="ranks">
            {overall === undefined ? null : <Rank organiser={overall} where={say('rank.overall', { of: overall.of })} />}
            {inRing === undefined || ring === undefined ? null : <Rank organiser={inRing} where={say('rank.in', { of: inRing.of, ring: ringLabel(ring.label) })} />}
          </div>
          <Reasons organiser={main} />
          {main.interval.first_ten === undefined ? null : <p className="brief-note">{say('rank.first-ten', { share: percent(main.interval.first_ten) })}</p>}
          <Layers findings={findings} id={id} />
          <OverTimeTable id={id} />
          <Beside organiser={main} />
          {findings.stability === undefined ? null : <p className="note">{say(findings.stability.stable ? 'rank.order-stable' : 'rank.order-unstable', { share: percent(findings.stability.top_overlap), top: findings.stability.top })}</p>}
          <p className="note">{say('ranked.by')}</p>
        </Section>
      )}
      <Insulated findings={findings} id={id} />
      <ContactOnly findings={findings} id={id} />
    </>
  )
}

function Rank({ organiser, where }: { readonly organiser: OrganiserFinding; readonly where: string }) {
  return (
    <div className="rank-box">
      <span className="rank-number">{organiser.rank}</span>
      <span className="rank-words"><span>{where}</span><span className="faint">{steadiness(organiser.interval)}</span></span>
    </div>
  )
}

function Reasons({ organiser }: { readonly organiser: Pick<OrganiserFinding, 'because'> }) {
  const named = useExplorer((state) => state.named?.text)
  if (organiser.because.length === 0) return null
  return (
    <ul className="plain reasons" aria-label={say('rank.reasons')}>
      {organiser.because.map((reason) => (
        <li key={reason.code + reason.text}>
          {reason.entities.length + reason.links.length === 0 ? <span className="reason">{capital(told(reason.text))}</span> : (
            <UnstyledButton className="reason" onClick={() => showReason(reason)} aria-pressed={named === reason.text} title={say('rank.forward')}>
              {capital(told(reason.text))}
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The same persons ordered by calls alone, money alone, …: a leader who never calls stands out by where he is not. */
function Layers({ findings, id }: { readonly findings: Findings; readonly id: string }) {
  const layers = findings.layers ?? []
  if (layers.length < 2) return null
  return (
    <details className="beside" open>
      <summary>{say('rank.layers')}</summary>
      <table>
        <thead><tr><th scope="col">{say('rank.layer')}</th><th scope="col">{say('rank.rank')}</th></tr></thead>
        <tbody>
          {layers.map(({ layer, label, organisers }) => {
            const place = organisers.find(({ subject }) => subject === id)
            return <tr key={layer}><th scope="row">{capital(sayIfKnown(`layer.${layer}`, label))}</th><td>{place === undefined ? <span className="faint">{say('rank.layer.none')}</span> : say('rank.layer.of', { rank: place.rank, of: place.of })}</td></tr>
          })}
        </tbody>
      </table>
    </details>
  )
}

function Beside({ organiser }: { readonly organiser: OrganiserFinding }) {
  return (
    <details className="beside">
      <summary>{say('rank.beside')}</summary>
      <table>
        <thead><tr><th scope="col">{say('rank.measure')}</th><th scope="col">{say('rank.rank')}</th><th scope="col">{say('rank.value')}</th></tr></thead>
        <tbody>
          {Object.entries(organiser.beside).map(([name, { value, rank }]) => (
            <tr key={name}><th scope="row">{sayIfKnown(`measure.${name}`, name)}</th><td>{counted(rank)}</td><td>{value.toPrecision(3)}</td></tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Insulated({ findings, id }: { readonly findings: Findings; readonly id: string }) {
  const found = findings.insulated?.find(({ subject }) => subject === id)
  if (found === undefined) return null
  return (
    <Section title={say('rank.insulated')}>
      <p>{say('rank.insulated.value', { value: found.value.toPrecision(3), hubs: found.hubs, contacts: found.contacts, volume: found.volume_rank, of: found.of })}</p>
      <Reasons organiser={found} />
      {findings.insulated_warning === undefined ? null : <p className="note">{told(findings.insulated_warning)}</p>}
    </Section>
  )
}

function ContactOnly({ findings, id }: { readonly findings: Findings; readonly id: string }) {
  const found = findings.contact_only?.find(({ subject }) => subject === id)
  return found === undefined ? null : <p className="contact-only">{say('rank.contact-only', { reason: told(found.reason) })}</p>
}
