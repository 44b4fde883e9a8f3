/** The links of an entity on the chart as a list: the same way to a link's card without the pointer. */
import { UnstyledButton } from '@mantine/core'
import type { ChartLink } from '@ringmap/model/chart'
import { pick } from '../actions.ts'
import { currentChart } from '../chart/steps.ts'
import { KindIcon } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { linkLabel, linkMeasure } from '../words/terms.ts'
import { Section } from './Section.tsx'

export function LinksHere({ id }: { readonly id: string }) {
  const steps = useExplorer((state) => state.steps)
  if (steps === null) return null
  const chart = currentChart(steps)
  const entities = new Map(chart.entities.map((entity) => [entity.id, entity]))
  const links = chart.links.filter((link) => link.source === id || link.target === id).sort(byCount)
  if (links.length === 0) return null
  return (
    <Section title={say('here.title')} count={links.length} open={links.length <= 12}>
      <ul className="plain links">
        {links.map((link) => {
          const outward = link.source === id
          const other = entities.get(outward ? link.target : link.source)
          if (other === undefined) return null
          const way = !link.directed ? 'here.with' : outward ? 'here.to' : 'here.from'
          return (
            <li key={link.id}>
              <UnstyledButton className="link-row" onClick={() => void pick({ type: 'link', id: link.id })} data-link={link.id}>
                <KindIcon kind={other.kind} />
                <span><span className="faint">{say(way, { link: linkLabel(link.kind) })}</span> <bdi>{plainLabel(other.label)}</bdi></span>
                <span className="faint link-measure">{linkMeasure(link)}</span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function byCount(a: ChartLink, b: ChartLink): number {
  return b.count - a.count || (a.id < b.id ? -1 : 1)
}
