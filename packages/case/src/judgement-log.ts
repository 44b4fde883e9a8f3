/** The log of what persons decided about records: one JSON line an answer, only ever added to, flushed before it counts. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RingmapError } from '@ringmap/model/errors'
import { ANSWERS, type LoggedAnswer } from '@ringmap/model/judgement'
import type { OpenCase } from './open-case.ts'

export const JUDGEMENT_FILE = 'judgements.jsonl'

const line = z.object({ left: z.string().min(1), right: z.string().min(1), answer: z.enum(ANSWERS), by: z.string().min(1), at_ms: z.number(), why: z.string() })

/** All lines, in the order given. A last line without its end, from a run that was killed while it wrote, was never answered and is left out. @throws RingmapError judgements_unreadable */
export function readJudgements(open: OpenCase): LoggedAnswer[] {
  const path = join(open.work, JUDGEMENT_FILE)
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  const lines = text.split('\n')
  lines.pop()
  return lines.flatMap((written, i) => {
    if (written.trim() === '') return []
    try {
      return [line.parse(JSON.parse(written))]
    } catch (error) {
      throw new RingmapError('judgements_unreadable', { file: JUDGEMENT_FILE, line: i + 1 }, { cause: error })
    }
  })
}

/** Adds answers; two runs may add at once, each line is written whole. Throws when it cannot be written: then the answer was not given. */
export function addJudgements(open: OpenCase, answers: readonly LoggedAnswer[]): void {
  if (answers.length === 0) return
  const path = join(open.work, JUDGEMENT_FILE)
  const descriptor = openSync(path, 'a', 0o600)
  try {
    const text = answers.map((answer) => {
      const [left, right] = answer.left < answer.right ? [answer.left, answer.right] : [answer.right, answer.left]
      return `${JSON.stringify({ ...answer, left, right, at: new Date(answer.at_ms).toISOString() })}\n`
    }).join('')
    dropTorn(path)
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The beginning of a line that a killed run left was never answered; what follows must not grow onto it. */
function dropTorn(path: string): void {
  const bytes = readFileSync(path)
  if (bytes.length > 0 && bytes.at(-1) !== 10) truncateSync(path, bytes.lastIndexOf(10) + 1)
}
