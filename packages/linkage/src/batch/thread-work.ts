/** What a thread of a linkage run can be asked: one function for each kind of task, the same wherever it is run. */
import { compareRange, comparePairs, type CompareJob, type ComparedPairs } from './compare-range.ts'
import { drawnPatterns, type DrawnPatterns } from './chance-agreement.ts'
import { countedBlocks, type BlockTask, type CountedBlocks } from './blocks.ts'
import { neighbourPairs } from './neighbour-pairs.ts'
import type { Links } from './guarded-clusters.ts'
import { weighRange, type WeighTask } from './pair-weights.ts'

export type ThreadTask =
  /** Records from..to-1, as `compareRange`. */
  | { readonly kind: 'compare'; readonly from: number; readonly to: number }
  /** Given pairs, as `comparePairs`. */
  | { readonly kind: 'listed'; readonly left: Uint32Array; readonly right: Uint32Array }
  /** Pairs that share a record to which both are linked, compared. */
  | { readonly kind: 'across'; readonly links: Links; readonly order: Uint32Array }
  | { readonly kind: 'draw'; readonly seed: number }
  | { readonly kind: 'blocks' } & BlockTask
  | { readonly kind: 'weigh' } & WeighTask

export interface Answers {
  readonly compare: ComparedPairs
  readonly listed: ComparedPairs
  readonly across: ComparedPairs
  readonly draw: DrawnPatterns
  readonly blocks: CountedBlocks
  /** Weights stand in the array given. */
  readonly weigh: object
}

export type AnswerTo<T extends ThreadTask> = Answers[T['kind']]

/** @param job records to be compared; null while there are none. */
export function answered<T extends ThreadTask>(task: T, job: CompareJob | null): AnswerTo<T> {
  return answerOf(task, job) as AnswerTo<T>
}

function answerOf(task: ThreadTask, job: CompareJob | null): Answers[ThreadTask['kind']] {
  if (task.kind === 'blocks') return countedBlocks(task)
  if (job === null) throw new Error('broken promise: records were named before their pairs')
  if (task.kind === 'compare') return compareRange(job, task.from, task.to)
  if (task.kind === 'draw') return drawnPatterns(job, task.seed)
  if (task.kind === 'weigh') return weighRange(job, task)
  const { left, right } = task.kind === 'listed' ? task : neighbourPairs(job.records, task.links, task.order, job.source)
  // Such pairs belong to no rule.
  return comparePairs({ ...job, rules: [] }, left, right)
}
