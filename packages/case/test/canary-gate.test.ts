/** The gate before a release: no protected value in any profile of an exhibit and any kind of export, through six ways of reading; and each way finds them when the mask is off. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exhibitBag, exhibitPayload } from '@ringmap/evidence/exhibit-bundle'
import { sha256 } from '@ringmap/evidence/bag'
import { scanForCanaries, scanTextForCanaries, type CanaryHit } from '@ringmap/evidence/canary-scan'
import { zipFile } from '@ringmap/evidence/zip-file'
import { writeAudit } from '../src/audit.ts'
import { chartOf } from '../src/case-chart.ts'
import { localClock } from '../src/case-clock.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { exhibitInput } from '../src/exhibit-input.ts'
import { EXHIBIT_PROFILES, type ExhibitProfile, type ExhibitRequest } from '../src/exhibit-request.ts'
import { lastChange } from '../src/exhibit-step.ts'
import { EXPORT_KINDS, writeChart, writeExport } from '../src/export-step.ts'
import { runToWrite } from '../src/neo4j-export.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { personTimeline } from '../src/person-timeline.ts'
import { CANARIES, HINDI, URDU, writeCanaryCase } from './canary-case.ts'
import { ringRequest, signedCase } from './found-case.ts'
import { VICTIM } from './small-case.ts'
import { CHANNELS, missingChannel, readBy, type ChannelName } from './program-channels.ts'

/** Recognising letters takes its time on a crowded machine. */
const SLOW = 600_000

type Files = ReadonlyMap<string, Uint8Array>

const folder = writeCanaryCase()
const folders = [folder]
let open: OpenCase
let masked: CaseView
let shown: CaseView
let request: ExhibitRequest

beforeAll(async () => {
  open = await signedCase(folder)
  writeAudit(open, { at_ms: Date.UTC(2026, 10, 24), who: 'asha', act: 'find', what: `case of ${VICTIM}, ${HINDI} and 94190 00011`, why: `asked for ${URDU}` })
  masked = await viewCase(open)
  shown = await viewCase(open, 'positive control')
  request = { ...(await ringRequest(masked, lastChange(masked))), review_remarks: `Checked with ${VICTIM}.` }
})
afterAll(() => {
  closeCase(open)
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})

/** A bundle before it is signed, and its zip. */
async function bundle(view: CaseView, profile: ExhibitProfile, subject = request.subject): Promise<Files> {
  // In public such a case is refused; what would stand there is what stands in the profile for support organisations.
  const input = { ...(await exhibitInput(view, { ...request, profile: profile === 'public' ? 'ngo' : profile, subject })), profile }
  const files = await exhibitBag(input, await exhibitPayload(input, localClock(input.timezone)), [])
  return new Map([...files, ['bundle.zip', zipFile(files, 'exhibit/')]])
}

/** What the explorer is told of each person of the first ring. */
async function timelines(view: CaseView): Promise<Files> {
  const { entities } = await chartOf(view, request.subject)
  const persons = entities.filter(({ kind }) => kind === 'Person')
  return new Map(await Promise.all(persons.map(async ({ id }, i) => [`timeline-${i}.json`, Buffer.from(JSON.stringify(await personTimeline(view, id)))] as const)))
}

async function everyExport(view: CaseView): Promise<Files> {
  const into = mkdtempSync(join(tmpdir(), 'ringmap-gate-'))
  folders.push(into)
  for (const kind of EXPORT_KINDS) await writeExport(view, kind, into)
  for (const name of ['ring.svg', 'ring.png', 'ring.anx']) await writeChart(view, await chartOf(view, request.subject), join(into, name))
  return new Map([...readdirSync(into).map((name) => [name, readFileSync(join(into, name))] as const), ['neo4j.json', Buffer.from(JSON.stringify(await runToWrite(view, undefined)))]])
}

/** Without the outlines of an SVG and the strokes of a PDF: numbers so many that some spell anything. */
function withoutStrokes(path: string, bytes: Uint8Array): Uint8Array {
  return path.endsWith('.svg') ? Buffer.from(Buffer.from(bytes).toString('utf8').replaceAll(/ d="[^"]*"/g, '')) : bytes
}

function hitsInBytes(files: Files): CanaryHit[] {
  return [...files].flatMap(([path, bytes]) => (path.endsWith('.zip') ? [] : scanForCanaries(withoutStrokes(path, bytes), path, CANARIES)))
}

/** Pictures that were looked at already: profiles share most of them, and recognising letters is slow. */
const recognised = new Set<string>()

function hitsThrough(channel: ChannelName, files: Files): CanaryHit[] {
  return [...files].flatMap(([path, bytes]) => {
    if (channel === 'tesseract') {
      const picture = sha256(bytes)
      if (recognised.has(picture)) return []
      recognised.add(picture)
    }
    const text = readBy(channel, path, bytes)
    return text === null ? [] : scanTextForCanaries(text, `${path} by ${channel}`, CANARIES)
  })
}

const said = (hits: readonly CanaryHit[]): string[] => hits.map(({ canary, form, file, reading }) => `${canary} (${form}) in ${file}, ${reading}`)
const filesHit = (hits: readonly CanaryHit[]): Set<string> => new Set(hits.map(({ file }) => file.split(' by ')[0]?.split('!')[0] ?? ''))

describe('with the mask on', () => {
  test('in public it is refused: each of the protected can be told apart', async () => {
    await expect(exhibitInput(masked, { ...request, profile: 'public' })).rejects.toMatchObject({ code: 'exhibit_refused', details: { what: expect.stringContaining('can be told apart') as string } })
  })
  test.each(EXHIBIT_PROFILES)('%s lets out nothing', async (profile) => {
    const files = await bundle(masked, profile)
    expect(said(hitsInBytes(files))).toEqual([])
    for (const channel of CHANNELS) {
      // Pages are drawn from one picture and one set of words: letters are recognised on those of the most and the least open profile, and on every picture.
      const read = channel !== 'tesseract' || profile === 'court-sealed' || profile === 'public' ? files : new Map([...files].filter(([path]) => path.endsWith('.png')))
      if (missingChannel(channel) === null) expect(said(hitsThrough(channel, read)), channel).toEqual([])
    }
  }, SLOW)

  test('a chart about a protected person, in open court, neither', async () => {
    const code = [...masked.mask.ids.keys()].find((one) => one.startsWith('V-')) ?? ''
    const files = await bundle(masked, 'court-open', code)
    expect(said(hitsInBytes(files))).toEqual([])
    for (const channel of ['qpdf', 'pdftotext', 'exiftool'] as const) if (missingChannel(channel) === null) expect(said(hitsThrough(channel, files)), channel).toEqual([])
  }, SLOW)

  test('no export of any kind', async () => {
    const files = await everyExport(masked)
    expect([...files.keys()].sort()).toEqual(['entities.csv', 'findings.json', 'links.csv', 'neo4j.json', 'network.anx', 'network.ftm.json', 'network.gexf', 'network.graphml', 'organisers.csv', 'ring.anx', 'ring.png', 'ring.svg', 'rings.csv'])
    expect(said(hitsInBytes(files))).toEqual([])
    for (const channel of CHANNELS) if (missingChannel(channel) === null) expect(said(hitsThrough(channel, files)), channel).toEqual([])
  }, SLOW)
})

describe('timelines of persons', () => {
  test('name no file after a protected person; with the mask off they do', async () => {
    expect(said(hitsInBytes(await timelines(masked)))).toEqual([])
    expect(said(hitsInBytes(await timelines(shown))).length).toBeGreaterThan(0)
  })
})

describe('with the mask off, so that a scan which finds nothing is known to work', () => {
  let files: Files
  let exported: Files
  beforeAll(async () => {
    const code = [...masked.mask.ids].find(([one]) => one.startsWith('V-'))?.[1] ?? ''
    files = new Map([...(await bundle(shown, 'court-sealed')), ...[...(await bundle(shown, 'court-sealed', code))].filter(([path]) => path === 'data/exhibit.pdf').map(([, bytes]) => ['person.pdf', bytes] as const)])
    exported = await everyExport(shown)
  }, SLOW)

  test('the bytes give them away in every format that holds text', () => {
    expect([...filesHit(hitsInBytes(new Map([...files, ...exported])))]).toEqual(expect.arrayContaining([
      'bag-info.txt', 'data/against.json', 'data/audit.jsonl', 'data/case.jsonld', 'data/prov.jsonld', 'data/reliance.json', 'data/trace.jsonl', 'data/exchange/network.anx', 'data/exchange/network.ftm.json', 'data/exchange/network.gexf',
      'data/exchange/network.graphml', 'data/tables/custody.csv', 'data/tables/entities.csv', 'data/tables/tables.xlsx', 'entities.csv', 'network.anx', 'network.ftm.json', 'network.gexf', 'network.graphml', 'neo4j.json', 'ring.anx',
    ]))
    expect(said(scanForCanaries(files.get('bundle.zip') as Uint8Array, 'bundle.zip', [URDU])).length).toBeGreaterThan(0)
  }, SLOW)

  const EXPECTED: Readonly<Record<ChannelName, readonly string[]>> = {
    qpdf: ['data/exhibit.pdf', 'certificate/certificate.pdf', 'person.pdf'], pdftotext: ['data/exhibit.pdf', 'certificate/certificate.pdf', 'person.pdf'], exiftool: ['data/exhibit.pdf', 'person.pdf'],
    xmllint: ['data/exchange/network.graphml', 'data/exchange/network.gexf', 'data/exchange/network.anx', 'data/tables/tables.xlsx', 'ring.anx'], tesseract: ['data/chart.png', 'certificate/certificate.pdf', 'ring.png'],
  }
  for (const channel of CHANNELS) {
    const missing = missingChannel(channel)
    test.skipIf(missing !== null)(`${channel} gives them away${missing === null ? '' : ` (${missing})`}`, () => {
      const hits = hitsThrough(channel, new Map([...files, ...exported].filter(([path]) => EXPECTED[channel].includes(path))))
      expect([...filesHit(hits)].sort()).toEqual([...EXPECTED[channel]].sort())
      // Each script by each channel that reads what is drawn.
      if (channel !== 'exiftool') for (const canary of [VICTIM, HINDI, URDU]) expect(hits.map((hit) => hit.canary), `${channel} ${canary}`).toContain(canary)
    }, SLOW)
  }
})
