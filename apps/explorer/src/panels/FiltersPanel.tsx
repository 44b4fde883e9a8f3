/** Filters of the chart: kinds, kinds of link, grades, sums, and what was put out of sight, each with how many there are. */
import './filters.css'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { filter } from '../actions.ts'
import { contentsOf } from '../chart/contents.ts'
import { isFiltered, NO_FILTERS, toggled } from '../chart/filters.ts'
import { LINK_CLASSES } from '@ringmap/drawing/colours'
import { currentChart, currentStep } from '../chart/steps.ts'
import { KindDisc } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { counted, formatAmount } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { capital, kindHeading, kindLabel } from '../words/terms.ts'
import { Line } from './Legend.tsx'

export function FiltersPanel() {
  const steps = useExplorer((state) => state.steps)
  if (steps === null) return <p className="empty">{say('filters.closed')}</p>
  const chart = currentChart(steps)
  const { filters } = currentStep(steps)
  const { kinds, classes, strengths } = contentsOf(chart)
  const hidden = chart.entities.filter(({ id }) => filters.hidden.includes(id))
  return (
    <div className="filters">
      <fieldset>
        <legend>{say('filters.entities')}</legend>
        {kinds.map(({ kind, count }) => (
          <Choice key={kind} on={!filters.kinds.includes(kind)} count={count} act={(on) => filter(say(on ? 'filters.show' : 'filters.hide', { what: kindLabel(kind, 2) }), { kinds: toggled(filters.kinds, kind) })}>
            <KindDisc kind={kind} size={20} /> {kindHeading(kind, 2)}
          </Choice>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('filters.links')}</legend>
        {classes.map(({ name, count }) => (
          <Choice key={name} on={!filters.classes.includes(name)} count={count} act={(on) => filter(say(on ? 'filters.show' : 'filters.hide', { what: say('filters.links-of', { what: say(`class.${name}`) }) }), { classes: toggled(filters.classes, name) })}>
            <Line colour={LINK_CLASSES[name].colour} /> {say(`class.${name}`)}
          </Choice>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('filters.grade')}</legend>
        {strengths.map(({ strength, count }) => (
          <Choice key={strength} on={!filters.strengths.includes(strength)} count={count} act={(on) => filter(say(on ? 'filters.show' : 'filters.hide', { what: say('filters.links-of', { what: say(`strength.${strength}`) }) }), { strengths: toggled(filters.strengths, strength) })}>
            <Line colour="#33475b" strength={strength} /> {capital(say(`strength.${strength}`))}
          </Choice>
        ))}
      </fieldset>
      {chart.links.some(({ amount }) => amount !== null) ? <Amounts key={`${filters.least} ${filters.most}`} least={filters.least} most={filters.most} /> : null}
      {hidden.length === 0 ? null : (
        <fieldset>
          <legend>{say('filters.hidden')}</legend>
          {hidden.slice(0, 30).map((entity) => (
            <UnstyledButton key={entity.id} className="link-row" onClick={() => filter(say('filters.show', { what: plainLabel(entity.label) }), { hidden: filters.hidden.filter((id) => id !== entity.id) })}>
              <KindDisc kind={entity.kind} masked={entity.masked} size={20} /> <bdi>{plainLabel(entity.label)}</bdi> <span className="more-here">{say('filters.show-one')}</span>
            </UnstyledButton>
          ))}
          {hidden.length > 30 ? <p className="empty">{say('filters.listed', { n: 30, of: hidden.length })}</p> : null}
        </fieldset>
      )}
      <UnstyledButton className="reset" disabled={!isFiltered(filters)} onClick={() => filter(say('filters.all'), NO_FILTERS)}>{say('filters.all')}</UnstyledButton>
    </div>
  )
}

function Choice({ on, count, act, children }: { readonly on: boolean; readonly count: number; readonly act: (on: boolean) => void; readonly children: React.ReactNode }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={on} onChange={(event) => act(event.target.checked)} />
      <span className="choice-words">{children}</span>
      <span className="count">{counted(count)}</span>
    </label>
  )
}

/** Typed in whole rupees (or the currency's main unit); kept in its smallest. */
function Amounts({ least, most }: { readonly least: string | null; readonly most: string | null }) {
  const set = (change: { readonly least?: string | null; readonly most?: string | null }): void => {
    const next = { least, most, ...change }
    if (next.least === least && next.most === most) return
    filter(next.least === null && next.most === null ? say('filters.any-amount')
      : next.most === null ? say('filters.from', { amount: formatAmount(next.least ?? '0', null) })
      : next.least === null ? say('filters.up-to', { amount: formatAmount(next.most, null) }) : say('filters.between', { from: formatAmount(next.least, null), to: formatAmount(next.most, null) }), next)
  }
  return (
    <fieldset>
      <legend>{say('filters.amount')}</legend>
      <Sum words={say('filters.least')} label={say('filters.least.label')} value={least} set={(sum) => set({ least: sum })} />
      <Sum words={say('filters.most')} label={say('filters.most.label')} value={most} set={(sum) => set({ most: sum })} />
    </fieldset>
  )
}

function Sum({ words, label, value, set }: { readonly words: string; readonly label: string; readonly value: string | null; readonly set: (sum: string | null) => void }) {
  const [text, setText] = useState(value === null ? '' : String(BigInt(value) / 100n))
  const done = (): void => {
    const digits = text.replaceAll(/[^\d]/g, '')
    set(digits === '' || BigInt(digits) === 0n ? null : String(BigInt(digits) * 100n))
  }
  return <label className="least">{words} <input type="text" inputMode="numeric" value={text} placeholder={say('filters.least.any')} aria-label={label} onChange={(event) => setText(event.target.value)} onBlur={done} onKeyDown={(event) => event.key === 'Enter' ? done() : undefined} /></label>
}
