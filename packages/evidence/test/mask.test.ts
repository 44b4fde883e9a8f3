import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { classOfRoles, maskCode, maskCodes, protectedEntities, type ProtectedEntity } from '../src/mask.ts'

const key = new Uint8Array(32).fill(7)

test('a code is a letter and six characters of the HMAC of class and id', () => {
  const digest = createHmac('sha256', key).update('victimP-1').digest()
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const expected = [0, 5, 10, 15, 20, 25].map((at) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number.parseInt(bits.slice(at, at + 5), 2)]).join('')
  expect(maskCode(key, 'victim', 'P-1')).toBe(`V-${expected}`)
  expect(maskCode(key, 'linked', 'P-1')).toMatch(/^X-[0-9A-HJKMNP-TV-Z]{6}$/)
  expect(maskCode(new Uint8Array(32), 'victim', 'P-1')).not.toBe(maskCode(key, 'victim', 'P-1'))
})

test('codes never collide and do not depend on order', () => {
  const list: ProtectedEntity[] = Array.from({ length: 400 }, (_, i) => ({ id: `P-${i}`, class: i % 3 === 0 ? 'victim' : 'linked' }))
  // Two characters hold 1024 codes: collisions are certain.
  const codes = maskCodes(key, list, 2)
  expect(new Set(codes.values()).size).toBe(400)
  expect([...codes.values()].some((code) => code.length > 4)).toBe(true)
  const other = maskCodes(key, [...list].reverse(), 2)
  for (const { id } of list) expect(other.get(id)).toBe(codes.get(id))
})

test('a repeated entity has one code', () => {
  expect(maskCodes(key, [{ id: 'P-1', class: 'victim' }, { id: 'P-1', class: 'victim' }]).size).toBe(1)
})

test('the most protected role decides, and a minor is protected whatever he is accused of', () => {
  expect(classOfRoles(['accused', 'witness', 'victim'])).toBe('victim')
  expect(classOfRoles(['accused'], true)).toBe('minor')
  expect(classOfRoles(['accused', 'officer'])).toBe(null)
})

const person = (id: string, ...roles: ('victim' | 'accused' | 'witness' | 'informant')[]): { id: string; kind: 'Person'; roles: typeof roles } => ({ id, kind: 'Person', roles })

test('things attributed to a protected person are protected with the things they use', () => {
  const entities = [
    person('v', 'victim'), person('a', 'accused'),
    { id: 'phone', kind: 'Phone', roles: [] }, { id: 'sim', kind: 'Sim', roles: [] }, { id: 'set', kind: 'Handset', roles: [] },
    { id: 'othersim', kind: 'Sim', roles: [] }, { id: 'home', kind: 'Address', roles: [] }, { id: 'raid', kind: 'Event', roles: [] },
    { id: 'aphone', kind: 'Phone', roles: [] }, { id: 'vset', kind: 'Handset', roles: [] }, { id: 'vsim', kind: 'Sim', roles: [] },
  ] as const
  const links = [
    { kind: 'uses', source: 'v', target: 'phone' }, { kind: 'uses', source: 'phone', target: 'sim' }, { kind: 'uses', source: 'sim', target: 'set' },
    { kind: 'uses', source: 'othersim', target: 'set' }, { kind: 'lives_at', source: 'v', target: 'home' }, { kind: 'victim_in', source: 'v', target: 'raid' },
    { kind: 'uses', source: 'a', target: 'aphone' }, { kind: 'called', source: 'aphone', target: 'phone' }, { kind: 'uses', source: 'a', target: 'phone' },
    { kind: 'seized_from', source: 'vset', target: 'v' }, { kind: 'uses', source: 'vsim', target: 'vset' },
  ] as const
  const found = protectedEntities(entities, links)
  expect(found.map(({ id, class: cls }) => `${id}:${cls}`)).toEqual(['home:linked', 'phone:linked', 'set:linked', 'sim:linked', 'v:victim', 'vset:linked', 'vsim:linked'])
  expect(protectedEntities([...entities].reverse(), [...links].reverse())).toEqual(found)
})

test('entities named in the case file are masked too', () => {
  expect(protectedEntities([person('a', 'accused'), { id: 'p', kind: 'Phone', roles: [] }], [{ kind: 'uses', source: 'a', target: 'p' }], new Set(['a'])))
    .toEqual([{ id: 'a', class: 'linked' }, { id: 'p', class: 'linked' }])
})

test('any list of ids gets as many codes as ids', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.string(), { maxLength: 60 }), (ids) => {
    const codes = maskCodes(key, ids.map((id) => ({ id, class: 'victim' })), 1)
    return codes.size === ids.length && new Set(codes.values()).size === ids.length
  }))
})
