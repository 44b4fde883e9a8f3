/** The strokes of an icon file of lucide as the data of one path. */

/** @param svg of shapes that lucide draws: paths, circles, rectangles, lines, polylines, polygons, ellipses. */
export function iconPath(svg: string): string {
  return [...svg.matchAll(/<(path|circle|rect|line|polyline|polygon|ellipse)\b([^>]*)\/>/g)].map(([, shape = '', attributes = '']) => shapePath(shape, attributesOf(attributes))).join('')
}

function attributesOf(text: string): (name: string) => string {
  const found = new Map([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))
  return (name) => found.get(name) ?? ''
}

function shapePath(shape: string, attribute: (name: string) => string): string {
  const n = (name: string): number => Number(attribute(name))
  switch (shape) {
    // A path may begin by a relative move: relative to the corner, and not to where the one before it ended.
    case 'path': return `M0 0${attribute('d')}`
    case 'circle': return ellipsePath(n('cx'), n('cy'), n('r'), n('r'))
    case 'ellipse': return ellipsePath(n('cx'), n('cy'), n('rx'), n('ry'))
    case 'line': return `M${n('x1')} ${n('y1')}L${n('x2')} ${n('y2')}`
    case 'rect': return boxPath(n('x'), n('y'), n('width'), n('height'), n('rx') || n('ry'))
    default: return `M${attribute('points').trim().split(/[\s,]+/).join(' ')}${shape === 'polygon' ? 'Z' : ''}`
  }
}

function ellipsePath(x: number, y: number, rx: number, ry: number): string {
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${rx * 2} 0a${rx} ${ry} 0 1 0 ${-rx * 2} 0Z`
}

function boxPath(x: number, y: number, width: number, height: number, r: number): string {
  const [w, h] = [width - r * 2, height - r * 2]
  const turn = (dx: number, dy: number): string => r === 0 ? '' : `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${x + r} ${y}h${w}${turn(r, r)}v${h}${turn(-r, r)}h${-w}${turn(-r, -r)}v${-h}${turn(r, -r)}Z`
}
