/** Drafts for files whose rows describe someone or something: subscribers, owners, account holders, persons, towers, cases, guests. */
import type { Role } from '@ringmap/model/schema'
import { belongings, personOf, roleWords } from './sniff-person.ts'
import { thing, timeOf, type Columns, type Draft, type DraftEntity, type DraftLink } from './sniff-draft.ts'

function named(columns: Columns, ...meanings: Parameters<Columns['peek']>[0][]): string[] {
  return meanings.flatMap((meaning) => columns.peek(meaning)?.column ?? [])
}

export function draftTowers(columns: Columns): Draft {
  const because = named(columns, 'cell', 'latitude', 'site')
  const cell = columns.take('cell')
  if (cell === null) throw new Error('broken promise: towers have an id')
  const properties: Record<string, string> = {}
  for (const [property, meaning] of [['name', 'site'], ['place', 'place'], ['place', 'address'], ['district', 'district'], ['latitude', 'latitude'], ['longitude', 'longitude'], ['azimuth', 'azimuth'], ['radius_m', 'radius']] as const) {
    const found = property in properties ? null : columns.take(meaning)
    if (found !== null) properties[property] = found.column
  }
  return { what: 'cell towers', because, entities: { tower: thing('Location', cell, Object.keys(properties).length === 0 ? {} : { properties }) }, links: [], notes: [] }
}

export function draftSubscribers(columns: Columns): Draft {
  const because = named(columns, 'phone', 'name', 'activated', 'operator')
  const phone = columns.take('phone') ?? columns.take('a_party')
  if (phone === null) throw new Error('broken promise: subscribers have a number')
  const since = timeOf(columns, 'activated') ?? timeOf(columns)
  const operator = columns.take('operator')
  const entities: Record<string, DraftEntity> = {
    subscriber: personOf(columns),
    phone: thing('Phone', phone, operator === null ? {} : { properties: { operator: operator.column } }),
  }
  const links: DraftLink[] = [{ mapping: { kind: 'owns', from: 'subscriber', to: 'phone', ...(since === null ? {} : { at: since.at }) }, comment: since?.comment ?? null }]
  for (const [meaning, alias, kind] of [['imsi', 'sim', 'Sim'], ['imei', 'handset', 'Handset']] as const) {
    const found = columns.take(meaning)
    if (found === null) continue
    entities[alias] = thing(kind, found)
    links.push({ mapping: { kind: 'uses', from: 'phone', to: alias }, comment: null })
  }
  belongings(columns, 'subscriber', entities, links)
  return { what: 'subscribers', because, entities, links, notes: [] }
}

export function draftVehicles(columns: Columns): Draft {
  const because = named(columns, 'plate', 'name', 'model', 'chassis')
  const plate = columns.take('plate')
  if (plate === null) throw new Error('broken promise: vehicles have a plate')
  const properties: Record<string, string> = {}
  for (const meaning of ['model', 'colour'] as const) {
    const found = columns.take(meaning)
    if (found !== null) properties[meaning] = found.column
  }
  const entities: Record<string, DraftEntity> = { vehicle: thing('Vehicle', plate, Object.keys(properties).length === 0 ? {} : { properties }) }
  const links: DraftLink[] = []
  if (columns.any('name', 'person_id', 'given_name')) {
    entities['owner'] = personOf(columns)
    links.push({ mapping: { kind: 'owns', from: 'owner', to: 'vehicle' }, comment: null })
    belongings(columns, 'owner', entities, links)
  }
  return { what: 'vehicle register', because, entities, links, notes: [] }
}

export function draftAccounts(columns: Columns, file: string): Draft {
  const because = named(columns, 'account', 'name', 'ifsc', 'bank')
  const account = columns.take('account')
  if (account === null) throw new Error('broken promise: accounts have a number')
  const ifsc = columns.take('ifsc')
  const bank = columns.take('bank')
  const entities: Record<string, DraftEntity> = {
    holder: personOf(columns),
    account: thing('BankAccount', account, { ...(ifsc === null ? {} : { identifiers: { ifsc: ifsc.column } }), ...(bank === null ? {} : { properties: { bank: bank.column } }) }),
  }
  const links: DraftLink[] = [{ mapping: { kind: 'owns', from: 'holder', to: 'account' }, comment: null }]
  belongings(columns, 'holder', entities, links)
  const notes = ifsc === null ? [] : [`${file}: accounts are known by their number alone. If every file with accounts has an IFSC, write id: [${ifsc.column}, ${account.column}] in each, so that equal numbers at two banks stay apart.`]
  return { what: 'account holders', because, entities, links, notes }
}

export function draftPersons(columns: Columns): Draft {
  const because = named(columns, 'person_id', 'name', 'father', 'role', 'born').slice(0, 4)
  const entities: Record<string, DraftEntity> = { person: personOf(columns) }
  const links: DraftLink[] = []
  belongings(columns, 'person', entities, links)
  const account = columns.take('account')
  if (account !== null) {
    entities['account'] = thing('BankAccount', account)
    links.push({ mapping: { kind: 'owns', from: 'person', to: 'account' }, comment: null })
  }
  return { what: 'persons', because, entities, links, notes: [] }
}

export function draftStays(columns: Columns): Draft {
  const because = named(columns, 'hotel', 'room', 'check_in')
  const parts = (['hotel', 'room', 'check_in'] as const).flatMap((meaning) => columns.peek(meaning)?.column ?? [])
  const hotel = columns.take('hotel')
  columns.take('room')
  const since = timeOf(columns, 'check_in') ?? timeOf(columns)
  const until = timeOf(columns, 'check_out')
  const day = columns.peek('check_in')?.column ?? columns.peek('date')?.column
  const id = columns.has('check_in') || day === undefined ? parts : [...parts, day]
  const guest = personOf(columns)
  const entities: Record<string, DraftEntity> = {
    guest,
    stay: {
      mapping: {
        kind: 'Event', id, label: { columns: id, join: ', ' },
        properties: { type: { value: 'stay' }, ...(hotel === null ? {} : { place: hotel.column }), ...(day === undefined ? {} : { date: day }) },
      },
      comment: columns.has('room') ? 'guests of one room from one day on were there together' : 'no room column: guests of one day count as together, which may be too many',
    },
  }
  const links: DraftLink[] = [{ mapping: { kind: 'present_at', from: 'guest', to: 'stay', ...(since === null ? {} : { at: since.at }), ...(until === null ? {} : { until: until.at }) }, comment: since?.comment ?? until?.comment ?? null }]
  belongings(columns, 'guest', entities, links)
  return { what: 'guest register', because, entities, links, notes: [] }
}

const PARTS: readonly (readonly ['accused_in' | 'victim_in' | 'witness_in', readonly Role[]])[] = [['accused_in', ['accused', 'suspect']], ['victim_in', ['victim', 'minor']], ['witness_in', ['witness', 'informant']]]

export function draftCases(columns: Columns, file: string): Draft {
  const because = named(columns, 'fir', 'station', 'sections', 'accused')
  const fir = columns.take('fir')
  if (fir === null) throw new Error('broken promise: cases have a number')
  const station = columns.take('station')
  const sections = columns.take('sections')
  const day = columns.peek('date')?.column
  const time = timeOf(columns)
  const at = time === null ? {} : { at: time.at }
  const goods = columns.take('commodity')
  const commodity = goods === null ? {} : { commodity: goods.column }
  const id = station === null ? fir.column : [fir.column, station.column]
  const event: DraftEntity = {
    mapping: {
      kind: 'Event', id, scope: 'fir', ...(station === null ? {} : { label: { columns: [fir.column, station.column], join: ' ' } }),
      properties: { type: { value: 'FIR' }, ...(day === undefined ? {} : { date: day }), ...(station === null ? {} : { place: station.column }), ...(sections === null ? {} : { sections: sections.column }) },
    },
    comment: station === null ? 'without a police station, equal numbers of two stations would be one case' : null,
  }
  const notes: string[] = []
  const entities: Record<string, DraftEntity> = {}
  const links: DraftLink[] = []
  const roles = roleWords(columns.peek('role'))
  const roleColumn = columns.peek('role')?.column
  if (roles !== null && roleColumn !== undefined) {
    entities['person'] = personOf(columns)
    for (const [kind, among] of PARTS) {
      const words = Object.entries(roles).filter(([, role]) => among.includes(role)).map(([word]) => word)
      if (words.length > 0) links.push({ mapping: { kind, from: 'person', to: 'fir', ...at, ...(kind === 'accused_in' ? commodity : {}), where: { column: roleColumn, in: words } }, comment: time?.comment ?? null })
    }
  } else {
    for (const [meaning, role, kind] of [['accused', 'accused', 'accused_in'], ['victim', 'victim', 'victim_in'], ['witness', 'witness', 'witness_in']] as const) {
      const column = columns.peek(meaning)
      if (column === null) continue
      const where = column.blanks ? { where: { column: column.column, not_in: [''] } } : {}
      // Other details of the row are taken for those of the first, the accused.
      entities[meaning] = links.length === 0 ? personOf(columns, meaning, { role, ...where }) : { mapping: { kind: 'Person', role, properties: { name: columns.take(meaning)?.column ?? column.column }, ...where }, comment: null }
      links.push({ mapping: { kind, from: meaning, to: 'fir', ...at, ...(kind === 'accused_in' ? commodity : {}) }, comment: time?.comment ?? null })
    }
    if (links.length === 0 && columns.any('name', 'person_id', 'given_name')) {
      entities['person'] = personOf(columns)
      // Taking a victim for an accused would unmask and rank him: without a word for it, nobody is linked.
      if (/accused|arrest|charge/i.test(file)) links.push({ mapping: { kind: 'accused_in', from: 'person', to: 'fir', ...at, ...commodity }, comment: 'taken for accused by the name of the file: check' })
      else notes.push(`${file}: no column tells accused from victims and witnesses, so persons are not linked to their case. Add a link accused_in, victim_in or witness_in, with where: if rows differ.`)
    }
  }
  const first = Object.keys(entities)[0]
  entities['fir'] = event
  if (first !== undefined) belongings(columns, first, entities, links)
  return { what: 'cases (FIR)', because, entities, links, notes }
}
