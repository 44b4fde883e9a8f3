/** A worker thread that compares ranges of records as it is asked to, and hands the arrays over without copying. */
import { parentPort, workerData } from 'node:worker_threads'
import { comparePairs, compareRange, type CompareJob, type ComparedPairs } from './compare-range.ts'

export type CompareTask = { readonly from: number; readonly to: number } | { readonly left: Uint32Array; readonly right: Uint32Array }

const job = workerData as CompareJob

parentPort?.on('message', (task: CompareTask) => {
  const pairs: ComparedPairs = 'from' in task ? compareRange(job, task.from, task.to) : comparePairs(job, task.left, task.right)
  const arrays = [pairs.left, pairs.right, pairs.pattern, pairs.patterns, pairs.by_rule, pairs.by_times, pairs.first_found, pairs.only_found]
  parentPort?.postMessage(pairs, arrays.map((array) => array.buffer as ArrayBuffer))
})
