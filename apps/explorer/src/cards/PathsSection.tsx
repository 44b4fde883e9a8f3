/** The ways between those that were asked about, as sentences that can be read out; each brings its links forward on the chart. */
import { UnstyledButton } from '@mantine/core'
import type { JoiningPath } from '@ringmap/model/wire'
import { setState, useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { linkLabel } from '../words/terms.ts'
import { currentChart } from '../chart/steps.ts'
import { Section } from './Section.tsx'

export function PathsSection() {
  const paths = useExplorer((state) => state.paths)
  const steps = useExplorer((state) => state.steps)
  const named = useExplorer((state) => state.named)
  if (paths === null || steps === null) return null
  const chart = currentChart(steps)
  const label = (id: string | undefined): string => plainLabel(chart.entities.find((entity) => entity.id === id)?.label ?? '')
  const sentences = (path: JoiningPath): readonly string[] => path.entities.slice(1).map((id, i) => {
    const before = path.entities[i]
    const links = chart.links.filter((link) => path.links.includes(link.id) && [link.source, link.target].includes(id) && [link.source, link.target].includes(before ?? ''))
    return `${label(before)} – ${label(id)}: ${[...new Set(links.map((link) => linkLabel(link.kind)))].join(', ')}${links.some(({ count }) => count > 1) ? ` (${counted(links.reduce((sum, { count }) => sum + count, 0))})` : ''}`
  })
  return (
    <Section title={say('ways.title')} count={paths.length}>
      {paths.length === 0 ? <p className="empty">{say('ways.none')}</p> : (
        <ol className="plain ways">
          {paths.map((path, i) => {
            const text = say('ways.from-to', { from: label(path.entities[0]), to: label(path.entities.at(-1)) })
            const on = named?.text === `${i + 1}: ${text}`
            return (
              <li key={path.entities.join(' ')}>
                <UnstyledButton className="reason" aria-pressed={on} onClick={() => setState({ named: on ? null : { text: `${i + 1}: ${text}`, ids: new Set([...path.entities, ...path.links]) } })}>
                  <strong><bdi>{label(path.entities[0])}</bdi> – <bdi>{label(path.entities.at(-1))}</bdi></strong>
                  {sentences(path).map((words) => <span key={words} className="way-words"><bdi>{words}</bdi></span>)}
                  <span className="faint">{say('ways.steps', { n: path.entities.length - 1, strength: say(`strength.${path.weakest}`) })}</span>
                </UnstyledButton>
              </li>
            )
          })}
        </ol>
      )}
    </Section>
  )
}
