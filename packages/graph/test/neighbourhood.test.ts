import { expect, test } from 'vitest'
import { neighbourhood } from '../src/neighbourhood.ts'
import { smallCase, type LinkWords } from './small-case.ts'

const LINKS: readonly LinkWords[] = [
  ['called', 't1', 't2', 5], ['called', 't2', 't1', 4], ['called', 't1', 't3', 8], ['messaged', 't1', 't3', 2], ['called', 't4', 't1', 1], ['uses', 'p1', 't1'], ['uses', 't1', 'h1'], ['called', 't2', 't3', 50],
]
const given = smallCase(LINKS)
const at = (name: string): number => given.names.indexOf(name)
const names = (found: Uint32Array): string[] => Array.from(found, (e) => given.names[e])

test('counts distinct neighbours by link kind and entity kind; nearest are those with most between them', () => {
  const found = neighbourhood(given.entities, given.links, at('t1'))
  expect(found.counts).toEqual([
    { link: 'called', kind: 'Phone', count: 3 }, { link: 'messaged', kind: 'Phone', count: 1 }, { link: 'uses', kind: 'Person', count: 1 }, { link: 'uses', kind: 'Handset', count: 1 },
  ])
  expect(names(found.nearest)).toEqual(['t3', 't2', 'h1', 'p1', 't4'])
  expect(found.of).toBe(5)
})

test('by kind, without those at hand, and no more than asked', () => {
  const found = neighbourhood(given.entities, given.links, at('t1'), { link: 'called', kind: 'Phone', have: [at('t2')], limit: 1 })
  expect(names(found.nearest)).toEqual(['t3'])
  expect(found.of).toBe(2)
  expect(found.counts[0].count).toBe(3)
})
