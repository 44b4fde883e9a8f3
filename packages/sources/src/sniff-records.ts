/** Drafts for files whose rows are happenings: calls and messages, payments, passages at a toll, ties. */
import type { LinkMapping } from '@ringmap/model/case-file'
import { percent, shareValid, type ColumnGuess } from './sniff-columns.ts'
import { thing, timeOf, type Columns, type Draft, type DraftEntity, type DraftLink } from './sniff-draft.ts'
import { headingWords } from './sniff-headers.ts'
import { SHARED_SCOPE } from './sniff-person.ts'

const INCOMING = /\b(?:in|inc|incoming|mtc|mt|smt|a_?in|call_in|sms_in|terminating|received)\b|_in\b|-in\b/i
const MESSAGE = /sms|\bsmt\b|\bsmo\b|text|\bmsg\b|message/i

export function draftCalls(columns: Columns, file: string, region: string): Draft {
  const a = columns.take('a_party') ?? columns.take('phone') ?? columns.take('source')
  const b = columns.take('b_party') ?? (columns.peek('a_party') === null && columns.peek('source') === null ? columns.take('phone', 1) : columns.take('phone')) ?? columns.take('target')
  if (a === null || b === null) throw new Error('broken promise: calls have two ends')
  const phones = [a, b].map((guess) => shareValid('phone', guess.values, region))
  const named = phones.some((share) => share < 0.3) ? { scheme: 'text' as const } : {}
  const entities: Record<string, DraftEntity> = { caller: thing('Phone', a, named), called: thing('Phone', b, named) }
  const notes = 'scheme' in named ? [`${file}: ${a.column} and ${b.column} do not look like phone numbers; they are kept as plain ids`] : []
  const time = timeOf(columns)
  const at = time === null ? {} : { at: time.at }
  const links: DraftLink[] = callLinks(columns, file, headingWords(a.column), { ...at, ...taken(columns, 'duration', 'duration_s'), ...taken(columns, 'weight', 'count') }, time?.comment ?? null, notes)
  for (const [meaning, alias, kind] of [['imei', 'handset', 'Handset'], ['imsi', 'sim', 'Sim'], ['cell', 'tower', 'Location']] as const) {
    const found = columns.take(meaning)
    if (found === null) continue
    entities[alias] = thing(kind, found)
    links.push({ mapping: { kind: meaning === 'cell' ? 'present_at' : 'uses', from: 'caller', to: alias, ...at }, comment: null })
  }
  return { what: links[0]?.mapping.kind === 'messaged' ? 'messages' : 'call records', because: [a.column, b.column], entities, links, notes }
}

/** One link for each way of calling that the columns of type and direction tell apart; an incoming call starts at the other end. */
function callLinks(columns: Columns, file: string, caller: string, shared: Partial<LinkMapping>, comment: string | null, notes: string[]): DraftLink[] {
  const plain = MESSAGE.test(file) && !/call/i.test(file) ? 'messaged' as const : 'called' as const
  const type = telling(columns.take('call_type'))
  const direction = telling(columns.take('direction')) ?? type
  // "Calling party" is who called; "A party" is whose records they are, and an incoming call was made by the other.
  const turned = !/calling|caller|from|originat|sender/.test(caller)
  const links: DraftLink[] = []
  for (const kind of ['called', 'messaged'] as const) {
    for (const incoming of [false, true]) {
      const ofKind = (word: string): boolean => (MESSAGE.test(word) ? 'messaged' : plain) === kind
      const ofWay = (word: string): boolean => (turned && INCOMING.test(word)) === incoming
      const tests = type === direction ? [testOf(type, (word) => ofKind(word) && ofWay(word))] : [testOf(type, ofKind), testOf(direction, ofWay)]
      const possible = type === null && direction === null ? kind === plain && !incoming : tests.every((test) => test !== null)
      if (!possible) continue
      const where = tests.filter((test) => test !== null && test !== 'all')
      const { duration_s: duration, ...rest } = shared
      links.push({
        mapping: {
          kind, ...(incoming ? { from: 'called', to: 'caller' } : { from: 'caller', to: 'called' }), ...rest, ...(kind === 'called' && duration !== undefined ? { duration_s: duration } : {}),
          ...(where.length === 0 ? {} : { where: where.length === 1 && where[0] !== undefined ? where[0] : where }),
        },
        comment: incoming ? 'incoming: made by the other party' : comment,
      })
    }
  }
  for (const guess of new Set([type, direction])) {
    const words = wordsOf(guess)
    if (guess !== null) notes.push(`${file}: ${guess.column} has ${words.length} words in the rows looked at (${words.slice(0, 8).join(', ')}${words.length > 8 ? ', …' : ''}); rows with any other are not linked`)
  }
  return links
}

interface Test {
  readonly column: string
  readonly in: string[]
}

/** The words of a column that belong to a group: null for none, 'all' where every row belongs. Without a column every row does. */
function testOf(guess: ColumnGuess | null, belongs: (word: string) => boolean): Test | 'all' | null {
  if (guess === null) return belongs('') ? 'all' : null
  const words = wordsOf(guess)
  const own = words.filter(belongs)
  if (own.length === 0) return null
  return own.length === words.length && !guess.blanks ? 'all' : { column: guess.column, in: own }
}

function wordsOf(guess: ColumnGuess | null): string[] {
  return guess === null ? [] : [...new Set(guess.values)].sort()
}

/** Null for a column whose words say nothing of calls. */
function telling(guess: ColumnGuess | null): ColumnGuess | null {
  const words = wordsOf(guess)
  const told = words.filter((word) => INCOMING.test(word) || MESSAGE.test(word) || /voice|call|out|mo|^moc$/i.test(word))
  return words.length === 0 || words.length > 20 || told.length * 2 < words.length ? null : guess
}

function taken<K extends 'duration_s' | 'count'>(columns: Columns, meaning: 'duration' | 'weight', key: K): Partial<Record<K, string>> {
  const found = columns.take(meaning)
  return found === null ? {} : ({ [key]: found.column } as Partial<Record<K, string>>)
}

export function draftTransactions(columns: Columns, file: string, region: string): Draft {
  const upi = columns.any('from_upi', 'to_upi') && !columns.any('from_account', 'to_account')
  const from = upi ? columns.take('from_upi') ?? columns.take('upi') : columns.take('from_account') ?? columns.take('account') ?? columns.take('source')
  const to = upi ? columns.take('to_upi') ?? columns.take('upi', columns.has('from_upi') ? 0 : 1) : columns.take('to_account') ?? columns.take('account', columns.has('from_account') ? 0 : 1) ?? columns.take('target')
  const money = columns.take('amount') ?? columns.take('debit') ?? columns.take('credit')
  const entities: Record<string, DraftEntity> = {}
  if (from !== null) entities['payer'] = payer(from, upi, region)
  if (to !== null && to !== from) entities['payee'] = payer(to, upi, region)
  const time = timeOf(columns)
  const minor = money !== null && /paise|paisa|minor|cents/.test(headingWords(money.column))
  const amount = money === null ? {} : { amount: { column: money.column, unit: minor ? 'minor' as const : 'major' as const, currency: 'INR' } }
  const links: DraftLink[] = 'payer' in entities && 'payee' in entities
    ? [{ mapping: { kind: 'paid', from: 'payer', to: 'payee', ...(time === null ? {} : { at: time.at }), ...amount }, comment: [time?.comment, money === null ? 'no column with an amount was found' : null].filter(Boolean).join('; ') || null }]
    : []
  const notes = links.length > 0 ? [] : [`${file} looks like the statement of one account: it names no other account, so nothing can be linked. Ask the bank for the counterparty accounts.`]
  return { what: 'payments', because: [from, to, money].flatMap((guess) => (guess === null ? [] : [guess.column])), entities, links, notes }
}

/** Accounts by their heading; under "from" and "to" whatever the values are. */
function payer(guess: ColumnGuess, upi: boolean, region: string): DraftEntity {
  if (upi) return thing('OnlineAccount', guess)
  if (guess.meaning !== 'source' && guess.meaning !== 'target') return thing('BankAccount', guess)
  if (shareValid('account', guess.values, region) >= 0.6) return thing('BankAccount', guess)
  return shareValid('upi', guess.values, region) >= 0.6 ? thing('OnlineAccount', guess) : thing('Person', guess, { scope: SHARED_SCOPE })
}

export function draftPassages(columns: Columns): Draft {
  const plate = columns.take('plate')
  const place = columns.take('plaza') ?? columns.take('site') ?? columns.take('place') ?? columns.take('address')
  if (plate === null || place === null) throw new Error('broken promise: passages have a plate and a place')
  const time = timeOf(columns)
  return {
    what: 'vehicles seen at a place', because: [plate.column, place.column],
    entities: { vehicle: thing('Vehicle', plate), plaza: thing('Location', place) },
    links: [{ mapping: { kind: 'present_at', from: 'vehicle', to: 'plaza', ...(time === null ? {} : { at: time.at }) }, comment: time?.comment ?? null }],
    notes: [],
  }
}

export function draftTies(columns: Columns, file: string, region: string): Draft {
  const source = columns.take('source')
  const target = columns.take('target')
  if (source === null || target === null) throw new Error('broken promise: ties have two ends')
  const phones = Math.min(shareValid('phone', source.values, region, /\d{9}/), shareValid('phone', target.values, region, /\d{9}/))
  const kind = phones >= 0.8 ? 'Phone' as const : 'Person' as const
  const scope = kind === 'Person' ? { scope: SHARED_SCOPE } : {}
  const weight = columns.take('weight')
  const whole = weight !== null && weight.values.length > 0 && weight.values.every((value) => /^[1-9]\d*(?:\.0+)?$/.test(value))
  const time = timeOf(columns)
  const words = headingWords(`${weight?.column ?? ''} ${file}`)
  const relation = columns.take('relation')
  const link = kind === 'Phone' || /call/.test(words) ? 'called' as const : kind === 'Person' && /meeting/.test(words) ? 'met' as const : 'associate_of' as const
  return {
    what: 'ties', because: [source.column, target.column],
    entities: { one: thing(kind, source, scope), other: thing(kind, target, scope) },
    links: [{ mapping: { kind: link, from: 'one', to: 'other', ...(time === null ? {} : { at: time.at }), ...(whole ? { count: weight.column } : {}) }, comment: [phones >= 0.8 ? `${percent(phones)} of the ends are phone numbers` : 'change the kind if these are calls, meetings, kinship...', whole ? `${weight.column} is taken for how often` : ''].filter((part) => part !== '').join('; ') }],
    notes: [
      ...(weight !== null && !whole ? [`${file}: ${weight.column} is not a whole number in every row and was left out`] : []),
      ...(relation === null ? [] : [`${file}: ${relation.column} tells kinds of ties apart; write a link for each with where: { column: ${relation.column}, in: [...] } if they differ`]),
    ],
  }
}
