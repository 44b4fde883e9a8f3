/** Choosing by kind, name and links: what the lasso does, by keys. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ENTITY_KIND_NAMES, type EntityKind } from '@ringmap/model/schema'
import { ANY, chosenBy, type ChooseRule } from '../chart/choose-by.ts'
import { closeDialog } from '../desk-actions.ts'
import { choose } from '../tool-actions.ts'
import { useVisible } from '../visible.ts'
import { say } from '../words/say.ts'
import { kindHeading } from '../words/terms.ts'
import { Dialog, Field } from './Dialog.tsx'

export function ChooseDialog() {
  const visible = useVisible()
  const [rule, setRule] = useState<ChooseRule>(ANY)
  if (visible === null) return null
  const { chart } = visible
  const ids = chosenBy(chart, rule)
  const kinds = ENTITY_KIND_NAMES.filter((kind) => chart.entities.some((entity) => entity.kind === kind))
  const set = (change: Partial<ChooseRule>): void => setRule({ ...rule, ...change })
  return (
    <Dialog title={say('where.title')} close={closeDialog}>
      <form className="form" onSubmit={(event) => { event.preventDefault(); closeDialog(); choose(ids) }}>
        <div className="form-columns">
          <Field words={say('column.kind')}>
            <select data-first value={rule.kind} onChange={(event) => set({ kind: event.target.value as EntityKind | '' })}>
              <option value="">{say('where.any')}</option>
              {kinds.map((kind) => <option key={kind} value={kind}>{kindHeading(kind, 2)}</option>)}
            </select>
          </Field>
          <Field words={say('where.words')}><input type="text" value={rule.words} onChange={(event) => set({ words: event.target.value })} /></Field>
          <Field words={say('where.least')}><input type="number" min={0} step={1} value={rule.least} onChange={(event) => set({ least: Math.max(0, Math.round(Number(event.target.value))) })} /></Field>
        </div>
        <label className="choice"><input type="checkbox" checked={rule.criminal} onChange={(event) => set({ criminal: event.target.checked })} /> {say('where.criminal')}</label>
        <label className="choice"><input type="checkbox" checked={rule.ranked} onChange={(event) => set({ ranked: event.target.checked })} /> {say('where.ranked')}</label>
        <div className="dialog-acts">
          <Button type="submit" disabled={ids.length === 0}>{say('where.choose')}</Button>
          <span role="status">{say('where.of', { n: ids.length, of: chart.entities.length })}</span>
        </div>
      </form>
    </Dialog>
  )
}
