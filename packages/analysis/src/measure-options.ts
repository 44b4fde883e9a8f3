/** What every measure of the catalogue can be told. */
import type { WorkOptions } from '@ringmap/model/progress'

export interface MeasureOptions extends WorkOptions {
  /** Ties count by weight where the measure knows weights; default false. */
  readonly weighted?: boolean
  /** Of measures that draw at random; default 1. */
  readonly seed?: number
  /** Ends drawn where current flow is estimated; default: as many as memory allows. */
  readonly samples?: number | undefined
  /** Nodes that a measure starts from. */
  readonly from?: readonly number[] | undefined
}
