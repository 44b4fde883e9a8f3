/**
 * How sure a mean of yes-or-no draws is. Chernoff 1952: of n draws with chance p, P(mean >= q) <= exp(-n KL(q, p)) for q > p, likewise below, with
 * KL(q, p) = q ln(q / p) + (1 - q) ln((1 - q) / (1 - p)). So if n KL(mean, mean + e) >= L and n KL(mean, mean - e) >= L, the true chance lies within e
 * of the mean but for a probability of exp(-L) on each side.
 */

/** KL(q, p) of two chances. */
export function divergence(q: number, p: number): number {
  if (p <= 0) return q <= 0 ? 0 : Number.POSITIVE_INFINITY
  if (p >= 1) return q >= 1 ? 0 : Number.POSITIVE_INFINITY
  return (q > 0 ? q * Math.log(q / p) : 0) + (q < 1 ? (1 - q) * Math.log((1 - q) / (1 - p)) : 0)
}

/** The largest L such that the chance lies within epsilon of the mean of `draws` but for exp(-L) on each side. */
export function confidenceOf(mean: number, epsilon: number, draws: number): number {
  const above = mean + epsilon >= 1 ? Number.POSITIVE_INFINITY : divergence(mean, mean + epsilon)
  const below = mean - epsilon <= 0 ? Number.POSITIVE_INFINITY : divergence(mean, mean - epsilon)
  return draws * Math.min(above, below)
}

export interface Levels {
  /** -ln of each node's part of delta, on one side. */
  readonly needed: Float64Array
  /** Draws after which all are expected to be narrow enough. */
  readonly paths: number
}

/**
 * Deals out delta from a pilot's counts: the fewest draws n such that the sum over nodes of 2 exp(-n KL) is at most nine tenths of delta, each node getting
 * its own term; the last tenth goes to all alike, for whom the pilot missed.
 */
export function levelsFor(pilot: Uint32Array, draws: number, epsilon: number, delta: number): Levels {
  const nodes = pilot.length
  // Nodes with one count have one range: there are few different counts.
  const times = new Map<number, number>()
  for (const c of pilot) times.set(c, (times.get(c) ?? 0) + 1)
  const rate = new Map([...times.keys()].map((c) => [c, confidenceOf(cautious(c, draws), epsilon, 1)]))
  const spent = (n: number): number => {
    let sum = 0
    for (const [c, many] of times) sum += 2 * many * Math.exp(-n * (rate.get(c) as number))
    return sum
  }
  let low = 0
  let high = 1 / epsilon
  while (spent(high) > 0.9 * delta) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (spent(middle) > 0.9 * delta) low = middle
    else high = middle
  }
  const alike = (0.1 * delta) / (2 * nodes)
  return { needed: Float64Array.from(pilot, (c) => -Math.log(Math.exp(-high * (rate.get(c) as number)) + alike)), paths: high }
}

/** A mean that is rather too large than too small: one standard deviation and one draw above. */
function cautious(count: number, draws: number): number {
  return Math.min(0.5, (count + Math.sqrt(count) + 1) / draws)
}
