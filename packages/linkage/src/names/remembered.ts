/** Answers that are asked again and again: fathers, villages and birth dates of a register repeat, and each pair of texts is compared once. */

/** Answers that are kept; beyond it all are forgotten and made anew. */
const MOST = 300_000

/** The same function with a memory of its answers by two texts. It must depend on nothing else. */
export function rememberedPairs<T>(answer: (left: string, right: string) => T): (left: string, right: string) => T {
  const known = new Map<string, Map<string, T>>()
  let kept = 0
  return (left, right) => {
    let of = known.get(left)
    if (of === undefined) known.set(left, of = new Map<string, T>())
    let found = of.get(right)
    if (found === undefined) {
      if (kept++ >= MOST) {
        known.clear()
        known.set(left, of = new Map<string, T>())
        kept = 1
      }
      of.set(right, found = answer(left, right))
    }
    return found
  }
}

/** The same by one text. */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const pairs = rememberedPairs<T>((text) => answer(text))
  return (text) => pairs(text, '')
}
