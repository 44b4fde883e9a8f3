/** The bundle of the demo case before programs of other people: each is run on it, and on something that it must refuse. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingPackage, missingProgram, python, PYTHON, pythonModule } from '@ringmap/fixtures/validators'
import { missingVeraPdf, veraPdf } from '@ringmap/fixtures/verapdf'
import { demoExhibit, type DemoExhibit } from './demo-exhibit.ts'

const SLOW = 300_000
const scratch = mkdtempSync(join(tmpdir(), 'ringmap-validators-'))
let demo: DemoExhibit
let bundle: string
const at = (path: string): string => join(bundle, path)
const PDFS = ['data/exhibit.pdf', 'certificate/certificate.pdf']

beforeAll(async () => {
  demo = await demoExhibit()
  bundle = demo.folder
}, SLOW)
afterAll(() => {
  demo.remove()
  rmSync(scratch, { recursive: true, force: true })
})

function needs(name: string, missing: string | null, run: () => void): void {
  test.skipIf(missing !== null)(missing === null ? name : `${name} (${missing})`, run, SLOW)
}

function ran(program: string, args: readonly string[], cwd = bundle): { status: number | null; out: string; said: string } {
  const run = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { status: run.status, out: run.stdout, said: run.stdout + run.stderr }
}

/** The bundle with one byte of a file changed. */
function tampered(path: string): string {
  const copy = join(scratch, `tampered-${path.replaceAll('/', '-')}`)
  cpSync(bundle, copy, { recursive: true })
  const bytes = readFileSync(join(copy, path))
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
  writeFileSync(join(copy, path), bytes)
  return copy
}

needs('bagit-python: the bag is valid; one changed byte is not', missingPackage('bagit'), () => {
  expect(pythonModule('bagit', ['--validate', bundle])).toMatchObject({ status: 0 })
  expect(pythonModule('bagit', ['--validate', tampered('data/trace.jsonl')]).status).toBe(1)
})

needs('case_validate: case.jsonld conforms to CASE; a File of no known type does not', missingPackage('case_utils'), () => {
  const validate = join(dirname(PYTHON), 'case_validate')
  expect(ran(validate, ['data/case.jsonld'])).toMatchObject({ status: 0 })
  const bad = join(scratch, 'bad.jsonld')
  writeFileSync(bad, readFileSync(at('data/case.jsonld'), 'utf8').replaceAll('"uco-observable:sizeInBytes"', '"uco-observable:sizeInByte"'))
  expect(ran(validate, [bad]).status).toBe(1)
})

needs('rdflib reads prov.jsonld as W3C PROV: one activity, which used each source of the register, was done by the signatories and the program, and generated each file of the payload', missingPackage('rdflib'), () => {
  const [used, generated, agents, activities] = JSON.parse(python(`
import sys, json, rdflib
g = rdflib.Graph().parse(sys.argv[1], format='json-ld')
P = rdflib.Namespace('http://www.w3.org/ns/prov#')
acts = sorted(set(g.subjects(rdflib.RDF.type, P.Activity)))
print(json.dumps([sorted(str(x)[11:] for x in g.objects(acts[0], P.used)), sorted(str(x)[11:] for x in g.subjects(P.wasGeneratedBy, acts[0])), len(set(g.objects(acts[0], P.wasAssociatedWith))), len(acts)]))`, [at('data/prov.jsonld')])) as [string[], string[], number, number]
  const register = [...readFileSync(at('data/tables/sources.csv'), 'utf8').matchAll(/\b[0-9a-f]{64}\b/g)].map(([hash]) => hash).sort()
  // Neither itself nor case.jsonld, which are made last.
  const payload = readFileSync(at('manifest-sha256.txt'), 'utf8').trim().split('\n').filter((line) => !line.endsWith('.jsonld')).map((line) => line.slice(0, 64))
  expect(used).toEqual(register)
  expect(generated).toEqual([...new Set(payload)].sort())
  expect([agents, activities]).toEqual([3, 1])
})

needs('ftm validate takes the FollowTheMoney file, and no file of a schema that it does not know', missingPackage('followthemoney'), () => {
  const validate = join(dirname(PYTHON), 'ftm')
  expect(ran(validate, ['validate', '-i', 'data/exchange/network.ftm.json', '-o', '/dev/null'])).toMatchObject({ status: 0 })
  const bad = join(scratch, 'bad.ftm.json')
  writeFileSync(bad, '{"id":"x","schema":"Person of interest","properties":{}}\n')
  expect(ran(validate, ['validate', '-i', bad, '-o', '/dev/null']).status).not.toBe(0)
})

needs('networkx reads as many nodes and edges from GraphML and GEXF as the tables say', missingPackage('networkx'), () => {
  const counted = JSON.parse(python(`
import sys, json, csv, networkx as nx
b = sys.argv[1]
g, x = nx.read_graphml(b + '/data/exchange/network.graphml'), nx.read_gexf(b + '/data/exchange/network.gexf')
rows = list(csv.reader(open(b + '/data/tables/entities.csv', encoding='utf-8-sig')))
matrix = list(csv.reader(open(b + '/data/tables/association-matrix.csv', encoding='utf-8-sig')))
print(json.dumps([[g.number_of_nodes(), x.number_of_nodes(), len(rows) - 1], [g.number_of_edges(), x.number_of_edges(), sum(int(r[-1]) for r in matrix[1:]) // 2]]))`, [bundle])) as [number[], number[]]
  for (const same of counted) expect(new Set(same).size, JSON.stringify(counted)).toBe(1)
  expect(counted[0][0]).toBeGreaterThan(40)
})

needs('openpyxl reads the same cells as the CSV files hold; nothing in the workbook is hidden or computed', missingPackage('openpyxl'), () => {
  expect(JSON.parse(python(`
import sys, csv, json, openpyxl
b = sys.argv[1]
w = openpyxl.load_workbook(b + '/data/tables/tables.xlsx')
wrong = []
for s in w.worksheets:
    if s.sheet_state != 'visible': wrong.append(s.title + ' is hidden')
    rows = list(csv.reader(open(b + '/data/tables/' + s.title + '.csv', encoding='utf-8-sig')))
    cells = [['' if c.value is None else str(c.value) for c in r] for r in s.iter_rows()]
    if [len(r) for r in cells] != [len(r) for r in rows]: wrong.append(s.title + ' has other rows')
    wrong += [s.title + ' ' + c.coordinate for r in s.iter_rows() for c in r if c.data_type == 'f' or c.comment]
    wrong += [s.title + ': ' + a + ' is not ' + d for r, q in zip(cells, rows) for a, d in zip(r, q) if a != d]
if len(w.defined_names): wrong.append('defined names')
print(json.dumps([len(w.worksheets), wrong[:5]]))`, [bundle]))).toEqual([9, []])
})

needs('anxwritter: the ANX holds as many items, cards and line styles of the kinds that its writer makes', missingPackage('anxwritter'), () => {
  // It writes and does not read: its own file of the same entities and links is what ours is held against.
  const [theirs, ours] = JSON.parse(python(`
import sys, json, xml.etree.ElementTree as E, networkx as nx
from anxwritter import ANXChart
g = nx.read_graphml(sys.argv[1] + '/data/exchange/network.graphml')
c = ANXChart.from_dict({'strengths': {'items': [{'name': 'Confirmed', 'dot_style': 'solid'}, {'name': 'Unconfirmed', 'dot_style': 'dashed'}, {'name': 'Tentative', 'dot_style': 'dotted'}]},
 'entities': {'icons': [{'id': n, 'type': d['kind'], 'label': d.get('label', n)} for n, d in g.nodes(data=True)]},
 'links': [{'from_id': a, 'to_id': b, 'type': d['kind'], 'label': d['kind'], 'arrow': '->', 'strength': d['strength'].capitalize()} for a, b, d in g.edges(data=True)]})
def counts(root):
    kinds = {}
    for i in root.iter('ChartItem'):
        k = [e.tag for e in i if e.tag in ('End', 'Link')]
        kinds[k[0]] = kinds.get(k[0], 0) + 1
    return {'items': kinds, 'identities': sorted(e.get('Identity') for e in root.iter('Entity')), 'strengths': sorted(set(e.get('Strength') for e in root.iter('LinkStyle')))}
print(json.dumps([counts(E.fromstring(c.to_xml().encode())), counts(E.parse(sys.argv[1] + '/data/exchange/network.anx').getroot())]))`, [bundle])) as [object, object]
  expect(ours).toEqual(theirs)
})

needs('veraPDF: exhibit and certificate are PDF/A-2b; a plain PDF is not', missingVeraPdf(), () => {
  // The same file, which says of itself that it is something else.
  const plain = join(scratch, 'plain.pdf')
  writeFileSync(plain, readFileSync(at('data/exhibit.pdf'), 'latin1').replace('<pdfaid:conformance>B', '<pdfaid:conformance>Z'), 'latin1')
  expect(veraPdf([...PDFS.map(at), plain]).lines.map((line) => line.split(' ')[0])).toEqual(['PASS', 'PASS', 'FAIL'])
})

needs('qpdf: no error, no script, no attachment, written once', missingProgram('qpdf'), () => {
  for (const path of PDFS) {
    expect(ran('qpdf', ['--check', path]), path).toMatchObject({ status: 0 })
    expect(ran('qpdf', ['--json=2', path]).out).not.toMatch(/\/(?:JavaScript|JS|EmbeddedFiles|Launch|OpenAction)\b/)
    expect(readFileSync(at(path), 'latin1').split('%%EOF').length - 1, path).toBe(1)
  }
})

needs('poppler: every font is in the file, pages are A4 or A3, the cover says what it must', missingProgram('pdftotext'), () => {
  for (const path of PDFS) for (const line of ran('pdffonts', [path]).out.trim().split('\n').slice(2)) expect(line).toMatch(/ yes +yes +yes /)
  const sizes = [...ran('pdfinfo', ['-l', '99', 'data/exhibit.pdf']).out.matchAll(/size: +([\d.]+) x ([\d.]+)/g)].map(([, a, b]) => [Number(a), Number(b)].sort((x, y) => x - y).map(Math.round).join(' x '))
  expect(new Set(sizes)).toEqual(new Set(['595 x 842', '842 x 1191']))
  const cover = ran('pdftotext', ['-l', '1', '-layout', 'data/exhibit.pdf', '-']).out
  for (const said of ['FIR 16/2023', 'P-4', 'Crime Branch (invented)', 'Summary of records', 'court-open', 'Masked version', 'Data window', '2026-11-24T04:30:00', 'Asha Verma, SI, analysis cell', 'Bano Qureshi, DySP', 'OFFICIAL', 'page 1/', 'Not yet provable']) expect(cover).toContain(said)
})

needs('exiftool: no date but the as-of time, no name but the analyst; the picture says nothing of its making', missingProgram('exiftool'), () => {
  for (const path of PDFS) {
    const dates = [...ran('exiftool', ['-a', '-G1', '-s', '--System:all', path]).out.matchAll(/Date +: (.*)/g)].map(([, value]) => value)
    expect(new Set(dates)).toEqual(new Set(['2026:11:24 04:30:00Z']))
  }
  const groups = ran('exiftool', ['-a', '-G1', '-s', '--System:all', 'data/chart.png']).out.matchAll(/^\[(.*?)\]/gm)
  expect(new Set(Array.from(groups, ([, group]) => group))).toEqual(new Set(['ExifTool', 'File', 'PNG', 'Composite']))
})

needs('minisign: both signatures hold, and not over a changed list nor under the other key', missingProgram('minisign'), () => {
  const verify = (role: string, key: string, file = 'tagmanifest-sha256.txt'): number | null => ran('minisign', ['-Vm', file, '-x', `tagmanifest-sha256.txt.${role}.minisig`, '-p', `keys/${key}.pub`]).status
  expect([verify('analyst', 'analyst'), verify('reviewer', 'reviewer'), verify('analyst', 'reviewer'), verify('analyst', 'analyst', 'manifest-sha256.txt')]).toEqual([0, 0, 1, 1])
})

needs('openssl: a time-stamping authority answers the request, and its token verifies', missingProgram('openssl'), () => {
  const ssl = (...args: string[]): { status: number | null; said: string } => ran('openssl', args, scratch)
  writeFileSync(join(scratch, 'tsa.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n[ext]\nextendedKeyUsage=critical,timeStamping\n[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n')
  writeFileSync(join(scratch, 'serial'), '01\n')
  expect(ssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.pem', '-subj', '/CN=Test authority', '-days', '2', '-config', 'tsa.cnf', '-extensions', 'ext').status).toBe(0)
  expect(ssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', at('timestamp.tsq'), '-signer', 'tsa.pem', '-inkey', 'tsa.key', '-out', 'timestamp.tsr')).toMatchObject({ status: 0 })
  expect(ssl('ts', '-verify', '-data', at('tagmanifest-sha256.txt'), '-in', 'timestamp.tsr', '-CAfile', 'tsa.pem').said).toContain('Verification: OK')
  expect(ssl('ts', '-verify', '-data', at('manifest-sha256.txt'), '-in', 'timestamp.tsr', '-CAfile', 'tsa.pem').said).not.toContain('Verification: OK')
})

needs('xmllint: every XML file is well formed', missingProgram('xmllint'), () => {
  for (const path of ['data/chart.svg', 'data/exchange/network.graphml', 'data/exchange/network.gexf', 'data/exchange/network.anx']) expect(ran('xmllint', ['--noout', '--nonet', '--huge', path]), path).toEqual({ status: 0, out: '', said: '' })
})

needs('a stranger with VERIFY.txt, without Node: every command of it holds, and one changed byte breaks one', missingProgram('minisign'), () => {
  const commands = readFileSync(at('VERIFY.txt'), 'utf8').split('\n').filter((line) => /^ {5}\S/.test(line) && !line.includes('timestamp.tsr')).map((line) => line.trim())
  expect(commands.length).toBe(7)
  const statuses = (folder: string): number[] => commands.map((command) => spawnSync('/bin/sh', ['-c', command], { cwd: folder, env: { PATH: '/usr/bin:/bin' } }).status ?? -1)
  expect(statuses(bundle)).toEqual(commands.map(() => 0))
  for (const path of ['data/exhibit.pdf', 'manifest-sha256.txt', 'tagmanifest-sha256.txt.analyst.minisig', 'keys/reviewer.pem']) expect(Math.max(...statuses(tampered(path)).map(Math.abs)), path).toBeGreaterThan(0)
})

needs('thirty lines of Python find every row of the trace in the sources and hash it alike', missingPackage('csv'), () => {
  const [checked, keyed, wrong] = JSON.parse(python(`
import sys, json, csv, hashlib, io
bundle, case = sys.argv[1], sys.argv[2]
files, checked, keyed, wrong = {}, 0, 0, []
for line in open(bundle + '/data/trace.jsonl', encoding='utf-8'):
    t = json.loads(line)
    if t['row_sha256'] is None:
        keyed += 1
        continue
    if t['file'] not in files:
        raw = open(case + '/' + t['file'], 'rb').read()
        for name in ('utf-8-sig', 'cp1252'):
            try: text = raw.decode('utf-16' if raw[:2] in (b'\\xff\\xfe', b'\\xfe\\xff') else name); break
            except UnicodeDecodeError: pass
        lines = text.splitlines()
        sep = max(',;\\t|', key=lambda s: lines[len(lines) // 2].count(s))
        files[t['file']] = list(csv.reader(io.StringIO(text, newline=''), delimiter=sep))
    row = files[t['file']][t['row'] - 1]
    if hashlib.sha256('\\x1f'.join(row).encode()).hexdigest() != t['row_sha256']: wrong.append([t['file'], t['row']])
    checked += 1
print(json.dumps([checked, keyed, wrong[:3]]))`, [bundle, demo.case_folder])) as [number, number, unknown[]]
  expect(wrong).toEqual([])
  expect(checked).toBeGreaterThan(500)
  expect(keyed).toBeGreaterThanOrEqual(0)
})

needs('the register: sha256sum finds every original as it was received, each is in exactly one list, and times are told in UTC and local', missingPackage('csv'), () => {
  const answer = JSON.parse(python(`
import sys, json, csv, re
b = sys.argv[1]
rows = list(csv.DictReader(open(b + '/data/tables/sources.csv', encoding='utf-8-sig')))
lists = json.load(open(b + '/data/reliance.json'))
times = [r['time (UTC)'] + ' | ' + r['time (local)'] for r in csv.DictReader(open(b + '/data/tables/events.csv', encoding='utf-8-sig')) if r['time (UTC)']]
print(json.dumps([''.join(r['SHA-256'] + '  ' + r['file'] + chr(10) for r in rows), sorted(r['source'] for r in rows), sorted(x['name'] for l in lists.values() for x in l),
  [t for t in times if not re.fullmatch(r'\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z \\| \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d Asia/Kolkata|\\d{4}-\\d\\d \\| \\d{4}-\\d\\d', t)][:3], len(times)]))`, [bundle])) as [string, string[], string[], string[], number]
  writeFileSync(join(scratch, 'register.txt'), answer[0])
  expect(ran('sha256sum', ['-c', '--strict', '--quiet', join(scratch, 'register.txt')], demo.case_folder)).toMatchObject({ status: 0 })
  expect(answer[2]).toEqual(answer[1])
  expect(answer[3]).toEqual([])
  expect(answer[4]).toBeGreaterThan(100)
})

needs('one source that carries the order is named on the cover', missingProgram('pdftotext'), () => {
  expect(ran('pdftotext', ['-l', '1', 'data/exhibit.pdf', '-']).out.replaceAll(/\s+/g, ' ')).toMatch(/The source \w+ carries part of the order: without it .+ \(place \d+ of \d+\) would stand in place \d+/)
})

test('the certificate stands outside the payload, and no annexe and no private key inside the bag', () => {
  expect(existsSync(at('certificate/certificate.pdf'))).toBe(true)
  const listed = readFileSync(at('manifest-sha256.txt'), 'utf8') + readFileSync(at('tagmanifest-sha256.txt'), 'utf8')
  expect(listed).not.toMatch(/annexe|\.key|private/i)
  for (const path of listed.trim().split('\n').map((line) => line.slice(66))) expect(readFileSync(at(path), 'latin1'), path).not.toContain('PRIVATE KEY')
})
