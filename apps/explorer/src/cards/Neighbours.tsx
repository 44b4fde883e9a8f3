/** How many neighbours there are by link kind and entity kind, how many of them are on the chart, and a button to bring the rest. */
import { Button } from '@mantine/core'
import type { EntityCard } from '@ringmap/model/wire'
import { expand, EXPAND_LIMIT, GROUP_LIMIT } from '../actions.ts'
import { currentChart } from '../chart/steps.ts'
import { neighboursShown } from '../chart/neighbours-shown.ts'
import { KindIcon } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { kindLabel, linkLabel } from '../words/terms.ts'
import { Section } from './Section.tsx'

export function Neighbours({ card }: { readonly card: EntityCard }) {
  const steps = useExplorer((state) => state.steps)
  const busy = useExplorer((state) => state.busy !== null)
  const { id } = card.entity
  if (card.neighbours.length === 0) return <Section title={say('neighbours.title')} count={0}><p className="empty">{say('neighbours.none')}</p></Section>
  const shown = steps === null ? new Map<string, number>() : neighboursShown(currentChart(steps), id)
  return (
    <Section title={say('neighbours.title')} count={card.neighbours.reduce((sum, n) => sum + n.count, 0)}>
      <table className="neighbours">
        <thead className="unseen"><tr><th scope="col">{say('neighbours.kind')}</th><th scope="col">{say('neighbours.here')}</th><th scope="col">{say('neighbours.expand')}</th></tr></thead>
        <tbody>
          {card.neighbours.map(({ link, kind, count }) => {
            const here = shown.get(`${link} ${kind}`) ?? 0
            const rest = Math.max(0, count - here)
            const words = `${linkLabel(link)}: ${kindLabel(kind, count)}`
            return (
              <tr key={`${link} ${kind}`}>
                <th scope="row"><KindIcon kind={kind} /> <span><strong>{counted(count)}</strong> {kindLabel(kind, count)} <span className="faint">· {linkLabel(link)}</span></span></th>
                <td className="faint">{here === 0 ? say('neighbours.none-shown') : here >= count ? say('neighbours.all-shown') : say('neighbours.some-shown', { n: here })}</td>
                <td>
                  <Button size="compact-xs" variant="light" disabled={rest === 0 || busy} onClick={() => void expand(id, link, kind)}>
                    <span className="unseen">{say('neighbours.expand-one', { what: words })}</span>{rest === 0 ? say('neighbours.all') : `+${counted(Math.min(rest, EXPAND_LIMIT))}`}
                  </Button>
                  {rest <= EXPAND_LIMIT || steps === null ? null : (
                    <Button size="compact-xs" variant="subtle" disabled={busy} onClick={() => void expand(id, link, kind, { asGroup: true })}>
                      <span className="unseen">{say('neighbours.expand-one', { what: words })}</span>{say('neighbours.group', { n: Math.min(rest, GROUP_LIMIT) })}
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}
