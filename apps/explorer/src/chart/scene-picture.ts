/** A scene as a picture of its own, finer than the screen: lines and words stay sharp on paper. */
import { SCREEN } from '@ringmap/drawing/colours'
import type { Scene } from '@ringmap/drawing/scene'
import { sceneDrawing } from '@ringmap/drawing/scene-drawing'
import { drawOn } from './canvas-drawing.ts'

/** Pixels for each one of the screen, where the screen itself has fewer. */
const FINE = 2

export interface FinePicture {
  readonly canvas: HTMLCanvasElement
  /** Its pixels for each one of the view. */
  readonly ratio: number
}

export function scenePicture(scene: Scene, { width, height }: { readonly width: number; readonly height: number }): FinePicture {
  const canvas = document.createElement('canvas')
  const ratio = Math.max(FINE, devicePixelRatio || 1)
  paintScene(canvas, scene, { width, height, ratio })
  return { canvas, ratio }
}

/** @param size of the view in pixels of the screen; `ratio`: pixels of the canvas for each. */
export function paintScene(canvas: HTMLCanvasElement, scene: Scene, { width, height, ratio }: { readonly width: number; readonly height: number; readonly ratio: number }): void {
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(ratio, ratio)
  context.fillStyle = SCREEN
  context.fillRect(0, 0, width, height)
  drawOn(context, sceneDrawing(scene))
}
