/** A case small enough to check by hand, written into a temporary folder: nine invented people, one of them a victim. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded, shuffle } from '@ringmap/model/random'
import { KEY_FILE } from '../src/open-case.ts'

export const VICTIM = 'Zarqotha Belimwal'
export const VICTIM_PHONE = '9419 000 009'
export const VICTIM_HOME = 'House 77, Upper Qarnix Lane'
/** What an exhibit of it must have; a test adds its own lines to these. */
export const EXHIBIT_HEAD = `exhibit:
  case_number: FIR 11/2024
  exhibit_number: P-4
  agency: Demo Crime Branch
  handling: OFFICIAL
`

const PERSONS = `person_id,name,father,role,voter_id,phone,address,born
1,Tarvesh Koldun,Omvir Koldun,Suspect,ABC1000001,09419000001,"House 1, Lower Ward",1980-02-03
2,Bilqen Rastogar,Harun Rastogar,Accused,ABC1000002,+91 94190 00002,"House 2, Lower Ward",1985-05-01
3,Dovik Semwan,Pratul Semwan,Accused,ABC1000003,9419000003,"House 3, Lower Ward",1990-01-01
4,Hemlo Qazwin,Safdar Qazwin,Accused,ABC1000004,9419000004,"House 4, Lower Ward",1991-01-01
5,Ruvan Thakrel,Jivan Thakrel,Unknown,ABC1000005,9419000005,"House 5, Lower Ward",1992-01-01
6,Ishmin Wadhol,Karam Wadhol,Unknown,ABC1000006,9419000006,"House 6, Lower Ward",1993-01-01
9,${VICTIM},Mirnal Belimwal,Victim,ABC1000009,${VICTIM_PHONE},"${VICTIM_HOME}",1999-01-01
`

const SUBSCRIBERS = `number,name,voter_id
9419000001,T. Koldun,ABC1000001
9419000002,Bilqen Rastogar,ABC1000002
9419000003,Dovik Semwan,ABC1000003
9419000004,Hemlo Qazwin,ABC1000004
9419000005,Ruvan Thakrel,ABC1000005
9419000006,Ishmin Wadhol,ABC1000006
9419000009,"${VICTIM}",ABC1000009
`

const CALLS = `a,b,start,seconds
9419000002,9419000001,01/03/2024 10:00:00,60
9419000001,9419000003,02/03/2024 10:00:00,61
9419000001,9419000003,02/03/2024 11:00:00,62
9419000002,9419000004,03/03/2024 10:00:00,63
9419000004,9419000002,03/03/2024 12:00:00,64
9419000002,9419000009,04/03/2024 10:00:00,65
9419000003,9419000005,05/03/2024 10:00:00,66
9419000003,9419000006,06/03/2024 10:00:00,67
9419000005,9419000006,31/02/2024 10:00:00,68
9419000005,9419000006,07/03/2024 10:00:00,x
12345,9419000006,08/03/2024 10:00:00,5
,9419000006,08/03/2024 10:00:00,5
9419000002,9419000004,03/03/2024 10:00:00,63
9419000009,9876500000,09/03/2024 23:30:00,70
`

const FIRS = `fir,date,section,person_id,part,remarks
11/2024,2024-03-10,BNS 143,2,accused,seen with ${VICTIM} at the bus stand
11/2024,2024-03-10,BNS 143,3,accused,
11/2024,2024-03-10,BNS 143,4,accused,
11/2024,2024-03-10,BNS 143,9,victim,"rescued from ${VICTIM_HOME}"
`

const CASE = `version: 1
name: Small case
sources:
  - name: persons
    file: persons.csv
    entities:
      person:
        kind: Person
        id: person_id
        scope: police
        role: { column: role, map: { Suspect: suspect, Accused: accused, Victim: victim, Unknown: unknown, Witness: witness, Minor: minor } }
        identifiers: { voter_id: voter_id }
        properties: { name: name, father: father, born: born, address: address }
      phone: { kind: Phone, id: phone }
      home: { kind: Address, id: address }
    links:
      - { kind: uses, from: person, to: phone }
      - { kind: lives_at, from: person, to: home }
  - name: subscribers
    file: subscribers.csv
    entities:
      subscriber: { kind: Person, identifiers: { voter_id: voter_id }, properties: { name: name } }
      phone: { kind: Phone, id: number }
    links:
      - { kind: owns, from: subscriber, to: phone }
  - name: calls
    file: calls.csv
    entities:
      caller: { kind: Phone, id: a }
      called: { kind: Phone, id: b }
    links:
      - { kind: called, from: caller, to: called, at: { column: start, format: dmy }, duration_s: seconds, grade: { value: A1 } }
  - name: firs
    file: firs.csv
    entities:
      person: { kind: Person, id: person_id, scope: police }
      fir: { kind: Event, id: fir, scope: firs, label: { columns: [fir, section], join: ' ' }, properties: { date: date, sections: section } }
    links:
      - { kind: accused_in, from: person, to: fir, at: date, where: { column: part, in: [accused] } }
      - { kind: victim_in, from: person, to: fir, at: date, where: { column: part, in: [victim] } }
find: { ring_min_size: 3, copies: 10, resolution: 0.2 }
`

export const SMALL_FILES: Readonly<Record<string, string>> = { 'persons.csv': PERSONS, 'subscribers.csv': SUBSCRIBERS, 'calls.csv': CALLS, 'firs.csv': FIRS, 'case.yaml': CASE }

/** @param shuffled seed to put the rows of every file in another order. @param changed files to replace. */
export function writeSmallCase(options: { readonly shuffled?: number; readonly changed?: Readonly<Record<string, string>> } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-case-'))
  for (const [name, text] of Object.entries({ ...SMALL_FILES, ...options.changed })) {
    writeFileSync(join(folder, name), options.shuffled !== undefined && name.endsWith('.csv') ? shuffledRows(text, options.shuffled) : text)
  }
  // The same key in every copy: ids and codes come from it.
  writeFileSync(join(folder, KEY_FILE), `${'5a'.repeat(32)}\n`, { mode: 0o600 })
  return folder
}

function shuffledRows(text: string, seed: number): string {
  const [header, ...rows] = text.trimEnd().split('\n')
  return [header, ...shuffle(seeded(seed), rows), ''].join('\n')
}
