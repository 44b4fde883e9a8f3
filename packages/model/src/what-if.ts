/** What if these persons were arrested: what falls apart, what stays so once they are replaced, and which victims would be left exposed. */

export interface ArrestSet {
  /** Entity ids and labels. */
  readonly arrested: readonly Named[]
  /** Share of the cohesion lost at once, 0 to 1. */
  readonly at_once: number
  /** Share still lost once each is replaced by the one nearest in role. */
  readonly lasting: number
  /** lasting less the share of protected persons left exposed. */
  readonly score: number
  /** Who would step in, by closeness in role alone; null: nobody is near. */
  readonly successors: readonly { readonly of: Named; readonly by: Named | null }[]
  /** Protected persons in contact with somebody arrested and with somebody who stays free. */
  readonly exposed: readonly Named[]
  readonly text: string
}

export interface Named {
  readonly id: string
  readonly label: string
}

export interface WhatIf {
  /** `asked`: the set that was named; `searched`: the best sets of a size. */
  readonly kind: 'asked' | 'searched'
  readonly size: number
  readonly sets: readonly ArrestSet[]
  readonly tried: number
  /** Whether all sets of this size were tried. */
  readonly exact: boolean
  /** Persons in the network, and protected ones among them. */
  readonly persons: number
  readonly protected_persons: number
  readonly cautions: readonly string[]
}
