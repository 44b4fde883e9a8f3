/**
 * Shaders of the link program. Everything is worked out in screen pixels, so dashes and widths stay the same at any zoom. Time window, range of
 * amounts and grades are uniforms: what they rule out is moved off the surface, drawn and picked alike, without a buffer being written.
 */
import { LOOP, RIM_GAP } from '@ringmap/drawing/link-courses'
import { DASH_WIDTH, DASHES, HEAD } from '@ringmap/drawing/line-style'

const [dash, gap] = DASHES.unconfirmed ?? [1, 0]
const [dot, space] = DASHES.tentative ?? [0, 1]

/** Of the language of shaders: a number is one only with a point in it. */
export function float(value: number): string {
  return value.toFixed(3)
}

export const LINK_UNIFORMS = ['u_matrix', 'u_viewport', 'u_sizeRatio', 'u_feather', 'u_window', 'u_amounts', 'u_grades'] as const

export const LINK_VERTEX_SHADER: string = /* glsl */ `
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec4 a_shape;
attribute vec4 a_ends;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec3 a_facts;

uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_feather;
uniform vec2 u_window;
uniform vec2 u_amounts;
uniform vec3 u_grades;

varying vec4 v_color;
varying vec3 v_line;
varying float v_style;

vec2 pixels(vec2 place) {
  return (u_matrix * vec3(place, 1.0)).xy * u_viewport * 0.5;
}

void main() {
  vec2 start = pixels(a_start);
  vec2 reach = pixels(a_end) - start;
  float span = max(length(reach), 0.001);
  vec2 side = vec2(-reach.y, reach.x) / span;
  float startRadius = a_ends.x * 255.0 / 4.0 / u_sizeRatio + ${float(RIM_GAP)};
  float endRadius = a_ends.y * 255.0 / 4.0 / u_sizeRatio + ${float(RIM_GAP)};
  float bend = (a_ends.z * 255.0 - 128.0) / u_sizeRatio;
  float width = a_shape.w * 255.0 / 16.0;
  float style = floor(a_shape.z * 255.0 + 0.5);
  float scale = clamp(1.0 / u_sizeRatio, 0.45, 1.5);
  float marks = floor(a_ends.w * 255.0 + 0.5);
  bool arrow = marks > 127.5;
  float grade = arrow ? marks - 128.0 : marks;
  float head = arrow ? (${float(HEAD.least)} + width * ${float(HEAD.by_width)}) * scale : 0.0;
  float free = span - startRadius - endRadius;
  head = min(head, max(free * 0.5, 0.0));

  float tip = 1.0 - endRadius / span;
  float neck = tip - head / span;
  float t = style > 2.5 ? (a_shape.x > 0.5 ? tip : neck) : mix(startRadius / span, neck + min(1.0, head) / span, a_shape.x);
  vec2 place = start + reach * t + side * bend * 4.0 * t * (1.0 - t);
  vec2 tangent = normalize(reach + side * bend * 4.0 * (1.0 - 2.0 * t));
  vec2 normal = vec2(-tangent.y, tangent.x);
  float across = a_shape.y * 2.0 - 1.0;

  // Back to where it came from: off the top right of the symbol, the next one further out, as on paper.
  if (a_start == a_end) {
    float radius = a_ends.x * 255.0 / 4.0 / u_sizeRatio;
    vec2 from = start + radius * vec2(${float(LOOP.near)}, 1.0);
    vec2 over = start + radius * (${float(LOOP.reach)} + floor(a_ends.z * 255.0 - 127.5));
    vec2 to = start + radius * vec2(1.0, ${float(LOOP.near)});
    vec2 out_ = over - from;
    vec2 back = to - over;
    head = arrow ? (${float(HEAD.least)} + width * ${float(HEAD.by_width)}) * scale : 0.0;
    head = min(head, length(back) * 0.5);
    float arrival = 1.0 - head / (2.0 * length(back));
    t = style > 2.5 ? (a_shape.x > 0.5 ? 1.0 : arrival) : mix(0.0, min(1.0, arrival + min(1.0, head) / (2.0 * length(back))), a_shape.x);
    place = mix(mix(from, over, t), mix(over, to, t), t);
    tangent = normalize(mix(out_, back, t));
    normal = vec2(-tangent.y, tangent.x);
    span = (length(out_) + length(back) + length(to - from)) * 0.5;
    free = span;
  }

  #ifdef PICKING_MODE
  float shown = max(width, 9.0);
  v_color = a_id;
  #else
  float shown = width;
  v_color = a_color;
  #endif

  float reachOut = style > 2.5 ? (a_shape.x > 0.5 ? 0.0 : head * ${float(HEAD.half)}) : shown * 0.5 + u_feather;
  place += normal * across * reachOut;
  v_line = vec3(t * span, across * reachOut, shown);
  v_style = style;

  float shownGrade = grade < 0.5 ? u_grades.x : grade < 1.5 ? u_grades.y : u_grades.z;
  bool ruledOut = a_facts.x > u_window.y || a_facts.y < u_window.x || shownGrade < 0.5
    || (a_facts.z >= 0.0 && (a_facts.z < u_amounts.x || a_facts.z > u_amounts.y));
  bool hidden = ruledOut || free <= 1.0 || (style > 2.5 && head <= 0.0);
  gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(place / (u_viewport * 0.5), 0.0, 1.0);
}
`

export const LINK_FRAGMENT_SHADER: string = /* glsl */ `
precision highp float;

uniform float u_feather;

varying vec4 v_color;
varying vec3 v_line;
varying float v_style;

const float bias = 255.0 / 254.0;

void main() {
  #ifdef PICKING_MODE
  gl_FragColor = vec4(v_color.rgb, 1.0);
  #else
  float half_width = v_line.z * 0.5;
  float alpha = 1.0;
  if (v_style < 2.5) {
    alpha = 1.0 - smoothstep(half_width - u_feather * 0.5, half_width + u_feather * 0.5, abs(v_line.y));
    float grown = max(1.0, v_line.z / ${float(DASH_WIDTH)});
    if (v_style > 1.5) {
      float dot_size = max(v_line.z, 2.0);
      float period = ${float(dot + space)} * grown;
      vec2 from_dot = vec2(mod(v_line.x, period) - period * 0.5, v_line.y);
      alpha = 1.0 - smoothstep(dot_size * 0.5 - u_feather * 0.5, dot_size * 0.5 + u_feather * 0.5, length(from_dot));
    } else if (v_style > 0.5) {
      float dash = ${float(dash)} * grown;
      float period = ${float(dash + gap)} * grown;
      float from_middle = abs(mod(v_line.x, period) - period * 0.5);
      alpha *= 1.0 - smoothstep(dash * 0.5 - u_feather * 0.5, dash * 0.5 + u_feather * 0.5, from_middle);
    }
  }
  alpha *= v_color.a * bias;
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
  #endif
}
`
