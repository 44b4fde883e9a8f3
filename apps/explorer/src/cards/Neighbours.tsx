/** How many neighbours there are by link kind and entity kind, how many of them are on the chart, and a button to bring the rest. */
import { Button } from '@mantine/core'
import { LINK_KINDS } from '@ringmap/model/schema'
import type { EntityCard } from '@ringmap/model/wire'
import { expand } from '../actions.ts'
import { currentChart } from '../chart/steps.ts'
import { neighboursShown } from '../chart/neighbours-shown.ts'
import { KindIcon } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { kindLabel } from '../words/terms.ts'
import { Section } from './Section.tsx'

export function Neighbours({ card }: { readonly card: EntityCard }) {
  const steps = useExplorer((state) => state.steps)
  const busy = useExplorer((state) => state.busy !== null)
  const { id } = card.entity
  if (card.neighbours.length === 0) return <Section title="Neighbours" count={0}><p className="empty">No links recorded.</p></Section>
  const shown = steps === null ? new Map<string, number>() : neighboursShown(currentChart(steps), id)
  return (
    <Section title="Neighbours" count={card.neighbours.reduce((sum, n) => sum + n.count, 0)}>
      <table className="neighbours">
        <thead className="unseen"><tr><th scope="col">Link and kind</th><th scope="col">On the chart</th><th scope="col">Expand</th></tr></thead>
        <tbody>
          {card.neighbours.map(({ link, kind, count }) => {
            const here = shown.get(`${link} ${kind}`) ?? 0
            const rest = Math.max(0, count - here)
            const words = `${LINK_KINDS[link].label}: ${kindLabel(kind, count)}`
            return (
              <tr key={`${link} ${kind}`}>
                <th scope="row"><KindIcon kind={kind} /> <span><strong>{counted(count)}</strong> {kindLabel(kind, count)} <span className="faint">· {LINK_KINDS[link].label}</span></span></th>
                <td className="faint">{here === 0 ? 'none shown' : here >= count ? 'all shown' : `${counted(here)} shown`}</td>
                <td>
                  <Button size="compact-xs" variant="light" disabled={rest === 0 || busy} onClick={() => void expand(id, link, kind)}>
                    <span className="unseen">Expand {words}: </span>{rest === 0 ? 'All' : `+${counted(Math.min(rest, 50))}`}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}
