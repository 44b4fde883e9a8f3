/** What an entity can be expanded by: its neighbours by kind with their counts, before anything is brought. */
import { useEffect, useState } from 'react'
import type { EntityCard } from '@ringmap/model/wire'
import { get, type Refusal } from '../api.ts'
import { problemOf } from '../actions.ts'
import { Neighbours } from '../cards/Neighbours.tsx'
import { closeDialog } from '../desk-actions.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { Dialog } from './Dialog.tsx'
import { Refused } from './Refused.tsx'

export function ExpandDialog() {
  const picked = useExplorer((state) => state.picked)
  const known = useExplorer((state) => state.card?.type === 'entity' && state.card.id === picked?.id ? state.card.card : null)
  const { card, problem } = useCard(known, picked?.id ?? '')
  return (
    <Dialog title={card === null ? say('expand.title') : say('expand.of', { name: plainLabel(card.entity.label) })} close={closeDialog}>
      <p>{say('expand.note')}</p>
      <Refused problem={problem} />
      {card === null ? null : <Neighbours card={card} />}
    </Dialog>
  )
}

/** The card may still be on its way when the key is pressed. */
function useCard(known: EntityCard | null, id: string): { readonly card: EntityCard | null; readonly problem: Refusal | null } {
  const [fetched, setFetched] = useState<EntityCard | null>(null)
  const [problem, setProblem] = useState<Refusal | null>(null)
  useEffect(() => {
    if (known !== null) return undefined
    const stop = new AbortController()
    get('GET /api/entity', { id }, stop.signal).then(setFetched, (cause: unknown) => {
      if (!stop.signal.aborted) setProblem(problemOf(cause))
    })
    return () => stop.abort()
  }, [known, id])
  return { card: known ?? fetched, problem }
}
