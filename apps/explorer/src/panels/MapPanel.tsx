/** The places of the chart, and where the picked person was, on our own layer of points: by their coordinates, else by the name of a district; how many of them, and how sure, is said. */
import './map-panel.css'
import { ActionIcon } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import type { Chart } from '@ringmap/model/chart'
import type { Entity } from '@ringmap/model/entity'
import type { PlacedEntity, Timeline } from '@ringmap/model/wire'
import { goTo, problemOf } from '../actions.ts'
import { post } from '../api.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { POINTS, pointNamed, type MapPoint } from '../map/points.ts'
import { coverage, mapView, type Degrees } from '../map/projection.ts'
import { setState, useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { kindLabel } from '../words/terms.ts'
import { useTimeline } from './TimelinePanel.tsx'

/** Until the room is measured. */
const ROOM = { width: 420, height: 230 }

interface Placed extends Degrees {
  readonly entity: Entity
  /** Name of the district it was placed by; null: its own coordinates. */
  readonly by: string | null
  /** What a tower covers; null where no row says so. */
  readonly area: { readonly radius_m: number; readonly azimuth: number | null } | null
}

export function MapPanel({ chart }: { readonly chart: Chart }) {
  const [zoom, setZoom] = useState(1)
  const { room, measure } = useRoom()
  const card = useExplorer((state) => state.card)
  const timeline = useTimeline(card?.type === 'entity' && card.card.entity.kind === 'Person' ? card.id : null)
  const places = useMemo(() => placesOn(chart, timeline), [chart, timeline])
  const known = usePlaces(places.map(({ id }) => id).join(' '))
  const placed = useMemo(() => placedOf(places, known), [places, known])
  if (placed.length === 0) return <p className="empty dock-empty">{known === null ? say('time.reading') : say('map.none')}</p>
  const exact = placed.filter(({ by }) => by === null).length
  const view = mapView(placed, { ...room, zoom })
  const points = labelled(POINTS.filter(view.inside).map((point) => ({ point, ...view.at(point) })))
  return (
    <div className="map">
      <svg ref={measure} width="100%" height="100%" role="group" aria-label={say('map.title')}>
        <g aria-hidden>
          {points.map(({ point, x, y, named }) => <g key={point.name} className="map-point" data-kind={point.kind}>{point.kind === 'post' ? <rect x={x - 2.5} y={y - 2.5} width={5} height={5} /> : <circle cx={x} cy={y} r={2.2} />}{named ? <text x={x + 5} y={y + 3.5}>{point.name}</text> : null}</g>)}
        </g>
        {placed.filter(view.inside).map((one) => <Place key={one.entity.id} one={one} at={view.at(one)} reach={one.area === null ? null : view.length(one.area.radius_m)} />)}
      </svg>
      <div className="map-side">
        <div className="map-acts">
          <ActionIcon variant="default" size={26} aria-label={say('tools.zoom-in')} title={say('tools.zoom-in')} onClick={() => setZoom(Math.min(16, zoom * 1.6))}><Icon svg={TOOLS.zoomIn} /></ActionIcon>
          <ActionIcon variant="default" size={26} aria-label={say('tools.zoom-out')} title={say('tools.zoom-out')} onClick={() => setZoom(Math.max(0.2, zoom / 1.6))}><Icon svg={TOOLS.zoomOut} /></ActionIcon>
          <ActionIcon variant="default" size={26} aria-label={say('tools.fit')} title={say('tools.fit')} onClick={() => setZoom(1)}><Icon svg={TOOLS.fit} /></ActionIcon>
        </div>
        <p role="status">{say('map.shown', { n: placed.length, of: places.length, exact, named: placed.length - exact })}</p>
        <p className="faint">{say('map.note')}</p>
      </div>
    </div>
  )
}

interface Spot {
  readonly point: MapPoint
  readonly x: number
  readonly y: number
}

/** Names the points whose name has room beside those named before. */
function labelled(spots: readonly Spot[]): readonly (Spot & { readonly named: boolean })[] {
  const taken: { readonly x: number; readonly y: number; readonly width: number }[] = []
  return spots.map((spot) => {
    const box = { x: spot.x, y: spot.y, width: 10 + spot.point.name.length * 5.6 }
    const named = taken.every(({ x, y, width }) => Math.abs(y - box.y) > 12 || x + width < box.x || box.x + box.width < x)
    if (named) taken.push(box)
    return { ...spot, named }
  })
}

/** How much room the drawing has, in pixels, kept up to date. */
function useRoom(): { readonly room: typeof ROOM; readonly measure: (element: SVGSVGElement | null) => (() => void) | undefined } {
  const [room, setRoom] = useState(ROOM)
  const measure = useCallback((element: SVGSVGElement | null): (() => void) | undefined => {
    if (element === null) return undefined
    const watch = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setRoom({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return { room, measure }
}

function Place({ one: { entity, by, area }, at: { x, y }, reach }: { readonly one: Placed; readonly at: { readonly x: number; readonly y: number }; readonly reach: number | null }) {
  const picked = useExplorer((state) => state.picked?.id === entity.id)
  const how = by !== null ? say('map.by-name', { name: by }) : area === null ? say('map.by-coordinates') : say('map.covers', { metres: area.radius_m })
  const open = (): void => void goTo(entity.id, entity.label)
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    open()
  }
  return (
    <g className="map-place" data-approximate={by !== null} data-picked={picked} data-place={entity.id} role="button" tabIndex={0} aria-label={`${plainLabel(entity.label)}, ${kindLabel(entity.kind)}, ${how}`} onClick={open} onKeyDown={onKey}>
      <title>{`${plainLabel(entity.label)}: ${how}`}</title>
      {area === null || reach === null ? <circle cx={x} cy={y} r={12} className="map-reach" /> : <path d={coverage({ x, y }, Math.max(12, reach), area.azimuth)} className="map-reach" data-area />}
      <circle cx={x} cy={y} r={picked ? 7 : 5.5} />
    </g>
  )
}

/** Those of the chart, and where the picked person was. */
function placesOn(chart: Chart, timeline: Timeline | null): readonly Entity[] {
  const all = [...chart.entities, ...(timeline?.events.map(({ other }) => other) ?? [])]
  return [...new Map(all.filter(({ kind, masked }) => !masked && (kind === 'Location' || kind === 'Address' || kind === 'Event')).map((entity) => [entity.id, entity])).values()]
}

function placedOf(places: readonly Entity[], known: readonly PlacedEntity[] | null): readonly Placed[] {
  const entities = new Map(places.map((entity) => [entity.id, entity]))
  return (known ?? []).flatMap(({ id, latitude, longitude, radius_m, azimuth, words }): readonly Placed[] => {
    const entity = entities.get(id)
    if (entity === undefined) return []
    if (latitude !== null && longitude !== null) return [{ entity, latitude, longitude, by: null, area: radius_m === null || radius_m <= 0 ? null : { radius_m, azimuth } }]
    const point = pointNamed(words)
    return point === null ? [] : [{ entity, latitude: point.latitude, longitude: point.longitude, by: point.name, area: null }]
  })
}

function usePlaces(ids: string): readonly PlacedEntity[] | null {
  const [places, setPlaces] = useState<readonly PlacedEntity[] | null>(null)
  useEffect(() => {
    let open = true
    post('POST /api/places', { ids: ids === '' ? [] : ids.split(' ') }).then((found) => {
      if (open) setPlaces(found)
    }, (problem: unknown) => setState({ problem: problemOf(problem) }))
    return () => {
      open = false
    }
  }, [ids])
  return places
}
