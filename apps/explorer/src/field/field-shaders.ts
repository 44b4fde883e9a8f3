/** Shaders of the whole case: lines one pixel wide and round points; what the rule leaves out is moved off the surface. */

export const LINE_VERTEX_SHADER: string = /* glsl */ `
attribute vec2 a_place;
attribute vec3 a_facts;
attribute vec4 a_code;
uniform vec4 u_view;
uniform vec2 u_window;
uniform vec2 u_amounts;
uniform vec3 u_grades;
uniform float u_kinds[16];
uniform float u_classes[8];
uniform vec3 u_colours[8];
varying vec3 v_colour;

void main() {
  int kindOfSource = int(a_code.z + 0.5);
  int kindOfTarget = int(a_code.w + 0.5);
  int family = int(a_code.x + 0.5);
  float grade = a_code.y < 0.5 ? u_grades.x : a_code.y < 1.5 ? u_grades.y : u_grades.z;
  bool out_ = a_facts.x > u_window.y || a_facts.y < u_window.x || grade < 0.5 || (a_facts.z >= 0.0 && (a_facts.z < u_amounts.x || a_facts.z > u_amounts.y))
    || u_kinds[kindOfSource] < 0.5 || u_kinds[kindOfTarget] < 0.5 || u_classes[family] < 0.5;
  v_colour = u_colours[family];
  gl_Position = out_ ? vec4(2.0, 2.0, 2.0, 1.0) : vec4((a_place - u_view.xy) * u_view.zw, 0.0, 1.0);
}
`

export const LINE_FRAGMENT_SHADER: string = /* glsl */ `
precision highp float;
uniform float u_alpha;
varying vec3 v_colour;
void main() {
  gl_FragColor = vec4(v_colour * u_alpha, u_alpha);
}
`

export const POINT_VERTEX_SHADER: string = /* glsl */ `
attribute vec2 a_place;
attribute vec2 a_code;
attribute float a_on;
uniform vec4 u_view;
uniform float u_size;
uniform vec3 u_colours[16];
varying vec3 v_colour;
varying float v_masked;

void main() {
  v_colour = u_colours[int(a_code.x + 0.5)];
  v_masked = a_code.y;
  gl_PointSize = u_size;
  gl_Position = a_on < 0.5 ? vec4(2.0, 2.0, 2.0, 1.0) : vec4((a_place - u_view.xy) * u_view.zw, 0.0, 1.0);
}
`

/** Protected identities are hollow here too. */
export const POINT_FRAGMENT_SHADER: string = /* glsl */ `
precision highp float;
uniform float u_size;
varying vec3 v_colour;
varying float v_masked;
void main() {
  vec2 from = gl_PointCoord - vec2(0.5);
  float reach = dot(from, from) * 4.0;
  if (u_size > 3.5 && reach > 1.0) discard;
  bool hollow = v_masked > 0.5 && u_size > 4.5 && reach < 0.4;
  gl_FragColor = vec4(hollow ? vec3(1.0) : v_colour, 1.0);
}
`
