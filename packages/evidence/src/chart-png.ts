/** A chart as a PNG picture. Text is outlined already, so the picture is the same whatever fonts a machine has. */
import { Resvg } from '@resvg/resvg-js'

export interface ChartPngOptions {
  /** Pixels for each unit of the SVG. */
  readonly scale?: number
}

export function chartPng(svg: string, options: ChartPngOptions = {}): Uint8Array {
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: options.scale ?? 2 },
    font: { loadSystemFonts: false },
    background: '#ffffff',
  }).render()
  return new Uint8Array(picture.asPng())
}
