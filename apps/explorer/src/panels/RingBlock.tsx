/** One ring: its size, what is recorded of offences in it, its protected members counted but not named, and its possible organisers. */
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Ring } from '@ringmap/model/finding'
import { openChart } from '../actions.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { percent, plural } from '../words/amount.ts'
import { OrganiserRow } from './OrganiserRow.tsx'

const FIRST = 3

export function RingBlock({ ring }: { readonly ring: Ring }) {
  const [all, setAll] = useState(false)
  const open = useExplorer((state) => state.steps?.subject === ring.id)
  const shown = all ? ring.organisers : ring.organisers.slice(0, FIRST)
  const left = ring.organisers.length - FIRST
  return (
    <section className="ring" data-open={open} aria-label={ring.label}>
      <UnstyledButton className="ring-head" onClick={() => void openChart(ring.id, ring.label)} aria-current={open ? 'true' : undefined} data-ring={ring.id}>
        <span className="ring-title"><Icon svg={TOOLS.rings} /> {ring.label}</span>
        <span className="ring-facts">
          <span>{plural(ring.members.length, 'member')}</span>
          <span title="Members with at least one criminal link">{percent(ring.criminal_share)} with a criminal link</span>
          {ring.protected_members > 0 ? <span className="protected" title="Victims, witnesses, minors, informants: counted, never named or ranked"><Icon svg={TOOLS.shield} size={12} /> {ring.protected_members} protected</span> : null}
        </span>
        <span className="bar" aria-hidden><span style={{ width: percent(ring.criminal_share).replace(' ', '') }} /></span>
      </UnstyledButton>
      {ring.organisers.length > 0 ? (
        <ol className="plain ring-list">{shown.map((organiser) => <li key={organiser.subject}><OrganiserRow organiser={organiser} /></li>)}</ol>
      ) : null}
      {left > 0 ? (
        <UnstyledButton className="more" onClick={() => setAll(!all)} aria-expanded={all}>{all ? 'Show the first three' : `Show ${left} more`}</UnstyledButton>
      ) : null}
    </section>
  )
}
