/** Names in many spellings and three scripts: which share a key, which must not. */
import { describe, expect, it } from 'vitest'
import { nameLexicon } from '../../src/names/name-lexicon.ts'
import { nameKeys, nameReader, type NameKeys } from '../../src/names/parsed-name.ts'

const read = nameReader(nameLexicon())
const keys = (written: string): NameKeys => nameKeys(read(written))

describe('one name in its spellings has one key', () => {
  it.each([
    ['Mohammad Ashraf Bhat', 'MOHD. ASHRAF BUTT', 'Bhat Md Ashraf', 'محمد اشرف بٹ', 'मोहम्मद अशरफ बट', 'Mohdashraf Bhat'],
    ['Abdul Rehman Khan', 'Abdur Rahman Khan', 'Abdurrahman Khan', 'Ab. Rehman Khan', 'عبدالرحمان خان'],
    ['Haji Gh. Mohiuddin Wani', 'Ghulam Mohi-ud-Din Wanie', 'Gh Mohidin Wani'],
    ['Sh. Ramesh Kumar Sharma', 'Romesh Kr. Sharma', 'रमेश कुमार शर्मा'],
    ['Zia-ul-Haq Qureshi', 'Ziaul Haque Quraishi', 'Ziaulhaq Koreshi'],
    ['Gurpreet Singh', 'Gurprit Singh', 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ', 'गुरप्रीत सिंह'],
    ['Reyaz Ahmad Ganai', 'Riyaz Ah Ganie', 'Riaz Ahmed Ganaie'],
    ['Владимир Петров', 'Vladimir Petrov', 'PETROV Vladimir'],
    ['José Müller', 'Jose Mueller'],
  ])('%s', (first, ...others) => {
    for (const other of others) expect(keys(other).key, other).toBe(keys(first).key)
  })
})

describe('two names keep two keys', () => {
  it.each([
    ['Aslam', 'Islam'], ['Shabir', 'Sabir'], ['Nazir', 'Naseer'], ['Tariq', 'Tahir'], ['Rashid', 'Rashida'], ['Asif', 'Arif'], ['Hassan', 'Hussain'], ['Jamil', 'Jamal'], ['Sajad', 'Sajid'],
    ['Dinesh', 'Danish'], ['Gurpreet', 'Harpreet'], ['Gurpreet', 'Gurdeep'], ['Bhat', 'Bhatti'], ['Rather', 'Rathore'], ['Naik', 'Naikoo'], ['Reena', 'Raina'], ['Raman', 'Rahman'], ['Kamal', 'Kamil'], ['Bashir', 'Nazir'],
  ])('%s and %s', (left, right) => {
    expect(keys(`${left} Khan`).key).not.toBe(keys(`${right} Khan`).key)
  })
})

it('takes aliases, parents, husbands, titles and nothing apart', () => {
  expect(keys('Tariq Ahmad Lone @ Billa S/o Gh. Nabi Lone R/o Sopore')).toMatchObject({ key: 'lon tarik', given: 'tarik', family: 'lon', aliases: 'bila', parent: 'lon nabi', relation: 'son', sex: 'male' })
  expect(keys('Smt. Geeta Devi W/O Sh. Ram Lal')).toMatchObject({ key: 'gita', parent: 'lal ram', relation: 'wife', sex: 'female' })
  expect(keys('Tariq "Billa" Lone')).toMatchObject({ key: 'lon tarik', aliases: 'bila' })
  expect(keys('Raju C/o Hotel Green')).toMatchObject({ key: 'rajo', parent: '', relation: '' })
  for (const nobody of ['Unknown', 'N/A', '--', '', 'xxx', '12345', 'نامعلوم']) expect(keys(nobody).key, nobody).toBe('')
})

it('Urdu shares its consonants with Latin even where no word is listed', () => {
  for (const [urdu, latin] of [['وتھوری', 'Wathori'], ['زونوار', 'Zunwar'], ['سوپرک', 'Sopruk']] as const) expect(keys(urdu).skeleton, latin).toBe(keys(latin).skeleton)
})

it('an addition for one case joins or parts spellings', () => {
  const own = nameReader(nameLexicon({ same: [['Kralwar', 'Karalvaar']], honorifics: ['Numberdar'] }))
  expect(nameKeys(own('Numberdar Bashir Karalvaar')).key).toBe(nameKeys(own('Bashir Kralwar')).key)
})
