/** What draws on this machine: a graphics card, or the processor in its place, which wants lighter drawing. */

const BY_PROCESSOR = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|software|warp/i

/** Asked of a surface that is there already: one opened only for asking would take as long as a small chart. */
export function drawnByProcessor(gl: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const told = gl.getExtension('WEBGL_debug_renderer_info')
  return BY_PROCESSOR.test(String(gl.getParameter(told === null ? gl.RENDERER : told.UNMASKED_RENDERER_WEBGL) ?? ''))
}
