/** How near two words of names are whose keys differ: by the sounds that spelling mixes up, and Urdu words by the vowels they may hide. */

/** Sounds that offices write for each other, and what it costs; any other exchange costs 1. */
const NEAR: Readonly<Record<string, number>> = {
  ae: 0.3, ei: 0.3, ao: 0.45, ai: 0.7, eo: 0.8, io: 0.8,
  bv: 0.4, jz: 0.5, fp: 0.5, sS: 0.8, sz: 0.9, gk: 0.8, dt: 0.7, mn: 0.8, iy: 0.3, ov: 0.5, ks: 1, Cj: 0.8,
}
const VOWEL = /[aeio]/

/** Keys with one letter for each sound. */
function sounds(key: string): string {
  return key.replaceAll('sh', 'S').replaceAll('ch', 'C').replaceAll(/\d/g, '')
}

/** Weighted edit distance (Wagner-Fischer with neighbouring exchanges) between two keys. */
export function keyDistance(left: string, right: string): number {
  const a = sounds(left)
  const b = sounds(right)
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, () => 0)
  for (let j = 1; j <= b.length; j++) last[j] = (last[j - 1] as number) + dropCost(b, j - 1)
  for (let i = 1; i <= a.length; i++) {
    const row = [(last[0] as number) + dropCost(a, i - 1)]
    for (let j = 1; j <= b.length; j++) {
      let best = Math.min((last[j] as number) + dropCost(a, i - 1), (row[j - 1] as number) + dropCost(b, j - 1), (last[j - 1] as number) + swapCost(a.charAt(i - 1), b.charAt(j - 1), i === 1 || j === 1))
      if (i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1)) best = Math.min(best, (before[j - 2] as number) + 0.9)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] as number
}

function swapCost(a: string, b: string, first: boolean): number {
  if (a === b) return 0
  const cost = NEAR[a < b ? a + b : b + a] ?? 1
  // A first vowel tells names apart (Aslam, Islam) more than one inside.
  return first && VOWEL.test(a) && VOWEL.test(b) ? Math.min(1, cost + 0.4) : cost
}

/** A short vowel inside or an h is easily left out; a vowel at either end makes another name (Rashid, Rashida). */
function dropCost(text: string, at: number): number {
  const letter = text.charAt(at)
  if (letter === 'h') return 0.3
  if (VOWEL.test(letter)) return at === 0 || at === text.length - 1 ? 1 : 0.4
  return 0.95
}

/**
 * Whether the sounds of an Urdu word can be read as the Latin key. Consonants must all be there, in order; a written long vowel must be
 * heard; short vowels may be.
 * @param urdu from `urduSounds`.
 */
export function urduFits(urdu: string, key: string): boolean {
  return fits(urdu.replaceAll('sh', 'S').replaceAll('ch', 'C').replaceAll('kh', 'k'), sounds(key), 0, 0)
}

const READINGS: Readonly<Record<string, readonly string[]>> = { A: ['a', 'e', ''], W: ['o', 'v', 'ov', 'vo'], Y: ['i', 'e', 'y', 'ia', ''], E: ['e', 'i', 'a'], I: ['', 'a', 'i', 'e', 'o'], h: ['h', '', 'a'], a: ['a', ''], i: ['i', 'e', ''], o: ['o'] }

function fits(urdu: string, key: string, i: number, j: number): boolean {
  if (i === urdu.length) return j === key.length || (j === key.length - 1 && VOWEL.test(key.charAt(j)) && i > 0 && !/[AWYEh]/.test(urdu.charAt(i - 1)) && key.charAt(j) === 'e')
  const letter = urdu.charAt(i)
  const options = i === 0 && letter === 'A' ? ['a', 'i', 'e', 'o', ''] : (READINGS[letter] ?? [letter])
  for (const option of options) if (key.startsWith(option, j) && fits(urdu, key, i + 1, j + option.length)) return true
  // A short vowel that is not written stands before a consonant or between two.
  return VOWEL.test(key.charAt(j)) && (i > 0 || j > 0) && !/[AWYE]/.test(urdu.charAt(i - 1)) && fits(urdu, key, i, j + 1)
}
