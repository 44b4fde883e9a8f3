/** A network whose nodes are known by id, name and ring, and how its people are spoken of in sentences. */
import type { OrganiserFinding } from '@ringmap/model/finding'
import type { Csr } from '@ringmap/graph/csr'

export interface NamedNetwork {
  readonly csr: Csr
  /** Actor of each node in the whole network, ascending. */
  readonly actors: Uint32Array
  readonly nodes: readonly NamedNode[]
  /** Ids of the links under each tie. */
  readonly links_of_tie: (tie: number) => readonly string[]
  /** What a reason calls the whole: `Ring 1`, `the network`. */
  readonly called: string
}

/** How the label of somebody begins of whom a number or an account alone is known. */
export const UNKNOWN_USER = 'unknown user of'

export interface NamedNode {
  readonly id: string
  readonly label: string
  readonly roles: OrganiserFinding['roles']
  /** False for victims, witnesses, minors, informants, officers, organisations, and where all that is recorded are everyday contacts. */
  readonly eligible: boolean
  /** Ring label, if in one. */
  readonly ring: string | null
  readonly ring_id: string | null
}

/** By id, for a label to be put there; a number that nobody is known to use stands for whoever does. */
export function spoken({ id, label }: NamedNode): string {
  return label.startsWith(UNKNOWN_USER) ? `${UNKNOWN_USER} {${id}}` : `{${id}}`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
