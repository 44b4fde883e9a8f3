/** The icon of each entity kind as a data address, inlined at build: an icon fetched by address would tell where a case is looked at. */
import { ENTITY_KIND_NAMES, ENTITY_KINDS, type EntityKind } from '@ringmap/model/schema'
import { iconPath } from '@ringmap/drawing/icon-path'
import atSign from 'lucide-static/icons/at-sign.svg?raw'
import building from 'lucide-static/icons/building-2.svg?raw'
import calendar from 'lucide-static/icons/calendar.svg?raw'
import car from 'lucide-static/icons/car.svg?raw'
import sim from 'lucide-static/icons/card-sim.svg?raw'
import house from 'lucide-static/icons/house.svg?raw'
import idCard from 'lucide-static/icons/id-card.svg?raw'
import landmark from 'lucide-static/icons/landmark.svg?raw'
import mapPin from 'lucide-static/icons/map-pin.svg?raw'
import boxes from 'lucide-static/icons/boxes.svg?raw'
import box from 'lucide-static/icons/package.svg?raw'
import phone from 'lucide-static/icons/phone.svg?raw'
import smartphone from 'lucide-static/icons/smartphone.svg?raw'
import user from 'lucide-static/icons/user.svg?raw'

const SOURCES: Readonly<Record<EntityKind, string>> = {
  Person: user, Organisation: building, Phone: phone, Sim: sim, Handset: smartphone, Vehicle: car, BankAccount: landmark,
  Address: house, Location: mapPin, Document: idCard, OnlineAccount: atSign, Event: calendar, Consignment: box,
}

/** Black strokes; the renderer colours them. */
export function kindImage(kind: EntityKind): string {
  return asAddress(SOURCES[kind].replace('currentColor', '#000000').replace('stroke-width="2"', 'stroke-width="2.2"'))
}

/** Several drawn as one. */
export function groupImage(): string {
  return asAddress(boxes.replace('currentColor', '#000000').replace('stroke-width="2"', 'stroke-width="2.2"'))
}

const data = new Map<string, string>()

/** Strokes in a square of 24. @param icon as lucide names it: of a kind of entity, or `boxes`. */
export function iconData(icon: string): string {
  let strokes = data.get(icon)
  if (strokes === undefined) {
    const kind = ENTITY_KIND_NAMES.find((name) => ENTITY_KINDS[name].icon === icon)
    strokes = iconPath(kind === undefined ? boxes : SOURCES[kind])
    data.set(icon, strokes)
  }
  return strokes
}

const paths = new Map<string, Path2D>()

/** The same for a canvas. */
export function iconStrokes(icon: string): Path2D {
  let path = paths.get(icon)
  if (path === undefined) paths.set(icon, path = new Path2D(iconData(icon)))
  return path
}

/** For a CSS mask, so that the icon takes the colour of the text about it. */
export function asMask(svg: string): string {
  return `url("${asAddress(svg.replace('currentColor', '#000000'))}")`
}

export function kindMask(kind: EntityKind): string {
  return asMask(SOURCES[kind])
}

function asAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.replace(/<!--.*?-->/s, '').replaceAll(/\s+/g, ' ').trim())}`
}
