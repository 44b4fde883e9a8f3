/** Who can sign and ask in this case, for the dialogs that need a person. */
import { useEffect, useState } from 'react'
import type { CasePeople } from '@ringmap/model/wire'
import { get, type Refusal } from '../api.ts'
import { problemOf } from '../actions.ts'

export function usePeople(): { readonly people: CasePeople | null; readonly problem: Refusal | null } {
  const [people, setPeople] = useState<CasePeople | null>(null)
  const [problem, setProblem] = useState<Refusal | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    get('GET /api/people', {}, stop.signal).then(setPeople, (refused: unknown) => {
      if (!stop.signal.aborted) setProblem(problemOf(refused))
    })
    return () => stop.abort()
  }, [])
  return { people, problem }
}

/** `Asha Verma, SI`. */
export function named({ name, post }: CasePeople['users'][number]): string {
  return post === '' ? name : `${name}, ${post}`
}
