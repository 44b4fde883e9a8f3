/** Draws entities: their shape with its rings, and the icon of their kind over it, coloured by attributes. */
import { createNodeImageProgram } from '@sigma/node-image'
import { createNodeCompoundProgram, type NodeProgramType } from 'sigma/rendering'
import { createSymbolProgram } from './symbol-program.ts'

/** Made anew for each renderer: it holds the texture with the icons. */
export function createEntityProgram(): NodeProgramType {
  // `color` mode paints the icon alone; `background` would paint over the ring.
  const icon = createNodeImageProgram({
    drawingMode: 'color',
    colorAttribute: 'iconColour',
    imageAttribute: 'image',
    keepWithinCircle: true,
    padding: 0.34,
    size: { mode: 'force', value: 96 },
    debounceTimeout: 0,
  })
  return createNodeCompoundProgram([createSymbolProgram(), icon])
}
