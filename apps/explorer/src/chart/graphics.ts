/** What draws on this machine: a graphics card, or the processor in its place, which wants lighter drawing. */

export interface Graphics {
  /** As the browser names it; empty where it tells nothing. */
  readonly name: string
  /** No graphics card: everything is drawn by the processor. */
  readonly light: boolean
  /** The browser refuses WebGL altogether. */
  readonly refused: boolean
}

const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|software|warp/i

let known: Graphics | null = null

/** Asked once; the surface used for asking is given back. */
export function graphics(): Graphics {
  if (known !== null) return known
  const gl = document.createElement('canvas').getContext('webgl2')
  if (gl === null) return (known = { name: '', light: true, refused: true })
  const told = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(told === null ? gl.RENDERER : told.UNMASKED_RENDERER_WEBGL) ?? '')
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return (known = { name, light: BY_PROCESSOR.test(name), refused: false })
}
