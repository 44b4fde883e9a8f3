/** Where a person stands between communities: as a broker (Burt) and by role (Guimera & Amaral). */

export interface Position {
  readonly subject: string
  readonly label: string
  readonly ring: string | null
  readonly rank: number
  readonly of: number
  readonly contacts: number
  /** Burt's constraint; low is a broker's place. */
  readonly constraint: number
  readonly effective_size: number
  /** Communities of the whole network that contacts are in. */
  readonly communities: number
  /** 0 (all contacts in one community) to below 1. */
  readonly participation: number
  /** Ties inside the own community, standardised. */
  readonly within: number
  /** One of the seven of Guimera & Amaral. */
  readonly role: string
  readonly text: string
}

export interface Positions {
  readonly by: 'constraint' | 'role'
  readonly positions: readonly Position[]
  /** How many have each role. */
  readonly roles: Readonly<Record<string, number>>
  readonly cautions: readonly string[]
}
