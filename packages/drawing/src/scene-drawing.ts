/** The operations that draw a scene: lines, what stands on them, then symbols with their labels. */
import { QUIET } from './colours.ts'
import { arrowHead, lineStroke, shaftEnd } from './line-style.ts'
import { pointAt } from './link-courses.ts'
import type { GroupOperation, Operation, PathOperation, Place } from './operations.ts'
import type { Curve, Scene, SceneBox, SceneEntity, SceneLink, SceneName } from './scene.ts'
import { disputedMark, rankMark, symbolParts, unprovedMark } from './symbols.ts'

export function sceneDrawing({ links, plates, entities, names }: Scene): readonly GroupOperation[] {
  return [
    { op: 'group', name: 'links', parts: links.map((link, i) => ({ op: 'group', name: `l${i + 1}`, title: link.title, parts: lineParts(link) })) },
    { op: 'group', name: 'measures', parts: plates.map((plate) => ({ op: 'group', parts: plate === null ? [] : boxParts(plate) })) },
    { op: 'group', name: 'entities', parts: entities.map((entity, i) => ({ op: 'group', name: `e${i + 1}`, title: entity.title, parts: entityParts(entity) })) },
    ...(names.length === 0 ? [] : [{ op: 'group', name: 'names', parts: nameParts(names) } as const]),
  ]
}

/** A line with its arrow head, and the marks of a disputed and of a not yet provable one off its middle, where its measure stands. */
function lineParts(link: SceneLink): Operation[] {
  const { from, bend, to, directed, width, colour } = link
  const end = directed ? shaftEnd(link, width) : to
  const middle = pointAt(link, 0.5)
  const straight = Math.abs((to.x - from.x) * (middle.y - from.y) - (to.y - from.y) * (middle.x - from.x)) < 1
  const line: PathOperation = {
    op: 'path', paint: { fill: null, stroke: lineStroke(colour, width, link.strength) },
    steps: [['M', from.x, from.y], straight ? ['L', end.x, end.y] : ['Q', bend.x, bend.y, end.x, end.y]],
  }
  return [line, ...(directed ? [arrowHead(link, width, colour)] : []), ...(link.disputed ? disputedMarkOn(link) : []), ...(link.unproved ? unprovedMarkOn(link) : [])]
}

/** Off the middle of a line, where its measure stands. */
export function disputedMarkOn(curve: Curve): Operation[] {
  const { x, y } = pointAt(curve, 0.28)
  return disputedMark(x, y)
}

function unprovedMarkOn(curve: Curve): Operation[] {
  const { x, y } = pointAt(curve, 0.72)
  return unprovedMark(x, y)
}

function entityParts({ x, y, symbol, rank, label }: SceneEntity): Operation[] {
  return [
    ...(label?.leader === true ? [leader({ x, y }, label)] : []),
    { op: 'group', at: { x, y }, parts: symbolParts(symbol) },
    ...(rank === null ? [] : [rankMark(rank.value, rank.x, rank.y, rank.radius)]),
    ...(label === null ? [] : boxParts(label)),
  ]
}

/** Leaders lie under all names. */
export function nameParts(names: readonly SceneName[]): Operation[] {
  return [...names.flatMap((name) => name.leader === null ? [] : [leader(name.leader, name)]), ...names.flatMap(boxParts)]
}

function leader({ x, y }: Place, { box }: SceneBox): PathOperation {
  const [toX, toY] = [Math.min(Math.max(x, box.x), box.x + box.width), Math.min(Math.max(y, box.y), box.y + box.height)]
  return { op: 'path', steps: [['M', x, y], ['L', toX, toY]], paint: { fill: null, stroke: { colour: QUIET, width: 0.8 } } }
}

export function boxParts({ box, round, paint, lines }: SceneBox): Operation[] {
  return [
    { op: 'box', ...box, round, paint },
    ...lines.map((line): Operation => ({ op: 'words', text: line.text, x: box.x + box.width / 2, y: line.y, size: line.size, weight: line.weight, colour: line.colour, anchor: 'middle' })),
  ]
}
