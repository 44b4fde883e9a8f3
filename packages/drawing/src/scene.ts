/** A chart with every place and look settled: what paper and screen each make in their way, and what is drawn alike from there on. */
import type { ChartLink } from '@ringmap/model/chart'
import type { Paint, Place, Rect, Weight } from './operations.ts'
import type { SymbolLook } from './symbols.ts'

export interface Scene {
  readonly links: readonly SceneLink[]
  /** What stands on the lines, in their order; null: no room was found. */
  readonly plates: readonly (SceneBox | null)[]
  readonly entities: readonly SceneEntity[]
  /** Names and captions over everything, the most important last. */
  readonly names: readonly SceneName[]
}

/** A quadratic curve from rim to rim. */
export interface Curve {
  readonly from: Place
  readonly bend: Place
  readonly to: Place
}

export interface SceneLink extends Curve, Pick<ChartLink, 'strength' | 'directed'> {
  readonly disputed: boolean
  readonly unproved: boolean
  readonly colour: string
  readonly width: number
  /** What the line says, in words. */
  readonly title: string
}

export interface SceneEntity extends Place {
  readonly symbol: SymbolLook
  readonly title: string
  readonly rank: { readonly value: number; readonly x: number; readonly y: number; readonly radius: number } | null
  readonly label: SceneLabel | null
}

/** Lines of text in a box. */
export interface SceneBox {
  readonly box: Rect
  readonly round: number
  readonly paint: Paint
  readonly lines: readonly SceneLine[]
}

export interface SceneLabel extends SceneBox {
  /** A line from the symbol to its box: the box stands away from it. */
  readonly leader: boolean
}

export interface SceneName extends SceneBox {
  /** Where a line to the box begins, if it stands away from what it names. */
  readonly leader: Place | null
}

export interface SceneLine {
  readonly text: string
  /** Of its baseline; it is set about the middle of its box. */
  readonly y: number
  readonly size: number
  readonly weight: Weight
  readonly colour: string
}
