/** Draws links: solid, dashed or dotted, bent apart where several join the same two, with arrow heads; not instanced, uploaded only on change. */
import { EdgeProgram, type EdgeProgramType } from 'sigma/rendering'
import { floatColor } from 'sigma/utils'
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types'
import { LINK_FRAGMENT_SHADER, LINK_UNIFORMS, LINK_VERTEX_SHADER } from './link-shaders.ts'
import { packLink, verticesPerLink } from './link-packing.ts'
import type { LinkFacts, LinkRule } from './link-rule.ts'

/** What the chart keeps with each line, besides colour and size. */
export interface LinkAttributes extends EdgeDisplayData, LinkFacts {
  readonly bend: number
  readonly style: number
  readonly arrow: boolean
}

type ProgramInfo = Parameters<EdgeProgram['setUniforms']>[1]
type Uniform = (typeof LINK_UNIFORMS)[number]

/**
 * @param segments pieces a line is made of: 1 for straight lines, more where lines bend.
 * @param rule asked at every drawing: what it rules out is neither drawn nor picked.
 */
export function createLinkProgram(segments: number, rule: () => LinkRule): EdgeProgramType {
  return class LinkProgram extends EdgeProgram<Uniform> {
    private words: Uint32Array = new Uint32Array(0)
    private version = 0
    private readonly uploaded = new Map<string, number>()

    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext
      return {
        VERTICES: verticesPerLink(segments),
        VERTEX_SHADER_SOURCE: LINK_VERTEX_SHADER,
        FRAGMENT_SHADER_SOURCE: LINK_FRAGMENT_SHADER,
        METHOD: TRIANGLES as 4,
        UNIFORMS: LINK_UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_start', size: 2, type: FLOAT },
          { name: 'a_end', size: 2, type: FLOAT },
          // Bytes must be normalised: the renderer counts the stride of others wrongly and then draws nothing at all.
          { name: 'a_shape', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_ends', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_facts', size: 3, type: FLOAT },
        ],
      }
    }

    override reallocate(capacity: number): void {
      super.reallocate(capacity)
      this.words = new Uint32Array(this.array.buffer)
      this.version++
    }

    override process(index: number, offset: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
      this.version++
      super.process(index, offset, source, target, data)
    }

    processVisibleItem(id: number, at: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
      const look = data as LinkAttributes
      packLink(this.array, this.words, at, {
        startX: source.x, startY: source.y, endX: target.x, endY: target.y,
        startRadius: source.size, endRadius: target.size,
        width: look.size, bend: look.bend, style: look.style, arrow: look.arrow,
        colour: floatColor(look.color), id, grade: look.grade, first: look.first, last: look.last, amount: look.amount,
      }, segments)
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniformMatrix3fv(uniformLocations['u_matrix'] ?? null, false, params.matrix)
      gl.uniform2f(uniformLocations['u_viewport'] ?? null, params.width, params.height)
      gl.uniform1f(uniformLocations['u_sizeRatio'] ?? null, params.sizeRatio)
      gl.uniform1f(uniformLocations['u_feather'] ?? null, 1 / params.pixelRatio)
      const { window, amounts, grades } = rule()
      gl.uniform2f(uniformLocations['u_window'] ?? null, ...window)
      gl.uniform2f(uniformLocations['u_amounts'] ?? null, ...amounts)
      gl.uniform3f(uniformLocations['u_grades'] ?? null, ...grades)
    }

    /** The renderer would send the whole buffer twice a frame; it is sent when it changed. */
    protected override bindProgram(info: ProgramInfo): void {
      const { gl } = info
      gl.bindBuffer(gl.ARRAY_BUFFER, info.buffer)
      let offset = 0
      for (const attribute of this.ATTRIBUTES) offset += this.bindAttribute(attribute, info, offset)
      if (this.uploaded.get(info.name) !== this.version) {
        gl.bufferData(gl.ARRAY_BUFFER, this.array, gl.DYNAMIC_DRAW)
        this.uploaded.set(info.name, this.version)
      }
      gl.bindBuffer(gl.ARRAY_BUFFER, null)
    }
  }
}

