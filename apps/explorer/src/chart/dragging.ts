/** An entity can be dragged to another place; the chart's frame stays while it is. */
import type { MultiDirectedGraph } from 'graphology'
import type { Sigma } from 'sigma'

export type OnMoved = (entityId: string, place: { readonly x: number; readonly y: number }) => void

/** Returns how to stop. */
export function dragging(sigma: Sigma, graph: () => MultiDirectedGraph, onMoved: OnMoved): () => void {
  let held: string | null = null
  let moved = false
  sigma.on('downNode', ({ node }) => {
    held = node
    moved = false
  })
  sigma.on('moveBody', ({ event }) => {
    if (held === null || !graph().hasNode(held)) return
    if (!moved) sigma.setCustomBBox(sigma.getCustomBBox() ?? sigma.getBBox())
    moved = true
    const { x, y } = sigma.viewportToGraph(event)
    graph().mergeNodeAttributes(held, { x, y })
    event.preventSigmaDefault()
    event.original.preventDefault()
    event.original.stopPropagation()
  })
  const release = (): void => {
    const id = held
    held = null
    if (id === null || !moved || !graph().hasNode(id)) return
    const { x, y } = graph().getNodeAttributes(id) as { x: number; y: number }
    onMoved(id, { x, y })
  }
  sigma.on('upNode', release)
  sigma.on('upStage', release)
  window.addEventListener('mouseup', release)
  return () => window.removeEventListener('mouseup', release)
}
