import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LINK_KINDS } from '@ringmap/model/schema'
import { seeded, shuffle } from '@ringmap/model/random'
import { naiveProjection } from './naive-projection.ts'
import { NEWMAN } from './oracle/newman.ts'
import { DEFAULTS, project, smallCase, type LinkWords } from './small-case.ts'

const round = (ties: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(ties).map(([key, w]) => [key, Math.round(w * 1000) / 1000]))

describe('calls', () => {
  const links: LinkWords[] = [['uses', 'p1', 't1'], ['uses', 'p2', 't2'], ['called', 't1', 't2', 7], ['called', 't2', 't1', 3], ['called', 't1', 't9', 1]]

  test('join the users of the two numbers, log2(1 + count) a direction; an unknown number stands for its user', () => {
    const { ties, actors, support } = project(smallCase(links))
    expect(actors).toEqual(['p1', 'p2', 't9'])
    expect(ties).toEqual({ 'p1-p2': 3 + 2, 'p1-t9': 1 })
    expect(support).toEqual({ 'p1-p2': [0, 1, 2, 3], 'p1-t9': [0, 4] })
  })

  test('an unknown number stands for nobody when that is not wanted', () => {
    const { ties, actors } = project(smallCase(links), { unattributed: false })
    expect(actors).toEqual(['p1', 'p2'])
    expect(ties).toEqual({ 'p1-p2': 5 })
  })

  test('fewer than min_count, both directions together, tie nobody', () => {
    expect(project(smallCase(links), { min_count: 10 }).ties).toEqual({ 'p1-p2': 5 })
    expect(project(smallCase(links), { min_count: 11 }).ties).toEqual({})
    expect(project(smallCase([['met', 'p1', 'p2']]), { min_count: 11 }).ties).toEqual({ 'p1-p2': 1 })
  })

  test('a number with too many contacts is taken for a service', () => {
    const busy = Array.from({ length: 12 }, (_, i): LinkWords => ['called', `t${10 + i}`, 't9'])
    const { exclusions, actors } = project(smallCase(busy), { contact_limit: 11 })
    expect(exclusions).toEqual(['t9 contacts 12'])
    expect(actors).not.toContain('t9')
    expect(project(smallCase(busy), { contact_limit: 12 }).exclusions).toEqual([])
    expect(project(smallCase([...busy, ['uses', 'p1', 't9']]), { contact_limit: 11 }).exclusions).toEqual([])
  })

  test('a call between two numbers of one person ties nobody', () => {
    expect(project(smallCase([['uses', 'p1', 't1'], ['uses', 'p1', 't2'], ['called', 't1', 't2']])).ties).toEqual({})
  })
})

describe('shared things', () => {
  test('two users of a vehicle, an owner and a passenger, two persons at one address', () => {
    const { ties } = project(smallCase([
      ['owns', 'p1', 'v1'], ['travelled', 'p2', 'v1'], ['lives_at', 'p3', 'a1'], ['lives_at', 'p4', 'a1'], ['present_at', 'p5', 'a1'], ['uses', 'p6', 'd1'], ['seized_from', 'd1', 'p1'],
    ]))
    expect(ties).toEqual({ 'p1-p2': 1, 'p1-p6': 1, 'p3-p4': 1, 'p3-p5': 1, 'p4-p5': 1 })
  })

  test('two numbers seen in one handset tie their users; calls are not carried through the handset', () => {
    const links: LinkWords[] = [
      ['uses', 'p1', 't1'], ['uses', 'p2', 't2'], ['uses', 't1', 'h1'], ['uses', 't2', 'h1'], ['called', 't1', 't3', 3], ['uses', 'p3', 't3'], ['uses', 'p4', 'h1'],
    ]
    const { ties, support } = project(smallCase(links))
    expect(ties).toEqual({ 'p1-p2': 1, 'p1-p3': 2, 'p1-p4': 1, 'p2-p4': 1 })
    expect(support['p1-p2']).toEqual([0, 1, 2, 3])
  })

  test('two users of one number are not tied again by the handset that the number was in', () => {
    const links: LinkWords[] = [['uses', 'p1', 't1'], ['uses', 'p2', 't1'], ['uses', 't1', 'h1'], ['uses', 't3', 'h1'], ['uses', 'p3', 't3']]
    expect(project(smallCase(links)).ties).toEqual({ 'p1-p2': 1, 'p1-p3': 1, 'p2-p3': 1 })
  })

  test('unknown users of two numbers in one handset are tied', () => {
    const links: LinkWords[] = [['called', 't1', 't8'], ['called', 't2', 't9'], ['uses', 't1', 'h1'], ['uses', 't2', 'h1']]
    expect(project(smallCase(links)).ties).toEqual({ 't1-t2': 1, 't1-t8': 1, 't2-t9': 1 })
  })

  test('an account that a number uses belongs to the user of that number, known or not', () => {
    expect(project(smallCase([['uses', 'p1', 't1'], ['uses', 't1', 'u1'], ['paid', 'u1', 'b1']])).ties).toEqual({ 'b1-p1': 1 })
    const unknown = project(smallCase([['called', 't1', 't2'], ['uses', 't1', 'u1'], ['paid', 'u1', 'b1']]))
    expect(unknown.actors).toEqual(['b1', 't1', 't2'])
    expect(unknown.ties).toEqual({ 'b1-t1': 1, 't1-t2': 1 })
  })

  test('a thing of more persons than hub_limit ties none of them and leads to nobody', () => {
    const links: LinkWords[] = [['uses', 'p1', 't1'], ['uses', 'p2', 't1'], ['uses', 'p3', 't1'], ['called', 't1', 't9']]
    const { ties, exclusions } = project(smallCase(links), { hub_limit: 2 })
    expect(ties).toEqual({})
    expect(exclusions).toEqual(['t1 hub 3'])
    expect(Object.keys(project(smallCase(links), { hub_limit: 3 }).ties)).toEqual(['p1-p2', 'p1-p3', 'p1-t9', 'p2-p3', 'p2-t9', 'p3-t9'])
  })
})

describe('events', () => {
  test('share 1 among the other participants; vehicles and numbers stand for their persons', () => {
    const { ties } = project(smallCase([
      ['accused_in', 'p1', 'e1', 1, true], ['owns', 'p2', 'v1'], ['present_at', 'v1', 'e1'], ['uses', 'p3', 't1'], ['present_at', 't1', 'e1'], ['present_at', 'p3', 'e1'],
    ]))
    expect(ties).toEqual({ 'p1-p2': 0.5, 'p1-p3': 0.5, 'p2-p3': 0.5 })
  })

  test('a location ties nobody, nor does being a victim or a witness', () => {
    expect(project(smallCase([
      ['present_at', 'p1', 'l1'], ['present_at', 'p2', 'l1'], ['victim_in', 'p1', 'e1'], ['witness_in', 'p2', 'e1'], ['accused_in', 'p3', 'e1'],
    ])).ties).toEqual({})
  })

  test('with more participants than event_limit tie nobody, and an organisation is no star then either', () => {
    const members = ['p1', 'p2', 'p3', 'p4'].map((p): LinkWords => ['member_of', p, 'o1'])
    expect(project(smallCase(members), { event_limit: 3 })).toMatchObject({ ties: {}, exclusions: ['o1 event 4'] })
    expect(round(project(smallCase(members)).ties)).toEqual({
      'o1-p1': 1, 'o1-p2': 1, 'o1-p3': 1, 'o1-p4': 1, 'p1-p2': 0.333, 'p1-p3': 0.333, 'p1-p4': 0.333, 'p2-p3': 0.333, 'p2-p4': 0.333, 'p3-p4': 0.333,
    })
  })

  test('a consignment ties who carried it and from whom it was seized', () => {
    expect(project(smallCase([['carried', 'p1', 'c1'], ['seized_from', 'c1', 'p2']])).ties).toEqual({ 'p1-p2': 1 })
  })

  test('two owners of a firm are tied to it and to each other', () => {
    expect(project(smallCase([['owns', 'p1', 'o1'], ['owns', 'p2', 'o1']])).ties).toEqual({ 'o1-p1': 1, 'o1-p2': 1, 'p1-p2': 1 })
  })
})

test('only the kinds asked for tie; attribution still says who is who', () => {
  const links: LinkWords[] = [['uses', 'p1', 't1'], ['uses', 'p2', 't1'], ['called', 't1', 't2'], ['uses', 'p3', 't2'], ['met', 'p1', 'p3']]
  expect(project(smallCase(links), { tie_kinds: ['called'] }).ties).toEqual({ 'p1-p3': 1, 'p2-p3': 1 })
  expect(project(smallCase(links), { tie_kinds: ['met'] }).ties).toEqual({ 'p1-p3': 1 })
})

test('criminal links are counted once for each actor, at him and at his things, but not for victims', () => {
  const { criminal } = project(smallCase([
    ['accused_in', 'p1', 'e1', 1, true], ['seized_from', 't1', 'p1', 1, true], ['uses', 'p2', 't2'], ['called', 't1', 't2', 2, true], ['victim_in', 'p3', 'e1', 1, true],
    ['seized_from', 't2', 'e1', 1, true],
  ]))
  expect(criminal).toEqual({ p1: 3, p2: 2 })
})

test('an entity that is not eligible plays no part', () => {
  const given = smallCase([['met', 'p1', 'p2'], ['met', 'p2', 'p3']])
  const eligible = Uint8Array.from(given.names, (name) => (name === 'p2' ? 0 : 1))
  const { actors, ties } = project({ ...given, entities: { ...given.entities, eligible } })
  expect({ actors, ties }).toEqual({ actors: ['p1', 'p3'], ties: {} })
})

test('event weights equal networkx collaboration_weighted_projected_graph, shared things weighted_projected_graph', () => {
  const name = (p: number): string => `p${String(p).padStart(3, '0')}`
  for (const { links, ties } of NEWMAN) {
    const events = project(smallCase(links.map(([p, e]): LinkWords => ['present_at', name(p), `e${e}`])))
    expect(Object.keys(events.ties)).toEqual(ties.map(([a, b]) => `${name(a)}-${name(b)}`))
    for (const [a, b, newman] of ties) expect(events.ties[`${name(a)}-${name(b)}`]).toBeCloseTo(newman, 10)
    const shared = project(smallCase(links.map(([p, e]): LinkWords => ['uses', name(p), `v${e}`])), { hub_limit: 100 })
    expect(shared.ties).toEqual(Object.fromEntries(ties.map(([a, b, , things]) => [`${name(a)}-${name(b)}`, things])))
  }
})

const anyCase: fc.Arbitrary<LinkWords[]> = fc.array(fc.oneof(
  ...([
    ['called', 't', 't'], ['uses', 'p', 't'], ['uses', 't', 'h'], ['uses', 's', 't'], ['uses', 's', 'h'], ['uses', 't', 'u'], ['paid', 'u', 'b'], ['owns', 'p', 'b'], ['owns', 'p', 'v'],
    ['owns', 'p', 'o'], ['present_at', 'v', 'e'], ['present_at', 'p', 'e'], ['accused_in', 'p', 'e'], ['member_of', 'p', 'o'], ['lives_at', 'p', 'a'], ['met', 'p', 'p'], ['seized_from', 'h', 'p'],
    ['travelled', 'p', 'v'], ['carried', 'p', 'c'],
  ] as const).map(([kind, from, to]) => fc.tuple(fc.constant(kind), fc.nat(5).map((i) => from + i), fc.nat(5).map((i) => to + i), fc.integer({ min: 1, max: 9 }), fc.boolean())),
), { maxLength: 50 })

test('the order of rows changes nothing, to the last bit', () => {
  fc.assert(fc.property(anyCase, fc.integer(), fc.integer({ min: 2, max: 4 }), (links, seed, limit) => {
    const one = project(smallCase(links), { hub_limit: limit, event_limit: limit + 1 })
    const moved = shuffle(seeded(seed), links.map((_, l) => l))
    const other = project(smallCase(moved.map((l) => links[l])), { hub_limit: limit, event_limit: limit + 1 })
    expect(other.ties).toEqual(one.ties)
    expect({ ...other, network: null, support: null }).toEqual({ ...one, network: null, support: null })
    const back = Object.fromEntries(Object.entries(other.support).map(([tie, found]) => [tie, found.map((l) => moved[l]).sort((a, b) => a - b)]))
    expect(back).toEqual(one.support)
  }), { numRuns: 300 })
})

test('every tie stands on links, and they connect its two actors', () => {
  fc.assert(fc.property(anyCase, (links) => {
    const { support } = project(smallCase(links))
    for (const [tie, found] of Object.entries(support)) {
      const [a, b] = tie.split('-') as [string, string]
      const reached = new Set([a])
      for (let step = 0; step < found.length; step++) {
        for (const l of found) {
          const [, s, t] = links[l]
          if (reached.has(s)) reached.add(t)
          else if (reached.has(t)) reached.add(s)
        }
      }
      expect(reached.has(b)).toBe(true)
      expect(found.every((l) => LINK_KINDS[(links[l])[0]].projection !== 'none')).toBe(true)
    }
  }), { numRuns: 200 })
})

test('a vehicle of two owners brings both to an event, whoever else is there', () => {
  expect(project(smallCase([['owns', 'p1', 'v1'], ['owns', 'p2', 'v1'], ['present_at', 'v1', 'e1']])).ties).toEqual({ 'p1-p2': 2 })
  expect(project(smallCase([['owns', 'p1', 'v1'], ['owns', 'p2', 'v1'], ['present_at', 'v1', 'e1'], ['present_at', 'p3', 'e1']])).ties).toEqual({ 'p1-p2': 1.5, 'p1-p3': 0.5, 'p2-p3': 0.5 })
})

test('equals the rule written the plain way', () => {
  const options = fc.record({ hub_limit: fc.integer({ min: 2, max: 4 }), event_limit: fc.integer({ min: 2, max: 4 }), contact_limit: fc.integer({ min: 2, max: 4 }), min_count: fc.integer({ min: 1, max: 8 }), unattributed: fc.boolean() })
  fc.assert(fc.property(anyCase, options, (links, given) => {
    const flat = links.filter(([kind, s]) => kind !== 'uses' || s.startsWith('p'))
    const small = smallCase(flat)
    const { actors, ties, exclusions } = project(small, given)
    const plain = naiveProjection(small.names, flat, { ...DEFAULTS, ...given })
    expect(actors).toEqual(plain.actors)
    expect(Object.keys(ties).sort()).toEqual(Object.keys(plain.ties).sort())
    for (const [tie, weight] of Object.entries(plain.ties)) expect(ties[tie]).toBeCloseTo(weight, 9)
    expect([...exclusions].sort()).toEqual(plain.exclusions)
  }), { numRuns: 300 })
})
