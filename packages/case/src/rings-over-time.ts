/** Groups of the persons asked from window to window: which were born, ended, split or merged, and who moved. */
import type { RingChange, RingsOverTime, WindowGroup } from '@ringmap/model/ring-change'
import { groupChanges } from '@ringmap/analysis/group-changes'
import { communities } from '@ringmap/graph/communities'
import type { CaseView } from './case-view.ts'
import { labelsSpoken } from './case-view.ts'
import { topicNetwork, type TopicNetwork } from './find-topics.ts'
import { asSeen } from './layer-orders.ts'
import { labelled, publicId } from './mask-case.ts'
import { listed, plural, spoken, type NamedNode } from './named-network.ts'
import { windowsOf, type OverTimeOptions } from './over-time.ts'
import { observationsWhere } from './timed-links.ts'

/** @throws RingmapError usage, step_missing */
export async function ringsOverTime(view: CaseView, options: OverTimeOptions = {}): Promise<RingsOverTime> {
  const topic = await topicNetwork(view, options)
  const { found, timed, whole } = topic
  const { spans, counted, span_days: span, step_days: step, notes } = windowsOf(found, timed, options)
  const least = view.open.file.find.ring_min_size
  const windows = spans.map(({ start_ms: start, end_ms: end }, w) => {
    options.progress?.('windows', w, spans.length)
    const csr = asSeen(found, timed, whole, observationsWhere(timed, (i) => counted(i) && (timed.at[i] as number) >= start && (timed.at[i] as number) < end))
    const { community, count } = communities(csr, { seed: view.open.file.find.seed, resolution: view.open.file.find.resolution })
    const groups: number[][] = Array.from({ length: count }, () => [])
    community.forEach((c, v) => groups[c]?.push(v))
    return { start_ms: start, end_ms: end, groups: groups.filter((group) => group.length >= least), degree: Float64Array.from({ length: csr.nodes }, (_, v) => (csr.offsets[v + 1] as number) - (csr.offsets[v] as number)) }
  })
  const changes = windows.slice(1).flatMap((later, w) => changesBetween(topic, windows[w] as Seen, later, w))
  const labels = await labelsSpoken(view, changes.map(({ text }) => text))
  return {
    span_days: span, step_days: step,
    windows: windows.map((window, w) => ({ start_ms: window.start_ms, end_ms: window.end_ms, groups: window.groups.map((group, g) => described(view, topic, group, `${w + 1}.${g + 1}`)) })),
    changes: changes.map((change) => ({ ...change, text: labelled(change.text, view.mask, labels), entities: change.entities.map((id) => publicId(view.mask, id)) })),
    notes: [...notes, `Groups of ${least} persons or more, by the method of the rings inside each window. With fewer records in a window groups fall apart that are one in the whole.`],
  }
}

interface Seen {
  readonly start_ms: number
  readonly end_ms: number
  readonly groups: readonly (readonly number[])[]
  readonly degree: Float64Array
}

function described(view: CaseView, { whole }: TopicNetwork, group: readonly number[], id: string): WindowGroup {
  const counts = new Map<string, number>()
  for (const v of group) {
    const ring = whole.nodes[v]?.ring_id
    if (ring !== null && ring !== undefined) counts.set(ring, (counts.get(ring) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return { id, members: group.map((v) => publicId(view.mask, whole.nodes[v]?.id ?? '')), ring: most === undefined || most[1] * 2 <= group.length ? null : most[0] }
}

function changesBetween({ whole }: TopicNetwork, before: Seen, after: Seen, w: number): RingChange[] {
  const found = groupChanges(before.groups, after.groups)
  const at = after.start_ms
  const node = (v: number): NamedNode => whole.nodes[v] as NamedNode
  /** A group is called by its member with most contacts who may be named. */
  const called = (seen: Seen, g: number): string => {
    const group = seen.groups[g] ?? []
    const [first] = group.filter((v) => node(v).eligible).sort((a, b) => (seen.degree[b] as number) - (seen.degree[a] as number) || a - b)
    return first === undefined ? `a group of ${group.length}` : `the group of ${group.length} around ${spoken(node(first))}`
  }
  const members = (seen: Seen, g: number): string[] => (seen.groups[g] ?? []).map((v) => node(v).id)
  const was = (g: number): string => `${w + 1}.${g + 1}`
  const is = (g: number): string => `${w + 2}.${g + 1}`
  return [
    ...found.born.map((g): RingChange => ({ at_ms: at, kind: 'born', text: `${called(after, g)} is new`, entities: members(after, g), from: [], into: [is(g)] })),
    ...found.ended.map((g): RingChange => ({ at_ms: at, kind: 'ended', text: `${called(before, g)} is no longer seen`, entities: members(before, g), from: [was(g)], into: [] })),
    ...found.split.map(({ from, into }): RingChange => ({ at_ms: at, kind: 'split', text: `${called(before, from)} falls into ${listed(into.map((g) => called(after, g)))}`, entities: members(before, from), from: [was(from)], into: into.map(is) })),
    ...found.merged.map(({ from, into }): RingChange => ({ at_ms: at, kind: 'merged', text: `${listed(from.map((g) => called(before, g)))} become ${called(after, into)}`, entities: members(after, into), from: from.map(was), into: [is(into)] })),
    ...movedTogether(found.moved).map(({ from, to, persons }): RingChange => ({
      at_ms: at, kind: 'moved', entities: persons.map((v) => node(v).id), from: [was(from)], into: [is(to)],
      text: `${persons.length > 4 ? plural(persons.length, 'person') : listed(persons.map((v) => spoken(node(v))))} moved from ${called(before, from)} to ${called(after, to)}`,
    })),
  ]
}

function movedTogether(moved: readonly { readonly person: number; readonly from: number; readonly to: number }[]): { from: number; to: number; persons: number[] }[] {
  const groups = new Map<string, { from: number; to: number; persons: number[] }>()
  for (const { person, from, to } of moved) {
    const key = `${from} ${to}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { from, to, persons: [person] })
    else group.persons.push(person)
  }
  return [...groups.values()]
}
