import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { below, seeded } from '@ringmap/model/random'
import { benchLinkage } from '../src/link-bench.ts'
import { changesWith, linkMeaning } from '../src/link-column-roles.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-link-shapes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Records of made-up things, each written down one to three times; what a clerk does to a cell is the caller's. */
function made(file: string, header: string, things: number, seed: number, thing: (pick: (n: number) => number) => (time: number, pick: (n: number) => number) => readonly string[]): { file: string; truth: string } {
  const random = seeded(seed)
  const pick = (n: number): number => below(random, n)
  const rows: { key: number; cells: readonly string[]; who: number }[] = []
  for (let who = 0; who < things; who++) {
    const write = thing(pick)
    const times = 1 + Math.max(0, pick(5) - 2)
    for (let time = 0; time < times; time++) rows.push({ key: random(), cells: write(time, pick), who })
  }
  rows.sort((a, b) => a.key - b.key)
  const quoted = (cell: string): string => (cell.includes(',') ? `"${cell}"` : cell)
  const paths = { file: join(folder, `${file}.csv`), truth: join(folder, `${file}.truth.csv`) }
  writeFileSync(paths.file, [header, ...rows.map(({ cells }, i) => [`x${i}`, ...cells.map(quoted)].join(',')), ''].join('\n'))
  writeFileSync(paths.truth, [`${header.split(',', 1)[0] ?? ''},entity`, ...rows.map(({ who }, i) => `x${i},${who}`), ''].join('\n'))
  return paths
}

const SYLLABLES = ['ba', 'co', 'di', 'fe', 'ga', 'ho', 'ji', 'ka', 'lu', 'me', 'no', 'pi', 'ra', 'se', 'tu', 'vo', 'za']
const word = (pick: (n: number) => number): string => Array.from({ length: 2 + pick(2) }, () => SYLLABLES[pick(SYLLABLES.length)]).join('')
const slip = (text: string, pick: (n: number) => number): string => {
  const at = 1 + pick(Math.max(1, text.length - 1))
  return text.slice(0, at) + (pick(2) === 0 ? 'aeiou'.charAt(pick(5)) : '') + text.slice(at + 1)
}

test('voters who move: street, town and postcode change together, and those who moved are not taken for relatives', async () => {
  const streets = Array.from({ length: 80 }, (_, i) => word(seededPick(i)))
  const paths = made('voters', 'voter_reg_num,last_name,first_name,midl_name,sex_code,age,street_address,res_city_desc,zip_code,phone_num', 4000, 11, (pick) => {
    const [family, given, middle, sex, age, phone] = [word(seededPick(900 + pick(500))), word(seededPick(5000 + pick(120))), word(pick), 'MF'.charAt(pick(2)), 18 + pick(70), String(2_000_000 + pick(7_999_999))]
    const home = (from: (n: number) => number): string[] => { const zip = from(300); return [`${1 + from(3000)} ${streets[from(80)] ?? ''} St`, `City ${zip % 12}`, String(27_000 + zip)] }
    const first = home(pick)
    return (time, at) => [at(7) === 0 ? slip(family, at) : family, at(7) === 0 ? (at(2) === 0 ? given.charAt(0) : slip(given, at)) : given, at(3) === 0 ? '' : middle.charAt(0), sex, at(9) === 0 ? '' : String(age + (at(2) === 0 ? time : 0)), ...(time > 0 && at(3) === 0 ? home(at) : first), at(3) === 0 ? phone : '']
  })
  const found = await benchLinkage([paths.file], { workers: 1, truth: paths.truth })
  expect(found.run.input.id).toBe('voter_reg_num')
  expect(found.clusters.precision).toBeGreaterThan(0.95)
  expect(found.clusters.f1).toBeGreaterThan(0.93)
}, 180_000)

test('firms of common words: rare words bring them together and weigh more', async () => {
  const trades = ['Trading', 'Transport', 'Travels', 'Exports', 'Services', 'Logistics']
  const forms = ['Ltd', 'Limited', 'Pvt Ltd', 'LLP', '']
  const paths = made('firms', 'company id,company name,registered address,town,post code,telephone', 2500, 12, (pick) => {
    const [own, trade, form, town, code, phone] = [`${word(pick)} ${pick(3) === 0 ? word(pick) : ''}`.trim(), trades[pick(6)] ?? '', forms[pick(5)] ?? '', `Town ${pick(12)}`, String(190_000 + pick(60)), `0194${2_000_000 + pick(900_000)}`]
    return (_, at) => [`${at(5) === 0 ? slip(own, at) : own} ${at(9) === 0 ? '' : trade} ${at(2) === 0 ? form : (forms[at(5)] ?? '')}`.trim(), at(2) === 0 ? `Plot ${at(40)}, Main Road` : '', at(9) === 0 ? '' : town, at(4) === 0 ? '' : code, at(2) === 0 ? phone : '']
  })
  const found = await benchLinkage([paths.file], { workers: 1, truth: paths.truth })
  expect(found.run.input.id).toBe('company id')
  expect(found.compared_recall).toBeGreaterThan(0.9)
  expect(found.compared_recall).toBeLessThanOrEqual(1)
  expect(found.clusters.precision).toBeGreaterThan(0.93)
}, 180_000)

test('goods with a title, a maker and a price: nearly equal titles are mostly of one thing, and are not taken for chance', async () => {
  const makers = Array.from({ length: 40 }, (_, i) => word(seededPick(70 + i)))
  const extras = Array.from({ length: 60 }, (_, i) => word(seededPick(200 + i)))
  const paths = made('goods', 'id,title,manufacturer,price', 3000, 33, (pick) => {
    const [maker, kind, model, price] = [makers[Math.floor(40 ** (pick(1000) / 1000)) - 1] ?? '', ['phone', 'laptop', 'camera', 'printer', 'monitor'][pick(5)] ?? '', `${word(pick).slice(0, 2).toUpperCase()}${100 + pick(900)}`, 50 + pick(2000)]
    const words = [extras[pick(60)], extras[pick(60)], extras[pick(60)]]
    return (_, at) => [[at(4) === 0 ? '' : maker, kind, at(3) === 0 ? '' : model, ...words.filter(() => at(3) > 0)].filter((one) => one !== '').join(' '), at(3) === 0 ? '' : maker, at(3) === 0 ? '' : String(Math.round(price * (0.9 + at(20) / 100)))]
  })
  const found = await benchLinkage([paths.file], { workers: 1, truth: paths.truth })
  expect(found.clusters.precision).toBeGreaterThan(0.85)
  expect(found.clusters.f1).toBeGreaterThan(found.best_clusters.f1 - 0.06)
}, 180_000)

test('headings of other languages', () => {
  const all = (headings: string): (string | null)[] => headings.split(', ').map(linkMeaning)
  expect(new Set(all('Vorname, Prénom, first name, fname, nombre, Voornaam, given_name'))).toEqual(new Set(['given_name']))
  expect(new Set(all('Nachname, apellidos, lname, Cognome, surname, last_nm'))).toEqual(new Set(['surname']))
  expect(new Set(all('Geburtsdatum, date de naissance, fecha_nacimiento, DOB, Date of Birth, birth_year'))).toEqual(new Set(['born']))
  expect(new Set(all('PLZ, code postal, Postcode, zip_code, PIN, pincode'))).toEqual(new Set(['pin']))
  expect(all('E-Mail, Telefon, Ort, state_cd, street_address')).toEqual(['email', 'phone', 'place', 'district', 'address'])
  expect(['street_number', 'address_1', 'Ort', 'phone'].map(changesWith)).toEqual(['home', 'home', 'home', 'contact'])
  expect(['birth_place', 'surname', 'dob', 'father'].map(changesWith)).toEqual([undefined, undefined, undefined, undefined])
})

function seededPick(seed: number): (n: number) => number {
  const random = seeded(seed)
  return (n) => below(random, n)
}
