/** Calls as contacts: who was in contact with whom, first and last, and with how many others each was on each day. One sort of each number's calls gives both. */
import { growingUint32 } from '@ringmap/graph/growing-column'
import { invariant } from '@ringmap/model/errors'
import type { Activity } from './activity-change.ts'
import type { ContactRows } from './contact-likelihood.ts'

const DAY_MS = 86_400_000
const WORD = 2 ** 32
/** Place of the higher half of a 64-bit number among its two 32-bit words. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0

export interface Calls {
  /** Two numbers in contact, whoever called; of one with itself nothing is taken. */
  readonly a: Uint32Array
  readonly b: Uint32Array
  /** Whole milliseconds since the first day of the records began. */
  readonly at_ms: Float64Array
}

/**
 * A pair on a day is one contact of both, however many calls. The result does not depend on the order of calls.
 *
 * @param service 1 for numbers that are nobody's contact; their days count for the others all the same.
 * @throws Error where the numbers and the time together need more than 64 bits: four thousand million numbers in seven weeks, eight million in half a century.
 */
export function callContacts(numbers: number, calls: Calls, service?: Uint8Array): { readonly contacts: ContactRows; readonly activity: Activity } {
  const last = calls.at_ms.reduce((most, at) => Math.max(most, at), 0)
  const shift = Math.max(0, Math.ceil(Math.log2((last + 1) / WORD)))
  invariant(numbers <= 2 ** (32 - shift), `${numbers} numbers over ${Math.ceil(last / DAY_MS)} days do not fit`)
  const { offsets, keys } = sortedCalls(numbers, calls, shift)
  const words = new Uint32Array(keys.buffer)
  const contactAt = (i: number): number => words[2 * i + HIGH] >>> shift
  const momentAt = (i: number): number => (words[2 * i + HIGH] & (2 ** shift - 1)) * WORD + words[2 * i + 1 - HIGH]
  return { contacts: contactRows(offsets, contactAt, momentAt, service), activity: activeDays(offsets, contactAt, momentAt, Math.floor(last / DAY_MS) + 1) }
}

/** Calls of each number, ascending by contact and moment, which stand in one 64-bit number: contact in front, moment behind. */
function sortedCalls(numbers: number, { a, b, at_ms: at }: Calls, shift: number): { readonly offsets: Uint32Array; readonly keys: BigUint64Array } {
  const offsets = new Uint32Array(numbers + 1)
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue
    offsets[a[i] + 1]++
    offsets[b[i] + 1]++
  }
  for (let v = 0; v < numbers; v++) offsets[v + 1] += offsets[v]
  const next = offsets.slice(0, numbers)
  const keys = new BigUint64Array(offsets[numbers])
  const words = new Uint32Array(keys.buffer)
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue
    const [high, low] = [Math.floor(at[i] / WORD), at[i] % WORD]
    const one = 2 * next[a[i]]++
    words[one + HIGH] = b[i] * 2 ** shift + high
    words[one + 1 - HIGH] = low
    const other = 2 * next[b[i]]++
    words[other + HIGH] = a[i] * 2 ** shift + high
    words[other + 1 - HIGH] = low
  }
  for (let v = 0; v < numbers; v++) if (offsets[v + 1] - offsets[v] > 1) keys.subarray(offsets[v], offsets[v + 1]).sort()
  return { offsets, keys }
}

type At = (call: number) => number

function contactRows(offsets: Uint32Array, contactAt: At, momentAt: At, service: Uint8Array | undefined): ContactRows {
  const numbers = offsets.length - 1
  const own = new Uint32Array(numbers + 1)
  // Counted first, so that the columns are made once.
  for (let v = 0; v < numbers; v++) {
    let pairs = 0
    if (service?.[v] !== 1) for (let i = offsets[v]; i < offsets[v + 1]; i++) if (beginsContact(i, offsets[v], contactAt) && service?.[contactAt(i)] !== 1) pairs++
    own[v + 1] = own[v] + pairs
  }
  const total = own[numbers]
  const [contact, first, last] = [new Uint32Array(total), new Float64Array(total), new Float64Array(total)]
  let pair = -1
  for (let v = 0; v < numbers; v++) {
    if (service?.[v] === 1) continue
    for (let i = offsets[v]; i < offsets[v + 1]; i++) {
      const other = contactAt(i)
      if (service?.[other] === 1) continue
      if (beginsContact(i, offsets[v], contactAt)) {
        contact[++pair] = other
        first[pair] = momentAt(i) / DAY_MS
      }
      last[pair] = momentAt(i) / DAY_MS
    }
  }
  return { numbers, offsets: own, contact, first, last, total }
}

function beginsContact(i: number, begin: number, contactAt: At): boolean {
  return i === begin || contactAt(i) !== contactAt(i - 1)
}

function activeDays(offsets: Uint32Array, contactAt: At, momentAt: At, days: number): Activity {
  const numbers = offsets.length - 1
  const own = new Uint32Array(numbers + 1)
  const [day, contacts] = [growingUint32(), growingUint32()]
  const met = new Uint32Array(days)
  const touched = new Uint32Array(days)
  for (let v = 0; v < numbers; v++) {
    let count = 0
    let before = -1
    for (let i = offsets[v]; i < offsets[v + 1]; i++) {
      const on = Math.floor(momentAt(i) / DAY_MS)
      if (on === before && !beginsContact(i, offsets[v], contactAt)) continue
      before = on
      if (met[on] === 0) touched[count++] = on
      met[on]++
    }
    for (const on of touched.subarray(0, count).sort()) {
      day.push(on)
      contacts.push(met[on])
      met[on] = 0
    }
    own[v + 1] = own[v] + count
  }
  return { offsets: own, day: day.view().slice(), contacts: Float64Array.from(contacts.view()), days }
}
