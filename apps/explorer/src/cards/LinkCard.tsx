/** Card of a link: its ends, what adds up over it, how strong it is and what that means, every observation, every row. */
import { Badge, UnstyledButton } from '@mantine/core'
import { LINK_KINDS } from '@ringmap/model/schema'
import type { Entity } from '@ringmap/model/entity'
import type { LinkCard as Card } from '@ringmap/model/wire'
import { goTo } from '../actions.ts'
import { KindDisc } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { formatAmount, formatDuration } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatMoment, formatSpan, zoneAt } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { capital, kindLabel, linkLabel, linkMeasure, roleLabel } from '../words/terms.ts'
import { Observations } from './Observations.tsx'
import { Section } from './Section.tsx'
import { SourceRows } from './SourceRows.tsx'

export function LinkCard({ card }: { readonly card: Card }) {
  const { link, source, target, rows } = card
  const zone = useExplorer((state) => state.summary?.timezone)
  const spec = LINK_KINDS[link.kind]
  const known = link.first_ms ?? link.last_ms
  return (
    <article aria-labelledby="card-title">
      <header className="card-head">
        <div>
          <h2 id="card-title">{capital(linkLabel(link.kind))}</h2>
          <p className="faint">{say('link.title')} · <span className="mono">{link.id}</span></p>
        </div>
      </header>
      <div className="badges">
        <Badge size="sm" variant="outline" color="navy">{say(`strength.${link.strength}`)}</Badge>
        {link.criminal ? <Badge size="sm" variant="light" color="red" className="role">{say('link.criminal')}</Badge> : null}
        {link.commodity === null ? null : <Badge size="sm" variant="light" color="gray" className="role"><bdi>{plainLabel(link.commodity)}</bdi></Badge>}
      </div>
      <div className="ends">
        <End entity={source} />
        <span className="ends-way">{spec.directed ? '↓' : '↕'} {linkLabel(link.kind)}</span>
        <End entity={target} />
      </div>
      <Section title={say('link.recorded')}>
        <dl className="facts">
          <div><dt>{say(spec.counts === 'amount' ? 'link.payments' : spec.counts === 'calls' ? 'link.count' : 'link.observations')}</dt><dd>{linkMeasure({ ...link, amount: null })}</dd></div>
          {link.amount === null ? null : <div><dt>{say('link.amount')}</dt><dd><strong>{formatAmount(link.amount, link.currency)}</strong></dd></div>}
          {link.duration_s === null ? null : <div><dt>{say('link.duration')}</dt><dd>{say('link.duration.all', { time: formatDuration(link.duration_s) })}</dd></div>}
          <div><dt>{say('link.span')}</dt><dd>{formatSpan(link.first_ms, link.last_ms, zone) ?? say('link.no-time')}</dd></div>
          {link.first_ms === null ? null : <div><dt>{say('link.first')}</dt><dd>{formatMoment(link.first_ms, zone)}</dd></div>}
          {link.last_ms === null || link.last_ms === link.first_ms ? null : <div><dt>{say('link.last')}</dt><dd>{formatMoment(link.last_ms, zone)}</dd></div>}
          {known === null ? null : <div><dt>{say('link.zone')}</dt><dd>{zoneAt(known, zone)}</dd></div>}
          <div><dt>{say('link.strength')}</dt><dd>{say(`strength.${link.strength}.means`)}</dd></div>
        </dl>
      </Section>
      <Section title={say('link.observations')} count={card.observations.length} of={card.observations_of}>
        <Observations card={card} />
      </Section>
      <Section title={say('card.rows')} count={rows.length} of={Math.max(rows.length, card.observations_of)}>
        {rows.length === 0 ? <p className="empty">{say('link.no-rows')}</p> : <SourceRows rows={rows} />}
      </Section>
    </article>
  )
}

function End({ entity }: { readonly entity: Entity }) {
  return (
    <UnstyledButton className="end" onClick={() => void goTo(entity.id, entity.label)}>
      <KindDisc kind={entity.kind} masked={entity.masked} size={28} />
      <span><bdi>{plainLabel(entity.label)}</bdi><span className="faint">{kindLabel(entity.kind)}{entity.roles.length === 0 ? '' : `, ${entity.roles.map(roleLabel).join(', ')}`}{entity.masked ? `, ${say('role.masked')}` : ''}</span></span>
    </UnstyledButton>
  )
}
