/** Card of an entity: who or what it is, its rank and reasons, every fact with its source, its neighbours with counts, its rows. */
import { Badge, Button } from '@mantine/core'
import type { EntityCard as Card } from '@ringmap/model/wire'
import { expand, hideEntities, keepForPaths, openChart } from '../actions.ts'
import { openDialog } from '../desk-actions.ts'
import { currentChart } from '../chart/steps.ts'
import { KindDisc, Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say, sayIfKnown } from '../words/say.ts'
import { capital, kindLabel, roleColour, roleLabel } from '../words/terms.ts'
import { LinksHere } from './LinksHere.tsx'
import { MoreInDatabase } from './MoreInDatabase.tsx'
import { Neighbours } from './Neighbours.tsx'
import { RankSection } from './RankSection.tsx'
import { Section } from './Section.tsx'
import { factsOf } from './facts.ts'
import { placeOf, SourcePlace, SourceRows } from './SourceRows.tsx'

export function EntityCard({ card }: { readonly card: Card }) {
  const { entity, identifiers, rows } = card
  const facts = factsOf(card.properties)
  const subject = useExplorer((state) => state.steps?.subject)
  const kept = useExplorer((state) => state.kept.some(({ id }) => id === entity.id))
  const onChart = useExplorer((state) => state.steps !== null && currentChart(state.steps).entities.some(({ id }) => id === entity.id))
  const busy = useExplorer((state) => state.busy !== null)
  return (
    <article aria-labelledby="card-title">
      <header className="card-head">
        <KindDisc kind={entity.kind} masked={entity.masked} size={40} />
        <div>
          <h2 id="card-title"><bdi>{plainLabel(entity.label)}</bdi></h2>
          <p className="faint">{capital(kindLabel(entity.kind))} · <span className="mono">{entity.id}</span></p>
        </div>
      </header>
      <div className="badges">
        {entity.roles.map((role) => <Badge key={role} size="sm" variant="light" color={roleColour(role)} className="role">{roleLabel(role)}</Badge>)}
        {entity.masked ? <Badge size="sm" variant="filled" color="grape.9" leftSection={<Icon svg={TOOLS.shield} size={11} />}>{say('role.masked')}</Badge> : null}
      </div>
      {entity.masked ? <div className="masked-note"><p>{say('masked.means')}</p><Button size="compact-xs" variant="default" onClick={() => openDialog({ name: 'unmask', code: entity.label })}>{say('unmask.act')}</Button></div> : null}
      <div className="card-acts">
        {subject === entity.id ? null : <Button size="compact-xs" variant="light" onClick={() => void openChart(entity.id, entity.label)}>{say('entity.around')}</Button>}
        <Button size="compact-xs" variant="light" loading={busy} onClick={() => void expand(entity.id, null, null)} title={say('entity.expand.title')}>{say('entity.expand')}</Button>
        <Button size="compact-xs" variant="light" aria-pressed={kept} onClick={() => keepForPaths(entity)} title={say('entity.keep.title')}>{say(kept ? 'entity.kept' : 'entity.keep')}</Button>
        {onChart ? <Button size="compact-xs" variant="light" onClick={() => hideEntities([entity.id], false)} title={say('entity.hide.title')}>{say('entity.hide')}</Button> : null}
      </div>
      <RankSection card={card} />
      {facts.length > 0 ? (
        <Section title={say('entity.properties')} count={facts.length}>
          <dl className="facts">
            {facts.map(({ name, value, sources }, i) => (
              <div key={`${name} ${value}`}>
                <dt>{facts[i - 1]?.name === name ? <span className="unseen">{name}</span> : capital(sayIfKnown(`field.${name}`, name.replaceAll('_', ' ')))}</dt>
                <dd><bdi>{plainLabel(value)}</bdi><span className="fact-sources">{sources.map((source) => <SourcePlace key={placeOf(source)} source={source} />)}</span></dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
      {identifiers.length > 0 ? (
        <Section title={say('entity.identifiers')} count={identifiers.length}>
          <ul className="plain identifiers">
            {identifiers.map(({ scheme, value, as_written, valid }) => (
              <li key={scheme + value + as_written}>
                <span className="scheme">{sayIfKnown(`field.${scheme}`, scheme.replaceAll('_', ' '))}</span>
                <span className="identifier"><bdi className="mono">{plainLabel(value)}</bdi>{as_written === value ? null : <span className="faint">{say('entity.written')} <bdi className="mono">{plainLabel(as_written)}</bdi></span>}</span>
                <span className="validity" data-valid={valid}><Icon svg={valid ? TOOLS.check : TOOLS.doubt} size={13} /> {say(valid ? 'entity.valid' : 'entity.invalid')}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Neighbours card={card} />
      <MoreInDatabase id={entity.id} />
      <LinksHere id={entity.id} />
      <Section title={say('card.rows')} count={rows.length} of={card.rows_of} open={rows.length <= 3}>
        {rows.length === 0 ? <p className="empty">{say('card.rows.none')}</p> : <SourceRows rows={rows} />}
      </Section>
    </article>
  )
}
