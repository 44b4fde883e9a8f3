/** What the catalogue says of each measure. */
import type { Csr } from '@ringmap/graph/csr'
import type { MeasureOptions } from './measure-options.ts'
import type { NetworkSize } from './measure-size.ts'
import type { Direction } from './ranking.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface MeasureEntry {
  readonly label: string
  /** Which end is first. */
  readonly direction: Direction
  /** Values number groups (0 is the first) and are no order; default false. */
  readonly groups?: boolean
  /** Values rest on communities, which are drawn with the seed; default false. */
  readonly drawn?: boolean
  /** Needs `from`; default false. */
  readonly needs_from?: boolean
  /** Rough work in steps of about 10 ns, from sizes alone. */
  readonly steps: (size: NetworkSize) => number
  /** Memory beside the network at most, in bytes. */
  readonly bytes: (size: NetworkSize) => number
  /** One value a node; NaN where the measure says nothing. */
  readonly run: (csr: Csr, options?: MeasureOptions) => Float64Array
  /** Where large networks are estimated: the same values, and in words how sure they are (null where exact). */
  readonly noted?: (csr: Csr, options?: MeasureOptions) => NotedValues
  /** The same values with the hands of a pool. */
  readonly pooled?: (csr: Csr, pool: WorkerPool, options?: MeasureOptions) => Promise<NotedValues>
  /** One sentence for a person who is no mathematician. */
  readonly meaning: string
  readonly formula: string
  readonly reference: string
}

export interface NotedValues {
  readonly value: Float64Array
  readonly note: string | null
}
