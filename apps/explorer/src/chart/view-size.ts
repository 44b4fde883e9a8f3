/** How much room the chart has on the screen, also before it is there. */
import type { View } from './spread.ts'

/** Side panels with an open card, and bars above and below with the legend; pixels, from the style sheet. */
const PANELS = { wide: 292 + 336, narrow: 246 + 304 }
const BARS = 50 + 51 + 78 + 48
/** Names need room beyond the outermost entities. */
const MARGIN_X = 62
const MARGIN_Y = 44

export function chartView(): View {
  const frame = document.getElementById('chart')
  const width = frame?.clientWidth || window.innerWidth - (window.innerWidth > 1180 ? PANELS.wide : PANELS.narrow)
  const height = frame?.clientHeight || window.innerHeight - BARS
  return { width: Math.max(200, width - MARGIN_X * 2), height: Math.max(200, height - MARGIN_Y * 2) }
}
