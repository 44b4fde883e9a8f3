/** Degrees to places on the drawing: a plain cylinder about the middle of what is shown, true enough for a few hundred kilometres. */

export interface Degrees {
  readonly latitude: number
  readonly longitude: number
}

export interface MapView {
  readonly width: number
  readonly height: number
  readonly at: (point: Degrees) => { readonly x: number; readonly y: number }
  readonly inside: (point: Degrees) => boolean
  /** Pixels for so many metres. */
  readonly length: (metres: number) => number
}

/** Along a meridian. */
const METRES_A_DEGREE = 111_195
/** Width of what an antenna that looks into one direction covers, in degrees: a third of the round. */
const SECTOR_degrees = 120

/** Least that is shown, so that one place alone has its surroundings. */
const LEAST_degrees = 0.6

/** @param points what must be inside. @param zoom 1 shows them all, 2 half as much. */
export function mapView(points: readonly Degrees[], { width, height, zoom = 1 }: { readonly width: number; readonly height: number; readonly zoom?: number }): MapView {
  const [south, north] = [Math.min(...points.map(({ latitude }) => latitude)), Math.max(...points.map(({ latitude }) => latitude))]
  const [west, east] = [Math.min(...points.map(({ longitude }) => longitude)), Math.max(...points.map(({ longitude }) => longitude))]
  const [lat, long] = [(south + north) / 2, (west + east) / 2]
  const shrink = Math.cos(lat * Math.PI / 180)
  const scale = zoom * 0.84 * Math.min(width / Math.max(LEAST_degrees, (east - west) * shrink), height / Math.max(LEAST_degrees, north - south))
  const at = ({ latitude, longitude }: Degrees): { x: number; y: number } => ({ x: width / 2 + (longitude - long) * shrink * scale, y: height / 2 - (latitude - lat) * scale })
  return {
    width, height, at,
    length: (metres) => (metres / METRES_A_DEGREE) * scale,
    inside: (point) => {
      const { x, y } = at(point)
      return x >= 0 && x <= width && y >= 0 && y <= height
    },
  }
}

/** What a tower covers, as the path of an SVG: a circle, or the sector that it looks into. @param radius in pixels. @param azimuth degrees from north, clockwise. */
export function coverage({ x, y }: { readonly x: number; readonly y: number }, radius: number, azimuth: number | null): string {
  if (azimuth === null) return `M${x - radius},${y} a${radius},${radius} 0 1 0 ${radius * 2},0 a${radius},${radius} 0 1 0 ${-radius * 2},0 Z`
  const edge = (turn: number): string => {
    const angle = ((azimuth + turn) * Math.PI) / 180
    return `${x + radius * Math.sin(angle)},${y - radius * Math.cos(angle)}`
  }
  return `M${x},${y} L${edge(-SECTOR_degrees / 2)} A${radius},${radius} 0 0 1 ${edge(SECTOR_degrees / 2)} Z`
}
