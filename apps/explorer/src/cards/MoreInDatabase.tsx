/** What the Neo4j behind the case holds of an entity beyond the case: counts by type when asked, and a button that takes a type in by a run of its own. */
import { useState } from 'react'
import { Button } from '@mantine/core'
import type { InDatabase } from '@ringmap/model/wire'
import { askDatabase, takeIn } from '../desk-actions.ts'
import { useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { Section } from './Section.tsx'

export function MoreInDatabase({ id }: { readonly id: string }) {
  const summary = useExplorer((state) => state.summary)
  const running = useExplorer((state) => state.work.state === 'running' || state.work.state === 'stopping')
  const [answer, setAnswer] = useState<{ readonly of: typeof summary; readonly found: InDatabase | null } | null>(null)
  const [asking, setAsking] = useState(false)
  if (summary?.sources.some(({ file }) => /^(?:bolt|neo4j)[+:]/.test(file)) !== true) return null
  const ask = async (): Promise<void> => {
    setAsking(true)
    setAnswer({ of: summary, found: await askDatabase(id) })
    setAsking(false)
  }
  // A run has changed the case since: what was counted is no longer so.
  const found = answer?.of === summary ? answer.found : null
  if (found === null) {
    return (
      <Section title={say('database.title')}>
        <Button size="compact-xs" variant="light" loading={asking} onClick={() => void ask()} title={say('database.ask.title')}>{say('database.ask')}</Button>
      </Section>
    )
  }
  return (
    <Section title={say('database.more', { n: found.more })}>
      {found.types.length === 0 ? <p className="empty">{say('neighbours.none')}</p> : (
        <table className="neighbours">
          <thead className="unseen"><tr><th scope="col">{say('neighbours.kind')}</th><th scope="col">{say('database.in-case')}</th><th scope="col">{say('database.take')}</th></tr></thead>
          <tbody>
            {found.types.map(({ type, in_database: there, in_case: here, not_because: refused }) => (
              <tr key={type}>
                <th scope="row"><span><strong>{counted(there)}</strong> <bdi className="mono">{type}</bdi>{refused === null ? null : <span className="faint"> {told(refused)}</span>}</span></th>
                <td className="faint">{say('database.here', { n: here })}</td>
                <td><Button size="compact-xs" variant="light" disabled={running || refused !== null || here >= there} title={say('database.take.title')} onClick={() => void takeIn(id, type)}>{here >= there ? say('neighbours.all') : `+${counted(there - here)}`}</Button></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
