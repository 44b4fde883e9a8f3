import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { below, seeded, shuffle } from '@ringmap/model/random'
import { linksAmong, selectChart, type ChartSelection } from '../src/chart-selection.ts'
import { project, smallCase, type LinkWords } from './small-case.ts'

function select(links: readonly LinkWords[], focus: readonly string[], options: { limit?: number; subject?: 'ring' | 'person' } = {}): ChartSelection & { names: string[] } {
  const given = smallCase(links)
  const { network, actors } = project(given)
  const found = selectChart(given.entities, given.links, network, focus.map((name) => actors.indexOf(name)), { subject: 'ring', ...options })
  return { ...found, names: Array.from(found.entities, (e) => given.names[e]) }
}

const LINKS: readonly LinkWords[] = [
  ['uses', 'p1', 't1'], ['uses', 'p2', 't2'], ['called', 't1', 't2', 9], ['uses', 'p3', 'v1'], ['owns', 'p1', 'v1'], ['present_at', 'p1', 'e1'], ['present_at', 'p2', 'e1'],
  ['accused_in', 'p3', 'e2', 1, true], ['uses', 'p1', 't5'], ['called', 't5', 't6', 2], ['present_at', 'p3', 'l1'], ['met', 'p1', 'p4'],
]

test('worked example: members, what joins them, their criminal events, and nothing else', () => {
  const { names, links, shown } = select(LINKS, ['p1', 'p2', 'p3'])
  expect(names).toEqual(['e1', 'e2', 'p1', 'p2', 'p3', 't1', 't2', 'v1'])
  expect([...links]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(shown).toMatchObject({ entities: 8, entities_of: 8, links: 8, links_of: 8 })
  expect(shown.why).toMatch(/^All 3 members of the ring, and all 5 phones/)
})

test('a person comes with those tied to him, unknown users of numbers among them', () => {
  const { names } = select(LINKS, ['p1'], { subject: 'person' })
  expect(names).toEqual(['e1', 'e2', 'p1', 'p2', 'p3', 'p4', 't1', 't2', 't5', 't6', 'v1'])
})

test('where room is short the highest ranked stay, and it says how many of how many', () => {
  const { names, shown } = select(LINKS, ['p3', 'p1', 'p2'], { limit: 4 })
  expect(names).toEqual(['e2', 'p1', 'p3', 'v1'])
  expect(shown).toMatchObject({ entities: 4, entities_of: 8, links: 3, links_of: 8 })
  expect(shown.why).toMatch(/^2 of 3 members of the ring, the highest ranked, and 2 of 5 things/)
})

test('actors take the places that things leave free', () => {
  const star = Array.from({ length: 9 }, (_, i): LinkWords => ['met', 'p0', `p${i + 1}`])
  expect(select(star, Array.from({ length: 10 }, (_, i) => `p${i}`), { limit: 8 }).names).toHaveLength(8)
})

test('nothing to draw', () => {
  expect(select([['met', 'p1', 'p2']], []).shown).toMatchObject({ entities: 0, entities_of: 0, links: 0, links_of: 0 })
})

test('keeps to the limit, draws every link among what it shows, and does not depend on row order', () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 2, max: 30 }), fc.constantFrom('ring', 'person'), (seed, limit, subject) => {
    const random = seeded(seed)
    const links: LinkWords[] = []
    for (let i = 0; i < 12; i++) links.push(['uses', `p${i}`, `t${i}`], ['called', `t${below(random, 12)}`, `t${below(random, 16)}`], ['accused_in', `p${below(random, 12)}`, `e${below(random, 4)}`, 1, true])
    const focus = subject === 'ring' ? ['p3', 'p1', 'p2', 'p5', 'p7', 'p8'] : ['p3']
    const one = select(links, focus, { limit, subject })
    const moved = shuffle(random, links.map((_, l) => l))
    const other = select(moved.map((l) => links[l]), focus, { limit, subject })
    expect(other.names).toEqual(one.names)
    expect(Array.from(other.links, (l) => moved[l]).sort((a, b) => a - b)).toEqual([...one.links])
    expect(other.shown).toEqual(one.shown)
    expect(one.names.length).toBeLessThanOrEqual(limit)
    expect(one.names).toContain('p3')
    const given = smallCase(links)
    expect([...one.links]).toEqual([...linksAmong(given.names.length, given.links, one.entities)])
    expect(one.shown.entities_of).toBeGreaterThanOrEqual(one.shown.entities)
    expect(one.shown.links_of).toBeGreaterThanOrEqual(one.shown.links)
  }))
})

test('somebody whom nothing would tie comes with his way to one of the others before what joins many', () => {
  // Events hold p1 to p4 together; p5 hangs on one call of his phone.
  const links: LinkWords[] = ['p1', 'p2', 'p3', 'p4'].flatMap((p): LinkWords[] => ['e1', 'e2', 'e3', 'e4'].map((e): LinkWords => ['present_at', p, e]))
  links.push(['uses', 'p5', 't5'], ['uses', 'p1', 't1'], ['called', 't5', 't1'])
  const { names } = select(links, ['p1', 'p2', 'p3', 'p4', 'p5'], { limit: 10 })
  expect(names.filter((name) => name.startsWith('p'))).toHaveLength(5)
  expect(names).toEqual(expect.arrayContaining(['t1', 't5']))
  expect(names.filter((name) => name.startsWith('e'))).toHaveLength(3)
})
