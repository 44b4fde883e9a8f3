/** Draws entities: a disc with a ring, and the icon of its kind over it, both coloured by attributes. */
import { createNodeBorderProgram } from '@sigma/node-border'
import { createNodeImageProgram } from '@sigma/node-image'
import { createNodeCompoundProgram, type NodeProgramType } from 'sigma/rendering'

/** Made anew for each renderer: it holds the texture with the icons. */
export function createEntityProgram(): NodeProgramType {
  const disc = createNodeBorderProgram({
    borders: [
      { size: { attribute: 'ringSize', defaultValue: 0, mode: 'pixels' }, color: { attribute: 'ringColour' } },
      { size: { attribute: 'gapSize', defaultValue: 0, mode: 'pixels' }, color: { attribute: 'gapColour' } },
      { size: { fill: true }, color: { attribute: 'fill' } },
    ],
  })
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
  return createNodeCompoundProgram([disc, icon])
}
