import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { anx, anxBytes } from '../src/anx.ts'
import { collected, graphOfChart, type ExportGraph, type ExportLink, type Statement } from '../src/export-graph.ts'
import { ftm } from '../src/ftm.ts'
import { hostileGraph, HOSTILE_REPLACED } from './hostile-graph.ts'
import { missingPackage, python } from '@ringmap/fixtures/validators'
import { sampleChart } from '@ringmap/fixtures/sample-chart'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-exchange-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const statement = (more: Partial<Statement>): Statement => ({ source: 'calls', file: 'calls.csv', sha256: 'ab'.repeat(32), grade: 'A1', count: 2, first_ms: Date.UTC(2024, 0, 3, 5), last_ms: Date.UTC(2024, 0, 4, 5), rows: [3, 9], rows_of: 2, ...more })
const person = { kind: 'Person', roles: [], masked: false, rank: null, ring: null } as const
const line: ExportLink = { id: 'L-1', kind: 'associate_of', label: 'associate of', source: 'P-1', target: 'P-2', directed: false, count: 1, first_ms: null, last_ms: null, amount: null, currency: null, strength: 'unconfirmed', criminal: false }
const SMALL: ExportGraph = {
  name: 'Small', entities: [{ ...person, id: 'P-1', label: 'Tarvesh Koldun' }, { ...person, id: 'P-2', label: 'Dovik Semwan' }, { ...person, id: 'BA-1', kind: 'BankAccount', label: '1234567890' }, { ...person, id: 'BA-2', kind: 'BankAccount', label: '9876543210' }, { ...person, id: 'PH-1', kind: 'Phone', label: '+919419000001' }],
  links: [
    { ...line, id: 'L-1', kind: 'owns', label: 'owns', target: 'BA-1', directed: true, strength: 'confirmed', statements: [statement({})] },
    { ...line, id: 'L-2', kind: 'paid', label: 'paid', source: 'BA-1', target: 'BA-2', directed: true, amount: '-1205', currency: 'INR', strength: 'tentative', statements: [statement({ grade: '2B P', rows_of: 12 }), statement({ grade: null, source: 'bank', file: 'bank.csv', sha256: 'cd'.repeat(32) })] },
    { ...line, id: 'L-3', kind: 'called', label: 'called', source: 'PH-1', target: 'P-2', directed: true, count: 4, duration_s: 61, first_ms: Date.UTC(2024, 0, 3, 5), last_ms: Date.UTC(2024, 0, 9, 5) },
    { ...line, id: 'L-4' },
  ],
}

function anxText(graph: ExportGraph, local?: (at_ms: number) => number): string {
  return collected(anx(graph, local === undefined ? {} : { local })).text
}

describe('ANX', () => {
  test('strengths draw solid, dashed and dotted; an ungraded line is unconfirmed, and every line names its own', () => {
    const text = anxText(SMALL)
    for (const [name, dots] of [['Confirmed', 'Solid'], ['Unconfirmed', 'Dashed'], ['Tentative', 'Dotted']]) expect(text).toContain(`Name="${name}" DotStyle="DotStyle${dots}"`)
    const strength = (id: string): string | undefined => new RegExp(`<ChartItem Id="I-${id}".*?<LinkStyle Strength="(\\w+)"`).exec(text)?.[1]
    expect([strength('L-1'), strength('L-2'), strength('L-4')]).toEqual(['Confirmed', 'Tentative', 'Unconfirmed'])
  })

  test('a card for each statement: source, rows, date and grade; grades that differ are not made one', () => {
    const item = /<ChartItem Id="I-L-2".*?<\/ChartItem>/.exec(anxText(SMALL))?.[0] ?? ''
    const cards = [...item.matchAll(/<Card (.*?)\/>/g)].map(([, attributes]) => attributes ?? '')
    expect(cards).toHaveLength(2)
    expect(cards[0]).toContain('SourceReference="calls.csv rows 3, 9 and 10 more" SourceType="calls"')
    expect(cards[0]).toContain('DateSet="true" TimeSet="true" DateTime="2024-01-03T05:00:00.000"')
    // Places in the lists: 3x5x2 source 2, information B, handling P.
    expect(cards[0]).toContain('GradeOneIndex="8" GradeTwoIndex="8" GradeThreeIndex="1"')
    expect(cards[1]).toContain('GradeOneIndex="0" GradeTwoIndex="0" GradeThreeIndex="0"')
    expect(item).toMatch(/^<ChartItem [^>]*GradeOneIndex="0" GradeTwoIndex="0"/)
  })

  test('moments stand on the clock that is given', () => {
    expect(anxText(SMALL, (at) => at + 19_800_000)).toContain('DateTime="2024-01-03T10:30:00.000"')
  })

  test('the order of input changes nothing, and what XML cannot hold is replaced and counted', () => {
    const graph = hostileGraph()
    expect(anxText({ ...graph, entities: [...graph.entities].reverse(), links: [...graph.links].reverse() })).toBe(anxText(graph))
    // Link labels are those of their kind or of the entities, as in the other formats.
    const onLinks = graph.links.reduce((sum, { label }) => sum + (label.match(/[\0-\b\v\f\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g)?.length ?? 0), 0) // oxlint-disable-line no-control-regex
    expect(collected(anx(graph)).result.replaced).toBe(HOSTILE_REPLACED + onLinks)
  })

  const xmllint = spawnSync('xmllint', ['--version']).status === 0
  test.skipIf(!xmllint)('xmllint reads the bytes: UTF-16, whole, with every entity and link of a hostile network', () => {
    const file = join(folder, 'hostile.anx')
    const graph = hostileGraph()
    writeFileSync(file, Buffer.concat([...anxBytes(anx(graph))]))
    const count = (path: string): string => {
      const run = spawnSync('xmllint', ['--xpath', `count(${path})`, file], { encoding: 'utf8' })
      expect(run.stderr).toBe('')
      return run.stdout.trim()
    }
    expect(count('//Entity')).toBe(String(graph.entities.length))
    expect(count('//Link')).toBe(String(graph.links.length))
    // Ends are numbers of entities that are there.
    expect(count('//Link[not(@End1Id = //Entity/@EntityId) or not(@End2Id = //Entity/@EntityId)]')).toBe('0')
  })

  const missing = missingPackage('anxwritter')
  test.skipIf(missing !== null)(`elements and attributes are those that anxwritter writes${missing === null ? '' : ` (${missing})`}`, () => {
    const theirs = python(`
from anxwritter import ANXChart
import xml.etree.ElementTree as E
card = {'summary': 's', 'description': 'd', 'grade_one': 'A', 'grade_two': 'A', 'grade_three': 'A', 'source_type': 'calls', 'source_ref': 'r', 'date': '2024-01-01', 'time': '10:00:00'}
g = {'items': ['-', 'A']}
c = ANXChart.from_dict({'grades_one': g, 'grades_two': g, 'grades_three': g, 'source_types': ['calls'], 'strengths': {'items': [{'name': 'Confirmed', 'dot_style': 'solid'}]},
 'entity_types': [{'name': 'Person', 'color': 255}], 'link_types': [{'name': 'called'}], 'attribute_classes': [{'name': 'n', 'type': 'Number'}, {'name': 't', 'type': 'Text'}],
 'entities': {'icons': [{'id': 'P', 'type': 'Person', 'label': 'x', 'grade_one': 'A', 'grade_two': 'A', 'grade_three': 'A', 'source_type': 'calls', 'source_ref': 'r', 'attributes': {'n': 1, 't': 'x'}, 'cards': [card]}, {'id': 'Q', 'type': 'Person', 'label': 'y', 'cards': [card]}]},
 'links': [{'from_id': 'P', 'to_id': 'Q', 'type': 'called', 'label': 'l', 'arrow': '->', 'strength': 'Confirmed', 'date': '2024-01-01', 'time': '10:00:00', 'source_ref': 'r', 'source_type': 'calls', 'cards': [card]}]})
root = E.fromstring(c.to_xml().encode())
out = set()
def walk(e, path):
    out.add(path + '/' + e.tag)
    for a in e.attrib: out.add(path + '/' + e.tag + '@' + a)
    for x in e: walk(x, path + '/' + e.tag)
walk(root, '')
print('\\n'.join(sorted(out)))`).trim().split('\n')
    const file = join(folder, 'small.anx')
    writeFileSync(file, Buffer.concat([...anxBytes(anx({ ...SMALL, entities: SMALL.entities.map((entity) => ({ ...entity, ring: 'ring-1', statements: [statement({})] })) }))]))
    const ours = python(`
import sys, xml.etree.ElementTree as E
out = set()
def walk(e, path):
    out.add(path + '/' + e.tag)
    for a in e.attrib: out.add(path + '/' + e.tag + '@' + a)
    for x in e: walk(x, path + '/' + e.tag)
walk(E.parse(sys.argv[1]).getroot(), '')
print('\\n'.join(sorted(out)))`, [file]).trim().split('\n')
    // What we write beside it: a reference from a line to its strength, by id; it names an element of the file.
    expect(ours.filter((path) => !theirs.includes(path))).toEqual(['/Chart/ChartItemCollection/ChartItem/Link/LinkStyle@StrengthReference'])
  })
})

describe('FollowTheMoney', () => {
  const lines = (graph: ExportGraph): { id: string; schema: string; properties: Record<string, string[]> }[] => collected(ftm(graph)).text.trim().split('\n').map((one) => JSON.parse(one) as never)

  test('a payment between accounts has parties: known holders, or one who stands for an unknown holder', () => {
    const paid = lines(SMALL).find(({ id }) => id === 'L-2')
    expect(paid).toMatchObject({ schema: 'Payment', properties: { payer: ['P-1'], payerAccount: ['BA-1'], beneficiary: ['holder-of-BA-2'], beneficiaryAccount: ['BA-2'], amount: ['-12.05'], currency: ['INR'] } })
    expect(collected(ftm(SMALL)).result).toEqual({ plain_links: 0, unknown_holders: 1 })
  })

  test('calls, proof and source rows', () => {
    expect(lines(SMALL).find(({ id }) => id === 'L-3')).toMatchObject({ schema: 'Call', properties: { callerNumber: ['+919419000001'], receiver: ['P-2'], duration: ['61'], startDate: ['2024-01-03T05:00:00'] } })
    const owns = lines(SMALL).find(({ id }) => id === 'L-1')
    expect(owns).toMatchObject({ schema: 'Ownership', properties: { proof: [`source-${'ab'.repeat(8)}`], recordId: ['calls.csv rows 3, 9'] } })
    expect(lines(SMALL).find(({ id }) => id === `source-${'ab'.repeat(8)}`)?.properties['summary']).toEqual([`SHA-256 ${'ab'.repeat(32)}`])
  })

  test('the order of input changes nothing', () => {
    const graph = graphOfChart(sampleChart(40))
    expect(collected(ftm({ ...graph, entities: [...graph.entities].reverse(), links: [...graph.links].reverse() })).text).toBe(collected(ftm(graph)).text)
  })

  const missing = missingPackage('followthemoney')
  test.skipIf(missing !== null)(`followthemoney takes every line with all that its model requires, and would not take a wrong one${missing === null ? '' : ` (${missing})`}`, () => {
    const file = join(folder, 'sample.ftm.json')
    writeFileSync(file, [graphOfChart(sampleChart(60)), SMALL, hostileGraph()].map((graph) => collected(ftm(graph)).text).join('') + `${JSON.stringify({ id: 'no parties', schema: 'Payment', properties: { amount: ['1'] } })}\n${JSON.stringify({ id: 'no number', schema: 'Call', properties: { callerNumber: ['Ravi'] } })}\n`)
    const refused = JSON.parse(python(`
import sys, json
from followthemoney import model
from followthemoney.exc import InvalidData
bad = []
for line in open(sys.argv[1], encoding='utf-8'):
    data = json.loads(line)
    try:
        entity = model.get_proxy(data)
        model.get(data['schema']).validate(data)
        for name in entity.schema.required:
            if not data['properties'].get(name): bad.append([data['id'], 'lacks ' + name])
        for name, values in data['properties'].items():
            if name not in entity.schema.properties: bad.append([data['id'], name])
            elif len(entity.get(name)) != len(set(values)): bad.append([data['id'], name, values])
    except InvalidData as error:
        bad.append([data['id'], str(error.errors)])
print(json.dumps(bad))`, [file])) as [string, string][]
    expect([...new Set(refused.map(([id]) => id))]).toEqual(['no parties', 'no number'])
  })
})
