/** Shaders of the symbol program: a circle or polygon with its ring, and a ring about it where it stands out; the shapes and reach of paper. */
import { cornerReach } from '@ringmap/drawing/symbols'
import { float } from './link-shaders.ts'

export const SYMBOL_UNIFORMS = ['u_matrix', 'u_sizeRatio', 'u_correctionRatio', 'u_pixelRatio'] as const

export const SYMBOL_VERTEX_SHADER: string = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute float a_radius;
attribute vec4 a_shape;
attribute vec4 a_fill;
attribute vec4 a_ring;
attribute vec4 a_halo;
attribute vec4 a_id;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;

varying vec2 v_place;
varying float v_size;
varying float v_radius;
varying vec2 v_sides;
varying vec2 v_widths;
varying vec4 v_fill;
varying vec4 v_ring;
varying vec4 v_halo;

void main() {
  // A triangle about a circle a quarter larger than the symbol: corners of polygons reach out.
  float angle = floor(a_shape.x * 255.0 + 0.5) * 2.0943951;
  v_place = vec2(cos(angle), sin(angle)) * a_size * 2.5;
  gl_Position = vec4((u_matrix * vec3(a_position + v_place * u_correctionRatio / u_sizeRatio * 2.0, 1.0)).xy, 0.0, 1.0);
  v_size = a_size;
  v_radius = a_radius;
  float code = floor(a_shape.y * 255.0 + 0.5);
  v_sides = vec2(floor(code * 0.5), mod(code, 2.0) * 0.5);
  v_widths = a_shape.zw * 255.0 / 16.0;
  #ifdef PICKING_MODE
  v_fill = v_ring = v_halo = a_id;
  #else
  v_fill = a_fill;
  v_ring = a_ring;
  v_halo = a_halo;
  #endif
}
`

export const SYMBOL_FRAGMENT_SHADER: string = /* glsl */ `
precision highp float;

uniform float u_sizeRatio;
uniform float u_pixelRatio;

varying vec2 v_place;
varying float v_size;
varying float v_radius;
varying vec2 v_sides;
varying vec2 v_widths;
varying vec4 v_fill;
varying vec4 v_ring;
varying vec4 v_halo;

// From the middle, so that it is the radius on the rim of the shape.
float fromMiddle(vec2 place) {
  float away = length(place);
  if (v_sides.x < 2.5) return away;
  float sector = 6.2831853 / v_sides.x;
  // Clockwise from the top, as corners are counted.
  float turned = atan(place.x, place.y) / sector - v_sides.y - 0.5;
  float off = (turned - floor(turned + 0.5)) * sector;
  float reach = v_sides.x > 3.5 && v_sides.x < 4.5 ? ${float(cornerReach(4))} : ${float(cornerReach(6))};
  return away * cos(off) / cos(sector * 0.5) / reach;
}

void main() {
  float shape = fromMiddle(v_place);
  float away = length(v_place);
  #ifdef PICKING_MODE
  if (shape > v_radius && away > v_size) discard;
  gl_FragColor = vec4(v_fill.rgb, 1.0);
  #else
  float feather = u_sizeRatio / u_pixelRatio;
  float inside = 1.0 - smoothstep(v_radius - feather, v_radius, shape);
  float core = 1.0 - smoothstep(v_radius - v_widths.x - feather, v_radius - v_widths.x, shape);
  vec3 colour = mix(v_ring.rgb, v_fill.rgb, core);
  float alpha = inside;
  if (v_widths.y > 0.0) {
    float out_ = 1.0 - smoothstep(v_size - feather, v_size, away);
    float hole = 1.0 - smoothstep(v_size - v_widths.y - feather, v_size - v_widths.y, away);
    colour = mix(mix(v_halo.rgb, vec3(1.0), hole), colour, inside);
    alpha = max(out_, inside);
  }
  gl_FragColor = vec4(colour * alpha, alpha);
  #endif
}
`
