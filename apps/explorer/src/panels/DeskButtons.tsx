/** The ways to work on the case: update it, judge possible doubles, write an exhibit. In the bar as icons, on the start page in words. */
import { ActionIcon, Button } from '@mantine/core'
import { openDialog } from '../desk-actions.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { say } from '../words/say.ts'

const WAYS = ['work', 'review', 'exhibit'] as const

export function DeskButtons() {
  const open = useExplorer((state) => state.steps !== null)
  // The start page has them in words.
  if (!open) return null
  return WAYS.map((name) => (
    <ActionIcon key={name} variant="transparent" size={28} className="desk-icon" aria-label={say(`${name}.title`)} title={say(`${name}.title`)} onClick={() => openDialog({ name })}><Icon svg={TOOLS[name]} size={17} /></ActionIcon>
  ))
}

export function DeskRow() {
  return (
    <section className="start-part desk-row" aria-label={say('desk.title')}>
      {WAYS.map((name) => <Button key={name} variant="default" size="sm" leftSection={<Icon svg={TOOLS[name]} />} data-desk={name} onClick={() => openDialog({ name })}>{say(`${name}.title`)}</Button>)}
    </section>
  )
}
