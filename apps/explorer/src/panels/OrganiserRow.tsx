/** One possible organiser in a list: rank, name, how steady the rank is, and the first reason in words. */
import { UnstyledButton } from '@mantine/core'
import type { OrganiserFinding } from '@ringmap/model/finding'
import { openChart } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { capital, ringLabel, steadiness } from '../words/terms.ts'

export function OrganiserRow({ organiser, full = false }: { readonly organiser: OrganiserFinding; readonly full?: boolean }) {
  const current = useExplorer((state) => state.steps?.subject === organiser.subject || state.picked?.id === organiser.subject)
  const ring = useExplorer((state) => full ? state.findings?.rings.find(({ id }) => id === organiser.ring)?.label : undefined)
  const reason = organiser.because[0]
  return (
    <UnstyledButton
      className="organiser" aria-current={current ? 'true' : undefined} data-organiser={organiser.subject}
      onClick={() => void openChart(organiser.subject, organiser.label)}
    >
      <span className="rank" data-first={organiser.rank <= 3}><span className="unseen">{say('organiser.rank')}</span>{organiser.rank}</span>
      <span className="organiser-words">
        <span className="organiser-name"><bdi>{plainLabel(organiser.label)}</bdi>{ring === undefined ? null : <span className="tag">{ringLabel(ring)}</span>}</span>
        <span className="faint">{steadiness(organiser.interval)}</span>
        {full && reason !== undefined ? <span className="because">{capital(told(reason.text))}</span> : null}
      </span>
    </UnstyledButton>
  )
}
