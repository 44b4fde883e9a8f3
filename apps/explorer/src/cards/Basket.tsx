/** Those put together to be asked about: two or more, then "what joins them". */
import { Button, UnstyledButton } from '@mantine/core'
import { askWhatJoins, keepForPaths } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'

export function Basket() {
  const kept = useExplorer((state) => state.kept)
  if (kept.length === 0) return null
  return (
    <section className="basket" aria-label="Put together">
      <ul className="plain">
        {kept.map(({ id, label }) => (
          <li key={id}><bdi>{plainLabel(label)}</bdi><UnstyledButton aria-label={`Take ${plainLabel(label)} out`} title="Take out" onClick={() => keepForPaths({ id, label })}>×</UnstyledButton></li>
        ))}
      </ul>
      <Button size="compact-xs" disabled={kept.length < 2} onClick={() => void askWhatJoins()}>{kept.length < 2 ? 'Choose another one' : kept.length === 2 ? 'What joins these two' : `What joins these ${kept.length}`}</Button>
    </section>
  )
}
