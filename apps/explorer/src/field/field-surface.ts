/** Draws the whole case with WebGL: buffers are filled piece by piece and once, a frame is two calls. */
import { drawnByProcessor } from '../chart/graphics.ts'
import { ENTITY_KIND_NAMES, ENTITY_KINDS } from '@ringmap/model/schema'
import { LINK_CLASSES } from '@ringmap/drawing/colours'
import { CLASS_NAMES, classOf, type FieldData } from './field-data.ts'
import type { FieldRule } from './field-count.ts'
import { LINE_FRAGMENT_SHADER, LINE_VERTEX_SHADER, POINT_FRAGMENT_SHADER, POINT_VERTEX_SHADER } from './field-shaders.ts'

export interface View {
  /** Chart place in the middle of the picture, and pixels (of the style sheet) a chart unit. */
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface FieldFrame {
  readonly view: View
  readonly rule: FieldRule
  readonly width: number
  readonly height: number
  readonly ratio: number
}

export interface FieldSurface {
  /** Fills the next piece; false when all is there. */
  readonly fill: () => boolean
  readonly show: (entities: Uint8Array) => void
  readonly draw: (frame: FieldFrame) => void
  /** Drawn by the processor and not by a graphics card. */
  readonly light: boolean
  /** Whether the last frame has been drawn by whoever draws it; a new one is not asked for before. */
  readonly idle: () => boolean
  readonly close: () => void
}

/** Links that are packed and sent in one go: some milliseconds. */
const PIECE = 8192
const LINE_BYTES = 24
const PAPER_RGB = rgb('#f8fafc')

/** Null where the browser refuses WebGL. The canvas has its size already: giving it one later waits for everything that is on its way to the graphics card. */
export function openFieldSurface(canvas: HTMLCanvasElement, data: FieldData): FieldSurface | null {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, depth: false, stencil: false, powerPreference: 'high-performance' })
  if (gl === null) return null
  const lines = program(gl, LINE_VERTEX_SHADER, LINE_FRAGMENT_SHADER, ['a_place', 'a_facts', 'a_code'])
  const points = program(gl, POINT_VERTEX_SHADER, POINT_FRAGMENT_SHADER, ['a_place', 'a_code', 'a_on'])
  // A driver that cannot link what every other can is no worse off than one without WebGL.
  if (![lines, points].every((each) => gl.getProgramParameter(each, gl.LINK_STATUS) === true)) return null
  const { source, kind, masked, x, y } = data
  const lineBuffer = gl.createBuffer()
  const places = gl.createBuffer()
  const codes = gl.createBuffer()
  const shown = gl.createBuffer()
  const at = new Map<string, WebGLUniformLocation | null>()
  const uniform = (of: WebGLProgram, name: string): WebGLUniformLocation | null => {
    const key = `${of === lines ? 'l' : 'p'}${name}`
    if (!at.has(key)) at.set(key, gl.getUniformLocation(of, name))
    return at.get(key) ?? null
  }
  let packed = -1
  let fence: WebGLSync | null = null

  const fillPoints = (): void => {
    const place = new Float32Array(x.length * 2)
    const code = new Uint8Array(x.length * 2)
    for (let i = 0; i < x.length; i++) {
      place[i * 2] = x[i] as number
      place[i * 2 + 1] = y[i] as number
      code[i * 2] = kind[i] as number
      code[i * 2 + 1] = masked[i] as number
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, places)
    gl.bufferData(gl.ARRAY_BUFFER, place, gl.STATIC_DRAW)
    gl.bindBuffer(gl.ARRAY_BUFFER, codes)
    gl.bufferData(gl.ARRAY_BUFFER, code, gl.STATIC_DRAW)
    gl.bindBuffer(gl.ARRAY_BUFFER, shown)
    gl.bufferData(gl.ARRAY_BUFFER, new Uint8Array(x.length).fill(1), gl.DYNAMIC_DRAW)
    gl.bindBuffer(gl.ARRAY_BUFFER, lineBuffer)
    gl.bufferData(gl.ARRAY_BUFFER, source.length * 2 * LINE_BYTES, gl.STATIC_DRAW)
  }

  return {
    light: drawnByProcessor(gl),
    fill: () => {
      if (packed < 0) {
        fillPoints()
        packed = 0
        return packed < source.length
      }
      const until = Math.min(source.length, packed + PIECE)
      gl.bindBuffer(gl.ARRAY_BUFFER, lineBuffer)
      gl.bufferSubData(gl.ARRAY_BUFFER, packed * 2 * LINE_BYTES, packLines(data, packed, until))
      packed = until
      return packed < source.length
    },
    show: (entities) => {
      if (packed < 0) return
      gl.bindBuffer(gl.ARRAY_BUFFER, shown)
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, entities)
    },
    draw: ({ view, rule, width, height, ratio }) => {
      if (packed < 0) return
      // Setting a size empties the surface, so it is set only when it changes.
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
      if (canvas.width !== wide) canvas.width = wide
      if (canvas.height !== high) canvas.height = high
      gl.viewport(0, 0, wide, high)
      gl.clearColor(PAPER_RGB[0], PAPER_RGB[1], PAPER_RGB[2], 1)
      gl.clear(gl.COLOR_BUFFER_BIT)
      const seen = [view.x, view.y, view.scale * 2 / width, view.scale * 2 / height] as const
      gl.useProgram(lines)
      gl.enable(gl.BLEND)
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
      gl.bindBuffer(gl.ARRAY_BUFFER, lineBuffer)
      attribute(gl, 0, 2, gl.FLOAT, LINE_BYTES, 0)
      attribute(gl, 1, 3, gl.FLOAT, LINE_BYTES, 8)
      attribute(gl, 2, 4, gl.UNSIGNED_BYTE, LINE_BYTES, 20)
      gl.uniform4f(uniform(lines, 'u_view'), ...seen)
      gl.uniform2f(uniform(lines, 'u_window'), ...rule.window)
      gl.uniform2f(uniform(lines, 'u_amounts'), ...rule.amounts)
      gl.uniform3f(uniform(lines, 'u_grades'), ...rule.grades)
      gl.uniform1fv(uniform(lines, 'u_kinds'), padded(rule.kinds, 16))
      gl.uniform1fv(uniform(lines, 'u_classes'), padded(rule.classes, 8))
      gl.uniform3fv(uniform(lines, 'u_colours'), LINE_COLOURS)
      gl.uniform1f(uniform(lines, 'u_alpha'), lineAlpha(data, view.scale))
      gl.drawArrays(gl.LINES, 0, packed * 2)
      gl.disable(gl.BLEND)
      gl.useProgram(points)
      gl.bindBuffer(gl.ARRAY_BUFFER, places)
      attribute(gl, 0, 2, gl.FLOAT, 0, 0)
      gl.bindBuffer(gl.ARRAY_BUFFER, codes)
      attribute(gl, 1, 2, gl.UNSIGNED_BYTE, 0, 0)
      gl.bindBuffer(gl.ARRAY_BUFFER, shown)
      attribute(gl, 2, 1, gl.UNSIGNED_BYTE, 0, 0)
      gl.uniform4f(uniform(points, 'u_view'), ...seen)
      gl.uniform1f(uniform(points, 'u_size'), pointSize(view.scale) * ratio)
      gl.uniform3fv(uniform(points, 'u_colours'), POINT_COLOURS)
      gl.drawArrays(gl.POINTS, 0, x.length)
      if (fence !== null) gl.deleteSync(fence)
      fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
      gl.flush()
    },
    idle: () => fence === null || gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED,
    close: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  }
}

/** Two ends a link: place, facts, class, grade and the kinds of both ends. */
export function packLines(data: FieldData, from: number, until: number): Uint8Array {
  const { source, target, kind, x, y, first, last, amount, strength } = data
  const bytes = new Uint8Array((until - from) * 2 * LINE_BYTES)
  const floats = new Float32Array(bytes.buffer)
  let word = 0
  for (let l = from; l < until; l++) {
    const [s, t] = [source[l] as number, target[l] as number]
    for (let end = 0; end < 2; end++) {
      const v = end === 0 ? s : t
      floats[word] = x[v] as number
      floats[word + 1] = y[v] as number
      // Not a number compares as false everywhere on the processor; on a graphics card that is not promised.
      floats[word + 2] = Number.isNaN(first[l]) ? -1e30 : first[l] as number
      floats[word + 3] = Number.isNaN(last[l]) ? 1e30 : last[l] as number
      floats[word + 4] = amount[l] as number
      const byte = (word + 5) * 4
      bytes[byte] = classOf(data, l)
      bytes[byte + 1] = strength[l] as number
      bytes[byte + 2] = kind[s] as number
      bytes[byte + 3] = kind[t] as number
      word += LINE_BYTES / 4
    }
  }
  return bytes
}

/** Pixels: entities stand about one unit apart. */
export function pointSize(scale: number): number {
  return Math.max(1.6, Math.min(14, scale * 0.55))
}

/** Many lines over each other would be a slab. */
function lineAlpha({ source }: FieldData, scale: number): number {
  return Math.max(0.05, Math.min(0.7, 900 / Math.sqrt(source.length) / 8 * Math.max(0.35, Math.min(3, scale / 6))))
}

function program(gl: WebGL2RenderingContext, vertex: string, fragment: string, attributes: readonly string[]): WebGLProgram {
  const made = gl.createProgram()
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type)
    if (shader === null) continue
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(made, shader)
  }
  attributes.forEach((name, i) => gl.bindAttribLocation(made, i, name))
  gl.linkProgram(made)
  return made
}

function attribute(gl: WebGL2RenderingContext, index: number, size: number, type: number, stride: number, offset: number): void {
  gl.enableVertexAttribArray(index)
  gl.vertexAttribPointer(index, size, type, false, stride, offset)
}

function padded(values: readonly number[], length: number): Float32Array {
  const all = new Float32Array(length)
  all.set(values)
  return all
}

export function rgb(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255]
}

const LINE_COLOURS = padded(CLASS_NAMES.flatMap((name) => rgb(LINK_CLASSES[name].colour)), 24)
const POINT_COLOURS = padded(ENTITY_KIND_NAMES.flatMap((name) => rgb(ENTITY_KINDS[name].colour)), 48)
