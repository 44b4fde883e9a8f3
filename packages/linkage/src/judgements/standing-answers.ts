/** From the log of what persons said of pairs of records to what stands: each person's last word, and where two persons differ. */
import type { LoggedAnswer, StandingAnswer } from '@ringmap/model/judgement'

/** Pairs in order of their ids, whatever the order of the log's lines about different pairs; pairs of which nothing stands are left out. */
export function standingAnswers(log: readonly LoggedAnswer[]): StandingAnswer[] {
  const pairs = new Map<string, { left: string; right: string; words: Map<string, LoggedAnswer> }>()
  for (const line of log) {
    const [left, right] = line.left < line.right ? [line.left, line.right] : [line.right, line.left]
    const key = `${left}|${right}`
    const pair = pairs.get(key) ?? { left, right, words: new Map<string, LoggedAnswer>() }
    pairs.set(key, pair)
    // Whoever withdraws takes the pair back to where nobody had spoken.
    if (line.answer === 'withdraw') pair.words.clear()
    else {
      pair.words.delete(line.by)
      pair.words.set(line.by, line)
    }
  }
  return [...pairs.entries()].filter(([, pair]) => pair.words.size > 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { left, right, words }]) => ({ left, right, verdict: verdictOf([...words.values()]), words: [...words.values()] }))
}

/** Somebody unsure does not stand against somebody who knows. */
function verdictOf(words: readonly LoggedAnswer[]): StandingAnswer['verdict'] {
  const said = new Set(words.map((word) => word.answer))
  if (said.has('same') && said.has('different')) return 'disputed'
  return said.has('same') ? 'same' : said.has('different') ? 'different' : 'unsure'
}
