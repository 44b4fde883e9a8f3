/** Current-flow betweenness block by block, as a plan that asks for its long parts: one hand does them, or the workers of a pool, with the same bits. */
import type { WorkOptions, StopSignal } from '@ringmap/model/progress'
import { invariant } from '@ringmap/model/errors'
import { seeded } from '@ringmap/model/random'
import { blockNet } from './block-net.ts'
import { largestBlock, type Blocks } from './blocks.ts'
import { addBlock, addBridge, blockWork, solvedBlock, tieCurrents, tieUnits, type SolvedBlock } from './current-flow-block.ts'
import { addDrawn, drawnBlock, nodeCurrents, nodeUnits, potentials, potentialUnits, type DrawnBlock } from './current-flow-ends.ts'
import { OWN, type Columns } from './shared-columns.ts'

export interface CurrentFlowInputs {
  /** Unit: some ties of a block that is solved. */
  readonly 'tie-currents': SolvedBlock
  /** Unit: some drawn ends. */
  readonly 'end-potentials': DrawnBlock
  /** Unit: some nodes of a block whose ends are solved. */
  readonly 'node-currents': DrawnBlock
}

type Doers = { readonly [K in keyof CurrentFlowInputs]: (input: CurrentFlowInputs[K], signal: StopSignal | undefined) => (unit: number) => void }

export const CURRENT_FLOW_JOBS: Doers = { 'tie-currents': tieCurrents, 'end-potentials': potentials, 'node-currents': nodeCurrents }

/** A long part: units 0 up to `units`, in any order and by any number of hands. */
export type CurrentFlowPart = {
  readonly [K in keyof CurrentFlowInputs]: {
    readonly name: K
    readonly input: CurrentFlowInputs[K]
    readonly units: number
    /** In columns that others can reach; a small block is done before workers have heard of it. */
    readonly sharable: boolean
  }
}[keyof CurrentFlowInputs]

export interface CurrentFlowPlanOptions extends WorkOptions {
  readonly seed: number
  readonly weighted: boolean
  /** Blocks of up to so many people are solved exactly; ends are drawn in larger ones. */
  readonly exact_up_to: number
  readonly samples: number
  readonly tolerance: number
}

export interface Carried {
  readonly blocks: Blocks
  /** Current in the ties of each node, over all pairs. */
  readonly carried: Float64Array
  /** Of the estimates in it. */
  readonly variance: Float64Array
}

/** @param blocks of an undirected network. */
export function* currentFlowPlan(blocks: Blocks, options: CurrentFlowPlanOptions, columns: Columns): Generator<CurrentFlowPart, Carried, undefined> {
  const { weighted, exact_up_to: limit } = options
  if (weighted) for (const w of blocks.weight) invariant(w > 0, 'conductances are above 0')
  const nodes = blocks.component_size.length
  const most = largestBlock(blocks, limit)
  const work = blockWork(nodes, most > 2 ? most : 0, columns)
  const carried = new Float64Array(nodes)
  const variance = new Float64Array(nodes)
  const random = seeded(options.seed)
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.offsets[b + 1] - blocks.offsets[b]
    if (size === 2) addBridge(blocks, b, carried)
    else if (size <= limit) {
      const sharable = blocks.tie_offsets[b + 1] - blocks.tie_offsets[b] >= WORTH_SHARING
      const block = solvedBlock(blocks, b, weighted, work, sharable ? columns : OWN, options)
      yield { name: 'tie-currents', input: block, units: tieUnits(block), sharable }
      addBlock(blocks, b, block, carried)
    } else {
      const net = blockNet(blocks, b, work.local)
      const block = drawnBlock(net, weighted, random, options.samples, options.tolerance, columns)
      yield { name: 'end-potentials', input: block, units: potentialUnits(block), sharable: true }
      yield { name: 'node-currents', input: block, units: nodeUnits(block), sharable: true }
      addDrawn(net, block, carried, variance, options.signal)
    }
  }
  return { blocks, carried, variance }
}

/** Ties of a block. */
const WORTH_SHARING = 512

/** One hand does it all. */
export function carriedAlone(blocks: Blocks, options: CurrentFlowPlanOptions): Carried {
  const plan = currentFlowPlan(blocks, options, OWN)
  for (let step = plan.next(); ; step = plan.next()) {
    if (step.done === true) return step.value
    doneAlone(step.value, options)
  }
}

export function doneAlone({ name, input, units }: CurrentFlowPart, options: WorkOptions): void {
  const unit = CURRENT_FLOW_JOBS[name](input as never, options.signal)
  for (let u = 0; u < units; u++) {
    if (units > 1) options.progress?.(STEP_OF[name], u, units)
    unit(u)
  }
}

/** What progress says. */
export const STEP_OF: Readonly<Record<keyof CurrentFlowInputs, string>> = { 'tie-currents': 'current-flow', 'end-potentials': 'current-flow potentials', 'node-currents': 'current-flow' }

/** From the current in the ties of each node to its betweenness. */
export function throughNodes(blocks: Blocks, carried: Float64Array, normalised: boolean): Float64Array {
  const nodes = carried.length
  const pairs = normalised ? ((nodes - 1) * (nodes - 2)) / 2 : 1
  // As an end of a pair a node carries half a unit as well; that half is none of its betweenness.
  return carried.map((sum, v) => (nodes > 2 ? Math.max(0, (sum - (blocks.component_size[v] - 1)) / 2 / pairs) : 0))
}
