/** Draws the outer shapes of entities with their rings; three corners each, not instanced, which the processor draws many times faster. */
import { NodeProgram, type NodeProgramType } from 'sigma/rendering'
import { floatColor } from 'sigma/utils'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import type { EntityLook } from './look.ts'
import { SYMBOL_FRAGMENT_SHADER, SYMBOL_UNIFORMS, SYMBOL_VERTEX_SHADER } from './symbol-shaders.ts'

type ProgramInfo = Parameters<NodeProgram['setUniforms']>[1]
type Uniform = (typeof SYMBOL_UNIFORMS)[number]

export function createSymbolProgram(): NodeProgramType {
  return class SymbolProgram extends NodeProgram<Uniform> {
    private words: Uint32Array = new Uint32Array(0)

    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext
      const bytes = { size: 4, type: UNSIGNED_BYTE, normalized: true } as const
      return {
        VERTICES: 3,
        VERTEX_SHADER_SOURCE: SYMBOL_VERTEX_SHADER,
        FRAGMENT_SHADER_SOURCE: SYMBOL_FRAGMENT_SHADER,
        METHOD: TRIANGLES as 4,
        UNIFORMS: SYMBOL_UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_size', size: 1, type: FLOAT },
          { name: 'a_radius', size: 1, type: FLOAT },
          { name: 'a_shape', ...bytes },
          { name: 'a_fill', ...bytes },
          { name: 'a_ring', ...bytes },
          { name: 'a_halo', ...bytes },
          { name: 'a_id', ...bytes },
        ],
      }
    }

    override reallocate(capacity: number): void {
      super.reallocate(capacity)
      // Bytes written as whole words are never mistaken for a NaN and normalised away.
      this.words = new Uint32Array(this.array.buffer)
    }

    processVisibleItem(id: number, at: number, data: NodeDisplayData): void {
      const look = data as unknown as EntityLook & NodeDisplayData
      const { array, words } = this
      const code = look.shape.sides * 2 + (look.shape.turn > 0 ? 1 : 0)
      const [fill, ring, halo] = [floatColor(look.fill), floatColor(look.ringColour), floatColor(look.haloColour)]
      let i = at
      for (let corner = 0; corner < 3; corner++) {
        array[i] = data.x
        array[i + 1] = data.y
        array[i + 2] = look.size
        array[i + 3] = look.radius
        words[i + 4] = (corner | code << 8 | Math.round(look.ringWidth * 16) << 16 | Math.round(look.haloWidth * 16) << 24) >>> 0
        array[i + 5] = fill
        array[i + 6] = ring
        array[i + 7] = halo
        array[i + 8] = id
        i += 9
      }
    }

    setUniforms({ matrix, sizeRatio, correctionRatio, pixelRatio }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniformMatrix3fv(uniformLocations['u_matrix'] ?? null, false, matrix)
      gl.uniform1f(uniformLocations['u_sizeRatio'] ?? null, sizeRatio)
      gl.uniform1f(uniformLocations['u_correctionRatio'] ?? null, correctionRatio)
      gl.uniform1f(uniformLocations['u_pixelRatio'] ?? null, pixelRatio)
    }
  }
}
