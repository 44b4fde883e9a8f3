/** The layers of a network: which kinds of contact belong together, so that each can be looked at alone. */
import type { LinkKind } from './schema.ts'

export interface LayerSpec {
  /** As printed. */
  readonly label: string
  readonly kinds: readonly LinkKind[]
}

/** In the order they are printed. A mapping's `layer:` makes further ones, named as written. */
export const LAYERS = {
  calls: { label: 'calls and messages', kinds: ['called', 'messaged'] },
  meetings: { label: 'meetings', kinds: ['met', 'present_at'] },
  money: { label: 'money', kinds: ['paid'] },
  travel: { label: 'travel', kinds: ['travelled', 'carried'] },
  'co-accused': { label: 'accused together', kinds: ['accused_in'] },
  kin: { label: 'kin and household', kinds: ['related_to', 'lives_at'] },
  membership: { label: 'firms and associates', kinds: ['member_of', 'employed_by', 'associate_of'] },
  things: { label: 'shared things', kinds: ['uses', 'owns', 'seized_from'] },
} as const satisfies Record<string, LayerSpec>
export type LayerName = keyof typeof LAYERS

export const LAYER_NAMES: readonly LayerName[] = Object.keys(LAYERS) as LayerName[]

/** Layer of a link kind; null for kinds that tie nobody. */
export function layerOfKind(kind: LinkKind): LayerName | null {
  return LAYER_NAMES.find((name) => (LAYERS[name].kinds as readonly LinkKind[]).includes(kind)) ?? null
}
