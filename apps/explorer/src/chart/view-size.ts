/** How much room the chart has on the screen, also before it is there. */
import type { View } from './spread.ts'

/** Side panels and the bars above and below with the legend; pixels, from the style sheet. */
const NARROW = 1180
const LEFT = { broad: 292, narrow: 246 }
const RIGHT = { broad: 336, narrow: 304 }
const BARS = 50 + 51 + 90 + 48
/** Names need room beyond the outermost entities. */
const MARGIN_X = 62
const MARGIN_Y = 44

export interface Panels {
  readonly findings: boolean
  /** Whether a card will be open: on a narrow screen the right side is there only then. */
  readonly card: boolean
}

export function chartView({ findings, card }: Panels): View {
  const size = window.innerWidth > NARROW ? 'broad' : 'narrow'
  const width = window.innerWidth - (findings ? LEFT[size] : 0) - (card || size === 'broad' ? RIGHT[size] : 0)
  const height = document.getElementById('chart')?.clientHeight || window.innerHeight - BARS
  return { width: Math.max(200, width - MARGIN_X * 2), height: Math.max(200, height - MARGIN_Y * 2) }
}
