/** What chance gives: tails of the binomial, Poisson and hypergeometric distributions, the scan statistic, and false discovery rates. */

/** Lanczos (1964), g = 7, nine terms: about 15 digits for x > 0. */
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]

export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  let sum = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (z + i)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

function logChoose(n: number, k: number): number {
  return k < 0 || k > n ? Number.NEGATIVE_INFINITY : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

function binomialPoint(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/** P(X >= k) for X of n tries with chance p. */
export function binomialTail(k: number, n: number, p: number): number {
  return tail(k, n, (i) => binomialPoint(i, n, p), n * p)
}

/** P(X >= k) where `mean` are expected. */
export function poissonTail(k: number, mean: number): number {
  if (mean <= 0) return k <= 0 ? 1 : 0
  return tail(k, Number.POSITIVE_INFINITY, (i) => Math.exp(i * Math.log(mean) - mean - logGamma(i + 1)), mean)
}

/** P(X >= k) where `drawn` are drawn without replacement from `all`, of which `marked` count. */
export function hypergeometricTail(k: number, all: number, marked: number, drawn: number): number {
  const whole = logChoose(all, drawn)
  return tail(k, Math.min(marked, drawn), (i) => Math.exp(logChoose(marked, i) + logChoose(all - marked, drawn - i) - whole), (marked * drawn) / all)
}

/** Sums from k upwards until nothing is added. Far above the mean the terms fall fast; below it the complement is no shorter. */
function tail(k: number, most: number, point: (i: number) => number, mean: number): number {
  if (k <= 0) return 1
  let sum = 0
  for (let i = k; i <= most; i++) {
    const term = point(i)
    sum += term
    if (i > mean && term <= sum * 1e-17) break
  }
  return Math.min(1, sum)
}

/**
 * P(some window holds at least k of n happenings) when they fall evenly over a span; `window` is its share of the span.
 * Approximation of Wallenstein & Naus 1974, close where small.
 */
export function scanTail(k: number, n: number, window: number): number {
  if (k <= 1 || window >= 1) return 1
  const point = binomialPoint(k, n, window)
  return Math.min(1, Math.max(0, (k / window - n - 1) * point + 2 * binomialTail(k, n, window)))
}

/** False discovery rate of the list down to each value (Benjamini & Hochberg 1995). @param tests tried in all; default as many as given. */
export function falseDiscovery(p: ArrayLike<number>, tests: number = p.length): Float64Array {
  const order = Array.from({ length: p.length }, (_, i) => i).sort((a, b) => p[a] - p[b] || a - b)
  const q = new Float64Array(p.length)
  let least = 1
  for (let place = order.length - 1; place >= 0; place--) {
    least = Math.min(least, (p[order[place]] * tests) / (place + 1))
    q[order[place]] = least
  }
  return q
}

/**
 * False discovery rate against scores of the same kind found where chance alone rules.
 * @param rounds how often chance was played; one score is added to it, so that the rate is never said to be none.
 */
export function discoveryAgainst(found: ArrayLike<number>, chance: readonly number[], rounds: number): Float64Array {
  const sorted = Float64Array.from(chance).sort()
  const order = Array.from({ length: found.length }, (_, i) => i).sort((a, b) => found[b] - found[a] || a - b)
  const q = new Float64Array(found.length)
  let above = sorted.length
  order.forEach((i, place) => {
    while (above > 0 && sorted[above - 1] >= found[i]) above--
    // Equal scores share the place of the last of them.
    let last = place
    while (last + 1 < order.length && found[order[last + 1]] === found[i]) last++
    q[i] = Math.min(1, (sorted.length - above + 1) / rounds / (last + 1))
  })
  let least = 1
  for (let place = order.length - 1; place >= 0; place--) {
    least = Math.min(least, q[order[place]])
    q[order[place]] = least
  }
  return q
}
