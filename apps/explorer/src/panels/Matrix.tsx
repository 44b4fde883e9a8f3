/** Association matrix: persons and organisations of the chart against each other; a cell says how they are joined, directly or by one thing. */
import { useMemo } from 'react'
import { UnstyledButton } from '@mantine/core'
import type { Chart } from '@ringmap/model/chart'
import { goTo } from '../actions.ts'
import { associations } from '../chart/associations.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'

/** Beyond this a matrix is no longer read. */
const MOST = 40

export function Matrix({ chart }: { readonly chart: Chart }) {
  const { people, of, cell } = useMemo(() => associations(chart, MOST), [chart])
  if (people.length < 2) return <p className="empty dock-empty">{say('matrix.few')}</p>
  return (
    <div className="matrix-scroll" tabIndex={0} role="group" aria-label={say('matrix.label')}>
      <table className="matrix">
        <caption>{say('matrix.caption', { n: people.length, of })}</caption>
        <thead><tr><td /><>{people.map(({ id }, i) => <th key={id} scope="col" title={plainLabel(people[i]!.label)}>{i + 1}</th>)}</></tr></thead>
        <tbody>
          {people.map((person, i) => (
            <tr key={person.id}>
              <th scope="row"><UnstyledButton className="cell-pick" onClick={() => void goTo(person.id, person.label)}>{i + 1} · <bdi>{plainLabel(person.label)}</bdi></UnstyledButton></th>
              {people.map((other, j) => {
                const found = i === j ? null : cell(person.id, other.id)
                return <td key={other.id} data-self={i === j} data-direct={found !== null && found.direct > 0}>{found === null ? '' : found.direct > 0 ? `●${found.direct}` : `○${found.things}`}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
