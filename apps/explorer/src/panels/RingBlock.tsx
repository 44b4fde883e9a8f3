/** One ring: its size, what is recorded of offences in it, its protected members counted but not named, and its possible organisers. */
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Ring } from '@ringmap/model/finding'
import { openChart } from '../actions.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { percent } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { ringLabel } from '../words/terms.ts'
import { OrganiserRow } from './OrganiserRow.tsx'

const FIRST = 3

export function RingBlock({ ring }: { readonly ring: Ring }) {
  const [all, setAll] = useState(false)
  const open = useExplorer((state) => state.steps?.subject === ring.id)
  const shown = all ? ring.organisers : ring.organisers.slice(0, FIRST)
  const left = ring.organisers.length - FIRST
  return (
    <section className="ring" data-open={open} aria-label={ringLabel(ring.label)}>
      <UnstyledButton className="ring-head" onClick={() => void openChart(ring.id, ring.label)} aria-current={open ? 'true' : undefined} data-ring={ring.id}>
        <span className="ring-title"><Icon svg={TOOLS.rings} /> {ringLabel(ring.label)}</span>
        <span className="ring-facts">
          <span>{say('count.members', { n: ring.members.length })}</span>
          <span title={say('ring.share.title')}>{say('ring.share', { share: percent(ring.criminal_share) })}</span>
          {ring.protected_members > 0 ? <span className="protected" title={say('ring.protected.title')}><Icon svg={TOOLS.shield} size={12} /> {say('ring.protected', { n: ring.protected_members })}</span> : null}
        </span>
        <span className="bar" aria-hidden><span style={{ width: `${Math.round(ring.criminal_share * 100)}%` }} /></span>
      </UnstyledButton>
      {ring.organisers.length > 0 ? (
        <ol className="plain ring-list">{shown.map((organiser) => <li key={organiser.subject}><OrganiserRow organiser={organiser} /></li>)}</ol>
      ) : null}
      {left > 0 ? (
        <UnstyledButton className="more" onClick={() => setAll(!all)} aria-expanded={all}>{all ? say('ring.first') : say('ring.more', { n: left })}</UnstyledButton>
      ) : null}
    </section>
  )
}
