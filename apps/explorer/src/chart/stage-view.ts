/** Where the things of a chart stand on the screen: what is laid over the drawing asks here, whatever draws it. */
import type { ChartLink } from '@ringmap/model/chart'
import { pointAt } from '@ringmap/drawing/link-courses'
import type { Curve } from '@ringmap/drawing/scene'
import type { Screen } from './names.ts'
import { curveOf } from './screen-scene.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Pixels from the upper left of the drawing, y down; null for what is not drawn. */
export interface StageView extends Screen {
  /** From chart units, y up. */
  readonly toScreen: (point: Point) => Point
  readonly toChart: (pixel: Point) => Point
}

/** How a link runs on the screen; null while an end is out of sight. @param at where an id is drawn: a member of a group where the group is */
export function courseOf(link: Pick<ChartLink, 'id' | 'source' | 'target'>, view: StageView, at: Screen['place'] = view.place): Curve | null {
  return curveOf(link, { ...view, place: at }, new Map())
}

/** Half-way along a link. */
export function middleOf(link: Pick<ChartLink, 'id' | 'source' | 'target'>, view: StageView, at: Screen['place'] = view.place): Point | null {
  const curve = courseOf(link, view, at)
  return curve === null ? null : pointAt(curve, 0.5)
}
