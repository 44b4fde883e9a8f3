/** Current-flow betweenness over a pool of workers: the same bits as `currentFlow` alone. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked } from '@ringmap/model/progress'
import { blocksOf } from './blocks.ts'
import { currentFlowOf, planFor, type CurrentFlow, type CurrentFlowAnyOptions } from './current-flow.ts'
import { currentFlowPlan, doneAlone, STEP_OF } from './current-flow-plan.ts'
import { SHARED } from './shared-columns.ts'
import { undirected } from './undirected.ts'
import type { WorkerPool } from './worker-pool.ts'

export async function currentFlowOnPool(given: Csr, pool: WorkerPool, options: CurrentFlowAnyOptions = {}): Promise<CurrentFlow> {
  const blocks = blocksOf(undirected(given))
  const how = planFor(blocks, options)
  const plan = currentFlowPlan(blocks, how, SHARED)
  for (let step = plan.next(); ; step = plan.next()) {
    if (step.done === true) return currentFlowOf(step.value, how)
    const { name, input, units, sharable } = step.value
    stopIfAsked(options.signal)
    if (!sharable) doneAlone(step.value, options)
    else await pool.run(name, input, units, { ...options, step: STEP_OF[name] })
  }
}
