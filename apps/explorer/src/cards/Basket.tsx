/** Those put together to be asked about: two or more, then "what joins them". */
import './basket.css'
import { Button, UnstyledButton } from '@mantine/core'
import { askWhatJoins, keepForPaths } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'

export function Basket() {
  const kept = useExplorer((state) => state.kept)
  if (kept.length === 0) return null
  return (
    <section className="basket" aria-label={say('entity.keep')}>
      <ul className="plain">
        {kept.map(({ id, label }) => (
          <li key={id}><bdi>{plainLabel(label)}</bdi><UnstyledButton aria-label={say('basket.out-one', { name: plainLabel(label) })} title={say('basket.out')} onClick={() => keepForPaths({ id, label })}>×</UnstyledButton></li>
        ))}
      </ul>
      <Button size="compact-xs" disabled={kept.length < 2} onClick={() => void askWhatJoins()}>{kept.length < 2 ? say('basket.another') : kept.length === 2 ? say('basket.two') : say('basket.more', { n: kept.length })}</Button>
    </section>
  )
}
