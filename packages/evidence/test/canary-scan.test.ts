import { createHash } from 'node:crypto'
import { deflateSync, gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { chartPng } from '../src/chart-png.ts'
import { chartSvg } from '../src/chart-svg.ts'
import { scanForCanaries } from '../src/canary-scan.ts'
import { collected, graphOfChart } from '../src/export-graph.ts'
import { entitiesCsv } from '../src/graph-csv.ts'
import { gexf } from '../src/gexf.ts'
import { graphml } from '../src/graphml.ts'
import { sampleChart } from '@ringmap/fixtures/sample-chart'

const NAME = 'Qasimpreet Vermillion'
const HINDI = 'क़ासिमप्रीत वर्मा'
const URDU = 'قاسمپریت ورملین'
const PHONE = '+919812340567'
const CANARIES = [NAME, HINDI, URDU, PHONE]
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16be = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex')
const entities = (text: string): string => Array.from(text, (sign) => `&#x${(sign.codePointAt(0) as number).toString(16)};`).join('')
const unicode = (text: string): string => text.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

function pngWith(kind: string, data: Uint8Array): Uint8Array {
  const chunk = (type: string, body: Uint8Array): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([length, Buffer.from(type, 'latin1'), body, Buffer.alloc(4)])
  }
  return new Uint8Array(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', new Uint8Array(13)), chunk(kind, data), chunk('IEND', new Uint8Array(0))]))
}

const svg = (inside: string): Uint8Array => utf8(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`)

/** A channel, and bytes that hide a value in it. */
const PLANTS: readonly (readonly [string, (value: string) => Uint8Array])[] = [
  ['plain text', (value) => utf8(`before ${value} after`)],
  ['upper case', (value) => utf8(value.toUpperCase())],
  ['reversed', (value) => utf8(`x${Array.from(value).reverse().join('')}x`)],
  ['decomposed letters', (value) => utf8(value.normalize('NFD'))],
  ['UTF-16 LE', (value) => new Uint8Array(Buffer.from(`﻿id,${value}`, 'utf16le'))],
  ['UTF-16 BE', (value) => utf16be(`id,${value}`)],
  ['UTF-16 LE at an odd place', (value) => new Uint8Array(Buffer.concat([Buffer.from([7]), Buffer.from(value, 'utf16le')]))],
  ['UTF-16 XML references', (value) => new Uint8Array(Buffer.from(`<a b="${entities(value)}"/>`, 'utf16le'))],
  ['base64', (value) => utf8(`xx"${Buffer.from(value).toString('base64')}"`)],
  ['base64 inside longer', (value) => utf8(Buffer.from(`{"a":"${value}"}`).toString('base64'))],
  ['base64 shifted', (value) => utf8(Buffer.from(`\u0001${value}\u0002`).toString('base64'))],
  ['base64url', (value) => utf8(Buffer.from(`??${value}`).toString('base64url'))],
  ['URL', (value) => utf8(`https://x.invalid/?q=${encodeURIComponent(value)}`)],
  ['form', (value) => utf8(new URLSearchParams({ q: value }).toString())],
  ['SHA-256', (value) => utf8(hash('sha256', value))],
  ['SHA-1 in capitals', (value) => utf8(hash('sha1', value).toUpperCase())],
  ['MD5', (value) => utf8(hash('md5', value))],
  ['JSON', (value) => utf8(JSON.stringify({ [value]: 1 }))],
  ['JSON escapes', (value) => utf8(`{"a":"${unicode(value)}"}`)],
  ['XML attribute', (value) => utf8(`<a b="${entities(value)}"/>`)],
  ['XML text', (value) => utf8(`<a>${entities(value)}</a>`)],
  ['XML comment', (value) => utf8(`<a><!-- ${value} --></a>`)],
  ['SVG id', (value) => svg(`<g id="${value.replaceAll(' ', '_')}"/>`)],
  ['SVG title', (value) => svg(`<title>${value}</title>`)],
  ['SVG text in pieces', (value) => svg(`<text>${Array.from(value, (sign) => `<tspan>${sign}</tspan>`).join('')}</text>`)],
  ['SVG data address', (value) => svg(`<image href="data:image/svg+xml;base64,${Buffer.from(`<svg><title>${value}</title></svg>`).toString('base64')}"/>`)],
  ['CSV', (value) => utf8(`id,label\r\n1,"${value}"\r\n`)],
  ['PNG tEXt', (value) => pngWith('tEXt', utf8(`Title\0${value}`))],
  ['PNG zTXt', (value) => pngWith('zTXt', new Uint8Array(Buffer.concat([utf8('Title\0\0'), deflateSync(value)])))],
  ['PNG iTXt', (value) => pngWith('iTXt', utf8(`Title\0\0\0en\0t\0${value}`))],
  ['PNG iTXt compressed', (value) => pngWith('iTXt', new Uint8Array(Buffer.concat([utf8('Title\0\u0001\0en\0t\0'), deflateSync(value)])))],
  ['gzip', (value) => new Uint8Array(gzipSync(value))],
  ['zlib', (value) => new Uint8Array(deflateSync(value))],
  ['zip', (value) => zipSync({ 'a.txt': strToU8(value) })],
  ['zip in zip', (value) => zipSync({ 'a.zip': zipSync({ 'b.xml': strToU8(`<a b="${entities(value)}"/>`) }) })],
  ['name inside a zip', (value) => zipSync({ [`${value}.txt`]: strToU8('nothing') })],
]

test.each(PLANTS)('finds what is planted: %s', (_, plant) => {
  for (const canary of CANARIES) expect(scanForCanaries(plant(canary), 'file', CANARIES).map(({ canary }) => canary), canary).toContain(canary)
})

test.each(PLANTS)('finds nothing where another is planted: %s', (_, plant) => {
  for (const harmless of ['Somebody Else Entirely', 'कोई और', '+918887776665']) expect(scanForCanaries(plant(harmless), 'file', CANARIES)).toEqual([])
})

test.each(['98123 40567', '9812340567', '0-98123-40567', '+91 98123 40567', '(+91) 9812-340-567', '९८१२३४०५६७', '98 12 34 05 67', hash('sha256', '9812340567'), hash('md5', '919812340567'), Buffer.from('9812340567').toString('base64'), '7650432189'])('finds the number as %s', (written) => {
  expect(scanForCanaries(utf8(`called ${written}.`), 'file', [PHONE])).not.toEqual([])
})

test('a file name counts', () => {
  expect(scanForCanaries(utf8(''), 'qasimpreet-vermillion.svg', [NAME])).not.toEqual([])
})

test('says where it was found', () => {
  expect(scanForCanaries(zipSync({ 'b.txt': strToU8(NAME) }, { level: 9 }), 'a.zip', [NAME])).toContainEqual({ canary: NAME, form: 'plain', file: 'a.zip!/b.txt', reading: 'utf-8' })
})

test('broken containers are read as bytes, without an error', () => {
  const zip = zipSync({ 'a.txt': strToU8('x'.repeat(100)) })
  expect(scanForCanaries(zip.subarray(0, 40), 'a.zip', CANARIES)).toEqual([])
  expect(scanForCanaries(new Uint8Array([0x78, 0x9c, 1, 2]), 'a', CANARIES)).toEqual([])
  expect(scanForCanaries(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 'a.png', CANARIES)).toEqual([])
})

const options = { caseName: 'Case', reference: 'Exhibit 1', dataHash: '00', version: '0', maskedStatement: 'Masked' }

test('every file we write gives each of them away when it is not masked, and none when it is', () => {
  const chart = sampleChart(5)
  const open = { ...chart, entities: chart.entities.map((entity, i) => ({ ...entity, label: CANARIES[i] ?? entity.label })) }
  for (const [drawn, found] of [[open, CANARIES], [chart, []]] as const) {
    const graph = graphOfChart(drawn)
    const foundIn = (bytes: Uint8Array, name: string): string[] => [...new Set(scanForCanaries(bytes, name, CANARIES).map(({ canary }) => canary))].sort()
    const svg = chartSvg(drawn, options)
    for (const [name, text] of [['chart.svg', svg], ['g.graphml', collected(graphml(graph)).text], ['g.gexf', collected(gexf(graph)).text], ['entities.csv', collected(entitiesCsv(graph)).text]] as const) {
      expect(foundIn(utf8(text), name), name).toEqual([...found].sort())
      expect(foundIn(zipSync({ [name]: strToU8(text) }), 'all.zip'), `zipped ${name}`).toEqual([...found].sort())
    }
    // A picture holds outlines and no text: clean either way by this search; reading the drawn letters is another tool's work.
    expect(foundIn(chartPng(svg, { scale: 0.5 }), 'chart.png')).toEqual([])
  }
})
