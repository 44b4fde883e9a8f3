import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { Resvg } from '@resvg/resvg-js'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { iconPath } from '../src/icon-path.ts'

const files = [...new Set([...Object.values(ENTITY_KINDS).map(({ icon }) => icon), 'boxes', 'clock', 'list', 'square-stack', 'pentagon'])]

test.each(files)('the one path of %s draws what its file draws', (name) => {
  const file = readFileSync(createRequire(import.meta.url).resolve(`lucide-static/icons/${name}.svg`), 'utf8')
  const own = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${iconPath(file)}"/></svg>`
  const [a, b] = [pixels(file.replace('currentColor', '#000')), pixels(own)]
  const apart = a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0)
  const ink = a.reduce((sum, value) => sum + value, 0)
  expect(ink).toBeGreaterThan(0)
  // Curves of circles and corners come from other commands: a thousandth of the ink is their rounding.
  expect(apart / ink).toBeLessThan(0.004)
})

function pixels(svg: string): Uint8Array {
  return new Resvg(svg, { fitTo: { mode: 'width', value: 120 } }).render().pixels
}
