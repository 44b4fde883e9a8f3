/** An icon in the colour of the text about it, drawn by a mask; purely decorative, the words stand beside it. */
import type { EntityKind } from '@ringmap/model/schema'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { asMask, kindMask } from './kind-images.ts'

/** @param turns points the other way where lines run from right to left */
export function Icon({ svg, size = 16, turns = false }: { readonly svg: string; readonly size?: number; readonly turns?: boolean }) {
  return <span aria-hidden className={turns ? 'icon turns' : 'icon'} style={{ width: size, height: size, maskImage: asMask(svg), WebkitMaskImage: asMask(svg) }} />
}

export function KindIcon({ kind, size = 16 }: { readonly kind: EntityKind; readonly size?: number }) {
  const mask = kindMask(kind)
  return <span aria-hidden className="icon icon-kind" style={{ width: size, height: size, maskImage: mask, WebkitMaskImage: mask, color: ENTITY_KINDS[kind].colour }} />
}

/** The disc as it stands on the chart: filled, or hollow for a protected identity. */
export function KindDisc({ kind, masked = false, size = 28 }: { readonly kind: EntityKind; readonly masked?: boolean; readonly size?: number }) {
  const { colour } = ENTITY_KINDS[kind]
  const mask = kindMask(kind)
  return (
    <span aria-hidden className="disc" style={{ width: size, height: size, borderColor: colour, background: masked ? '#fff' : colour }}>
      <span className="icon" style={{ width: size * 0.58, height: size * 0.58, maskImage: mask, WebkitMaskImage: mask, color: masked ? colour : '#fff' }} />
    </span>
  )
}
