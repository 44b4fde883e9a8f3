/** A shape drawn over the chart by hand, a lasso or a box, and what lies inside; the chart itself does not move meanwhile. */
import { isInside, paintShape, type Spot } from '../field/lasso.ts'

export type ShapeTool = 'lasso' | 'box'

/** Opens a sheet over the chart that takes the next stroke. Returns how to take it away. */
export function drawShape(container: HTMLElement, tool: ShapeTool, done: (inside: (x: number, y: number) => boolean) => void): () => void {
  const sheet = document.createElement('canvas')
  sheet.className = 'shape-sheet'
  sheet.setAttribute('aria-hidden', 'true')
  sheet.width = container.clientWidth
  sheet.height = container.clientHeight
  container.append(sheet)
  const context = sheet.getContext('2d')
  let stroke: Spot[] = []
  const at = (event: PointerEvent): Spot => {
    const box = sheet.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const corners = (): readonly Spot[] => {
    const [from, to] = [stroke[0], stroke.at(-1)]
    if (tool === 'lasso' || from === undefined || to === undefined) return stroke
    return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }]
  }
  const draw = (): void => {
    if (context === null) return
    context.clearRect(0, 0, sheet.width, sheet.height)
    paintShape(context, corners())
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close()
  }
  const close = (): void => {
    sheet.remove()
    container.removeEventListener('keydown', onKey)
  }
  container.addEventListener('keydown', onKey)
  sheet.addEventListener('pointerdown', (event) => {
    sheet.setPointerCapture(event.pointerId)
    stroke = [at(event)]
    event.preventDefault()
  })
  sheet.addEventListener('pointermove', (event) => {
    if (stroke.length === 0) return
    stroke.push(at(event))
    draw()
  })
  sheet.addEventListener('pointerup', () => {
    const shape = corners()
    close()
    done(shape.length < 3 ? () => false : (x, y) => isInside(shape, x, y))
  })
  return close
}
