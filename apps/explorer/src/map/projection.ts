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
}

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
    inside: (point) => {
      const { x, y } = at(point)
      return x >= 0 && x <= width && y >= 0 && y <= height
    },
  }
}
