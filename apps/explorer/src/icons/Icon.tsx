/** An icon in the colour of the text about it, drawn by a mask; purely decorative, the words stand beside it. */
import type { EntityKind } from '@ringmap/model/schema'
import type { Operation } from '@ringmap/drawing/operations'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { asMask, iconData, kindMask } from './kind-images.ts'
import { kindSymbol } from './kind-symbol.ts'

/** @param turns points the other way where lines run from right to left */
export function Icon({ svg, size = 16, turns = false }: { readonly svg: string; readonly size?: number; readonly turns?: boolean }) {
  return <span aria-hidden className={turns ? 'icon turns' : 'icon'} style={{ width: size, height: size, maskImage: asMask(svg), WebkitMaskImage: asMask(svg) }} />
}

export function KindIcon({ kind, size = 16 }: { readonly kind: EntityKind; readonly size?: number }) {
  const mask = kindMask(kind)
  return <span aria-hidden className="icon icon-kind" style={{ width: size, height: size, maskImage: mask, WebkitMaskImage: mask, color: ENTITY_KINDS[kind].colour }} />
}

/** The symbol as it stands on the chart: filled, or hollow for a protected identity. */
export function KindDisc({ kind, masked = false, size = 28 }: { readonly kind: EntityKind; readonly masked?: boolean; readonly size?: number }) {
  return <svg aria-hidden className="disc" width={size} height={size} viewBox="-12 -12 24 24">{kindSymbol(kind, masked, 10.6).map((part) => <SymbolPart key={part.op} part={part} />)}</svg>
}

function SymbolPart({ part }: { readonly part: Operation }) {
  if (part.op === 'circle') return <circle r={part.radius} fill={part.paint.fill ?? 'none'} stroke={part.paint.stroke?.colour} strokeWidth={part.paint.stroke?.width} />
  if (part.op === 'polygon') return <polygon points={part.corners.map(({ x, y }) => `${x},${y}`).join(' ')} fill={part.paint.fill ?? 'none'} stroke={part.paint.stroke?.colour} strokeWidth={part.paint.stroke?.width} strokeLinejoin="round" />
  if (part.op !== 'icon') return null
  return <path d={iconData(part.icon)} transform={`scale(${part.size / 24}) translate(-12 -12)`} fill="none" stroke={part.colour} strokeWidth={2.2} strokeLinecap="round" strokeLinejoin="round" />
}
