/** Seeded random numbers (sfc32, Chris Doty-Humphrey's PractRand), the same on every machine; nothing in ringmap uses Math.random. */

/** Uniform in [0, 1). */
export type Random = () => number

/** @param seed any 32-bit integer. */
export function seeded(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let d = 1
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

/** Whole number in [0, bound). */
export function below(random: Random, bound: number): number {
  return Math.floor(random() * bound)
}

/** Fisher-Yates, in place. */
export function shuffle<T>(random: Random, items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(random, i + 1)
    const kept = items[i] as T
    items[i] = items[j] as T
    items[j] = kept
  }
  return items
}
