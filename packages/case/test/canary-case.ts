/** The small case with values planted wherever a protected person can leak: names in three scripts, numbers, places, free text, file names, settings, the audit trail. */
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { SMALL_FILES, VICTIM, VICTIM_HOME, writeSmallCase } from './small-case.ts'

export const HINDI = 'क़ासिमप्रीत वर्मानी'
export const URDU = 'قاسمپریت ورملین'
const CHILD = 'Pelvindra Quoshlin'

/** A woman, two persons named in Devanagari and Urdu letters, and a child; each with a phone, a home and a voter card. Two more victims make the group large enough for the public profile. */
export const CANARIES: readonly string[] = [
  VICTIM, 'Zarqotha', '9419000009', VICTIM_HOME, 'ABC1000009', 'Mirnal Belimwal', HINDI, '9419000010', 'House 78, Upper Qarnix Lane', 'ABC1000010',
  URDU, '9419000011', 'مکان 79 قرنکس گلی', 'ABC1000011', CHILD, '9419000012', 'House 80, Upper Qarnix Lane', 'ABC1000012', 'Vashtuk Quoshlin', 'Tholkri Wenzub', '9419000013', 'Ushpal Dremvik', '9419000014',
]

const PERSONS = `${SMALL_FILES['persons.csv'] ?? ''}10,${HINDI},हरीश वर्मानी,Victim,ABC1000010,9419000010,"House 78, Upper Qarnix Lane",1998-01-01
11,${URDU},سلیم ورملین,Witness,ABC1000011,9419000011,مکان 79 قرنکس گلی,1997-01-01
12,${CHILD},Vashtuk Quoshlin,Minor,ABC1000012,9419000012,"House 80, Upper Qarnix Lane",2010-01-01
13,Tholkri Wenzub,Ardan Wenzub,Victim,ABC1000013,9419000013,"House 81, Upper Qarnix Lane",1999-02-01
14,Ushpal Dremvik,Ardan Dremvik,Victim,ABC1000014,9419000014,"House 82, Upper Qarnix Lane",1999-03-01
`
const CALLS = `${SMALL_FILES['calls.csv'] ?? ''}9419000003,9419000009,05/03/2024 11:00:00,66
${['10', '11', '12', '13', '14'].map((end) => `9419000002,94190000${end},06/03/2024 10:00:00,67\n9419000003,94190000${end},06/03/2024 12:00:00,68\n9419000001,94190000${end},07/03/2024 12:00:00,69\n`).join('')}`
const FIRS = `${SMALL_FILES['firs.csv'] ?? ''}11/2024,2024-03-10,BNS 143,10,victim,${HINDI} को बस अड्डे पर देखा
12/2024 ${VICTIM},2024-03-11,BNS 144,1,accused,${URDU}
12/2024 ${VICTIM},2024-03-11,BNS 144,3,accused,
12/2024 ${VICTIM},2024-03-11,BNS 144,12,victim,son of Vashtuk Quoshlin
`
const ORGANISATIONS = `number,name,person_id
77,"${VICTIM} Boutique",2
77,"${VICTIM} Boutique",3
`
const FILE_NAME = `calls of ${VICTIM}.csv`

const MORE = `  - name: organisations
    file: organisations.csv
    entities:
      firm: { kind: Organisation, id: number, scope: firms, properties: { name: name } }
      person: { kind: Person, id: person_id, scope: police }
    links:
      - { kind: owns, from: person, to: firm }
find:`

const SETTINGS = `exhibit:
  case_number: FIR 11/2024 of ${VICTIM}
  exhibit_number: P-4 ${HINDI}
  agency: Demo Crime Branch at ${VICTIM_HOME}
  handling: OFFICIAL 94190-00009
  uncategorised: unknown
  device: { make: "laptop of ${URDU}", serial: ABC1000009 }
  sources:
    calls: { from: "father of Zarqotha Belimwal, Mirnal Belimwal", by: HC Demo, memo: "+91 94190 00010" }
  custody:
    - { at: 2024-05-01 10:00 IST, what: "phone of ${URDU}", from: Operator, to: HC Demo }
    - { at: 2024-05-02 10:00 IST, what: CD opened, from: HC Demo, to: Laboratory, seal: "94190 00012" }
  against:
    facts: ["${VICTIM} says that he was not there."]
    alternatives: ["${HINDI} calls each relative."]
    unknowns: ["The phone of ${URDU} was never found."]
  bias: "${CHILD} was asked in one language only."
`

/** @returns the folder. Some places hold values that nothing but a person could have written there. */
export function writeCanaryCase(): string {
  const text = (SMALL_FILES['case.yaml'] ?? '').replace('name: Small case', `name: "Case of ${VICTIM}"`).replace('file: calls.csv', `file: "${FILE_NAME}"`).replace('find:', MORE)
  const folder = writeSmallCase({ changed: { 'persons.csv': PERSONS, 'calls.csv': CALLS, 'firs.csv': FIRS, 'organisations.csv': ORGANISATIONS, 'case.yaml': `${text}${SETTINGS}` } })
  renameSync(join(folder, 'calls.csv'), join(folder, FILE_NAME))
  return folder
}
