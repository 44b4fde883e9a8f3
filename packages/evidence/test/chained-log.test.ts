import { expect, test } from 'vitest'
import { canonicalJson } from '../src/canonical-json.ts'
import { chained, checkChain, NO_LINE, signedHead, type LogHead } from '../src/chained-log.ts'
import { privateKey, publicKey, rawPublic } from '../src/signing-key.ts'

const KEY = privateKey(new Uint8Array(32).fill(7))
const PUBLIC = publicKey(rawPublic(KEY))

function log(acts: readonly string[]): { readonly lines: string[]; readonly head: LogHead } {
  const lines: string[] = []
  let head: LogHead = { lines: 0, sha256: NO_LINE }
  for (const act of acts) {
    const next = chained(head, { act, why: null })
    lines.push(next.line)
    head = next.head
  }
  return { lines, head }
}

const { lines: LINES, head: HEAD } = log(['import', 'link', 'find', 'export'])
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const faults = (given: string, head: LogHead | null = HEAD): readonly string[] => checkChain(given, head === null ? null : signedHead(head, KEY), PUBLIC).faults

test('the example of RFC 8785, section 3.2.3, comes out as printed there', () => {
  const given = JSON.parse('{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}') as unknown
  expect(canonicalJson(given)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  const keys = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Smiley', '\u0080': 'Control', '\u00f6': 'Latin O' }
  expect(Object.keys(JSON.parse(`[${canonicalJson(keys)}]`)[0] as object).map((key) => key.codePointAt(0))).toEqual([0x31, 0x0d, 0x80, 0xf6, 0x20ac, 0x1f600, 0xfb33])
})

test('a whole log holds; an edited line, a dropped line, a cut tail, an added line and a changed head do not', () => {
  expect(faults(text(LINES))).toEqual([])
  expect(faults(text(LINES.map((line, i) => (i === 1 ? line.replace('link', 'lurk') : line))))).not.toEqual([])
  expect(faults(text(LINES.filter((_, i) => i !== 2)))).not.toEqual([])
  expect(faults(text(LINES.slice(0, 3)))).toEqual(['the log ends at line 3, its head says 4: the end was cut off'])
  expect(faults(text([...LINES, chained(HEAD, { act: 'export', why: null }).line]))).toEqual(['1 lines stand after the signed head'])
  expect(faults(text(LINES), null)).toEqual(['the signed head is missing'])
  // Rewritten from end to end: the chain holds again, the signature does not.
  const forged = log(['import', 'find', 'export'])
  const stolen = { ...signedHead(HEAD, KEY), ...forged.head }
  expect(checkChain(text(forged.lines), stolen, PUBLIC).faults).toEqual(['the signature of the head does not hold'])
})

test('no byte of the log can change unseen', () => {
  const whole = Buffer.from(text(LINES))
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] as number) ^ 1
    expect(faults(changed.toString('latin1')).length, `byte ${at}`).toBeGreaterThan(0)
  }
})
