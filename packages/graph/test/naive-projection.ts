/** The rule of the person network written the plain way, with strings and sets, to hold the fast one against; without chains of things. */
import type { NetworkOptions } from '../src/person-network.ts'
import type { LinkWords } from './small-case.ts'

export interface NaiveNetwork {
  readonly actors: string[]
  readonly ties: Record<string, number>
  readonly exclusions: string[]
}

const ACTOR = /^[po]/
const TIES = ['called', 'messaged', 'paid', 'met', 'related_to', 'associate_of', 'employed_by']
const CALLS = ['called', 'messaged']

export function naiveProjection(names: readonly string[], links: readonly LinkWords[], options: NetworkOptions): NaiveNetwork {
  const rows = links.filter(([, s, t]) => s !== t).map(([kind, s, t, count = 1]) => ({ kind, s, t, count }))
  const behind = new Map<string, Set<string>>()
  const sharers = new Map<string, Set<string>>()
  const put = (map: Map<string, Set<string>>, key: string, value: string): void => void map.set(key, (map.get(key) ?? new Set()).add(value))
  for (const { kind, s, t } of rows) {
    if (kind === 'seized_from' && ACTOR.test(t) && !s.startsWith('c')) put(behind, s, t)
    if ((kind === 'uses' || kind === 'owns' || kind === 'lives_at') && !ACTOR.test(t)) put(behind, t, s)
  }
  const pair = (a: string, b: string): string => [a, b].sort((x, y) => (x < y ? -1 : 1)).join('-')
  const between = (a: string, b: string): number => rows.filter((r) => CALLS.includes(r.kind) && pair(r.s, r.t) === pair(a, b)).reduce((sum, r) => sum + r.count, 0)
  const tied = rows.filter((r) => TIES.includes(r.kind) && (!CALLS.includes(r.kind) || between(r.s, r.t) >= options.min_count))
  const contacts = (name: string): number => new Set(tied.flatMap(({ s, t }) => (s === name ? [t] : t === name ? [s] : []))).size
  const unknown = names.filter((n) => options.unattributed && /^[tbu]/.test(n) && !behind.has(n) && contacts(n) > 0)
  const services = unknown.filter((n) => contacts(n) > options.contact_limit)
  const actors = names.filter((n) => ACTOR.test(n) || (unknown.includes(n) && !services.includes(n)))
  const exclusions = services.map((n) => `${n} contacts ${contacts(n)}`)
  const who = (name: string): string[] => {
    if (actors.includes(name)) return [name]
    const all = [...(behind.get(name) ?? [])]
    return all.length > options.hub_limit ? [] : all
  }
  const ties = new Map<string, number>()
  const tie = (a: string, b: string, weight: number): void => {
    if (a !== b) ties.set(pair(a, b), (ties.get(pair(a, b)) ?? 0) + weight)
  }
  const each = (members: Iterable<string>, weight: (k: number) => number): void => {
    const all = [...members]
    all.forEach((a, i) => all.slice(i + 1).forEach((b) => tie(a, b, weight(all.length))))
  }
  for (const { s, t, count } of tied) for (const a of who(s)) for (const b of who(t)) tie(a, b, Math.log2(1 + count))
  for (const { kind, s, t, count } of rows) if (kind === 'owns' && ACTOR.test(t)) tie(s, t, Math.log2(1 + count))

  for (const [thing, holders] of behind) for (const a of holders) put(sharers, thing, a)
  const participants = new Map<string, Set<string>>()
  for (const { kind, s, t } of rows) {
    if (kind === 'owns' && ACTOR.test(t)) put(sharers, t, s)
    if (kind === 'seized_from' && s.startsWith('c')) put(participants, s, t)
    if (['present_at', 'travelled', 'carried', 'accused_in', 'member_of'].includes(kind) && !t.startsWith('l')) for (const a of who(s)) put(/^[eco]/.test(t) ? participants : sharers, t, a)
  }
  for (const [thing, all] of sharers) {
    if (all.size > options.hub_limit) exclusions.push(`${thing} hub ${all.size}`)
    else each(all, () => 1)
  }
  for (const [event, all] of participants) {
    if (all.size > options.event_limit) exclusions.push(`${event} event ${all.size}`)
    else {
      each([...all].filter((a) => a !== event), (k) => 1 / (k - 1))
      for (const r of rows) if (r.kind === 'member_of' && r.t === event && actors.includes(r.s)) tie(r.s, r.t, Math.log2(1 + r.count))
    }
  }
  return { actors, ties: Object.fromEntries(ties), exclusions: exclusions.sort() }
}
