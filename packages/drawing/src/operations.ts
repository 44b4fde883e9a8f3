/** What a picture of a chart is made of: a list of shapes, words and icons with their places. SVG, PDF and a canvas draw the same list. */

/** Units of the drawing, y down. */
export interface Place {
  readonly x: number
  readonly y: number
}

export interface Rect extends Place {
  readonly width: number
  readonly height: number
}

export type Operation = GroupOperation | PathOperation | CircleOperation | PolygonOperation | BoxOperation | WordsOperation | IconOperation

/** Parts that belong together: under one name and title, or moved and scaled as one. */
export interface GroupOperation {
  readonly op: 'group'
  readonly name?: string
  /** For those who hear the picture or point at a part of it. */
  readonly title?: string
  readonly at?: Place
  readonly scale?: number
  readonly parts: readonly Operation[]
}

export type PathStep = readonly ['M' | 'L', number, number] | readonly ['Q', number, number, number, number] | readonly ['Z']

export interface PathOperation {
  readonly op: 'path'
  readonly steps: readonly PathStep[]
  readonly paint: Paint
}

export interface CircleOperation extends Place {
  readonly op: 'circle'
  readonly radius: number
  readonly paint: Paint
}

export interface PolygonOperation {
  readonly op: 'polygon'
  readonly corners: readonly Place[]
  readonly paint: Paint
}

export interface BoxOperation extends Rect {
  readonly op: 'box'
  /** Radius of its corners. */
  readonly round: number
  readonly paint: Paint
}

/** One line of text, shaped and ordered by whoever draws it; isolates in it are obeyed. */
export interface WordsOperation extends Place {
  readonly op: 'words'
  readonly text: string
  /** Of the em; (x, y) is on the baseline. */
  readonly size: number
  readonly weight: Weight
  readonly colour: string
  readonly anchor: 'start' | 'middle' | 'end'
}

/** An icon of lucide in a square of `size` about (0, 0). */
export interface IconOperation {
  readonly op: 'icon'
  readonly icon: string
  readonly size: number
  readonly colour: string
}

export interface Paint {
  readonly fill: string | null
  /** Of the fill, 0 to 1. */
  readonly opacity?: number
  readonly stroke?: Stroke
}

export interface Stroke {
  readonly colour: string
  readonly width: number
  /** Lengths on and off, in units of the drawing. */
  readonly dashes?: readonly number[]
  readonly cap?: 'round'
  readonly join?: 'round'
}

export type Weight = 'regular' | 'bold'

/** Advance width of one line of text in units of the drawing: asked of whoever will draw it. */
export type Measure = (text: string, size: number, weight: Weight) => number
