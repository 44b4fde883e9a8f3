/** Groups of the persons asked from window to window: born, ended, split, merged, and who moved. */

export interface WindowGroup {
  /** `2.1`: window and number, largest first. */
  readonly id: string
  /** Entity ids. */
  readonly members: readonly string[]
  /** Ring of the whole case that most members are in, or null. */
  readonly ring: string | null
}

export interface RingChange {
  /** First millisecond of the later window. */
  readonly at_ms: number
  readonly kind: 'born' | 'ended' | 'split' | 'merged' | 'moved'
  readonly text: string
  readonly entities: readonly string[]
  /** Ids of groups of the earlier window. */
  readonly from: readonly string[]
  /** Ids of groups of the later window. */
  readonly into: readonly string[]
}

export interface RingsOverTime {
  readonly span_days: number
  readonly step_days: number
  readonly windows: readonly { readonly start_ms: number; readonly end_ms: number; readonly groups: readonly WindowGroup[] }[]
  readonly changes: readonly RingChange[]
  readonly notes: readonly string[]
}
