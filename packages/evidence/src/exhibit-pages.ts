/** The printed exhibit: cover, chart, tables, register, custody, method, what speaks against, what was relied on. */
import type { Chart } from '@ringmap/model/chart'
import { smallestWord } from '@ringmap/drawing/paper-scene'
import { chartSvg } from './chart-svg.ts'
import { money as amountText } from './chart-words.ts'
import { tiledChart } from './chart-tiles.ts'
import { bundleId, FIXED_SENTENCE, MODE_WORDS, type ExhibitInput } from './exhibit-model.ts'
import type { Table } from './exhibit-tables.ts'
import { isoTime } from './iso-time.ts'
import { carriedAlone, lineSupport } from './line-support.ts'
import { accuracyWords } from './measured-accuracy.ts'
import { A3_DRAWING, pdf, type Pdf } from './pdf-pages.ts'

/** More rows than this are in the CSV and XLSX files only; the page says so. */
const ROWS_PRINTED = 40
/** More entities than this need a larger sheet to stay readable. */
const MOST_ON_A4 = 45

export function exhibitSvg(input: ExhibitInput): string {
  const large = input.chart.entities.length > MOST_ON_A4
  const unproved = new Set(lineSupport(input).filter((one) => one.unproved).map(({ link }) => link))
  return chartSvg({ ...input.chart, links: input.chart.links.map((link) => (unproved.has(link.id) ? { ...link, unproved: true } : link)) }, {
    caseName: input.case_name, reference: `${input.settings.exhibit_number === '' ? 'No exhibit number' : `Exhibit ${input.settings.exhibit_number}`} · ${input.settings.case_number}`,
    dataHash: input.data_sha256, version: input.version, timezone: input.timezone, maskedStatement: input.masked_statement, ...(large ? {} : { width: 1300, height: 900 }),
  })
}

export async function exhibitPdf(input: ExhibitInput, svg: string, tables: readonly Table[]): Promise<Uint8Array> {
  const { settings } = input
  const out = pdf({
    title: `Exhibit ${settings.exhibit_number}: ${input.chart.title}`, subject: MODE_WORDS[input.mode], author: input.analyst.name, at_ms: input.as_of_ms,
    foot: `${settings.handling === '' ? '' : `${settings.handling} · `}Exhibit ${settings.exhibit_number} · ${settings.case_number} · ${input.profile} · as of ${isoTime(input.as_of_ms)} · audit head ${input.audit.head.sha256.slice(0, 16)}. ${FIXED_SENTENCE}`,
  })
  cover(out, input)
  chartSheets(out, input, svg)
  out.page('A4', 'landscape')
  for (const table of tables) {
    printed(out, table)
    if (table.name === 'coverage') for (const one of input.unheard) out.text(one)
  }
  out.page('A4')
  method(out, input)
  against(out, input)
  reliance(out, input)
  statement(out, input)
  return await out.done()
}

/** On one sheet, or on an index sheet and as many sheets as its words need to be read. */
function chartSheets(out: Pdf, input: ExhibitInput, svg: string): void {
  const large = input.chart.entities.length > MOST_ON_A4
  const tiled = large ? tiledChart(svg, A3_DRAWING, smallestWord(input.chart.entities.length)) : null
  out.page(large ? 'A3' : 'A4', 'landscape')
  out.drawing(tiled?.index ?? svg, chartWords(input.chart))
  for (const { name, svg: part } of tiled?.tiles ?? []) {
    out.page('A3', 'landscape')
    out.text(`Sheet ${name} of the chart: its place is on the index sheet. Neighbouring sheets overlap.`, 8)
    out.drawing(part, [`Sheet ${name}`])
  }
}

function cover(out: Pdf, input: ExhibitInput): void {
  const { settings, analyst, reviewer } = input
  out.page('A4')
  out.heading(input.chart.title)
  out.text(input.chart.subtitle, 11)
  out.gap(8)
  const times = input.chart.links.flatMap(({ first_ms, last_ms }) => [first_ms, last_ms]).filter((at) => at !== null)
  const window = times.length === 0 ? 'no dated link' : `${isoTime(Math.min(...times))} to ${isoTime(Math.max(...times))} (UTC)`
  const person = (one: { name: string; post: string; training: string } | null): string => (one === null ? 'none' : [one.name, one.post, one.training].filter((part) => part !== '').join(', '))
  out.table(['', ''], [
    ['Case', input.case_name], ['FIR or case number', settings.case_number], ['Exhibit number', settings.exhibit_number], ['Agency', settings.agency], ['Bundle', bundleId(input)],
    ['Mode', MODE_WORDS[input.mode]], ['Profile', input.profile], ['Masking', input.masked_statement], ['Data window', window], ['As of', `${isoTime(input.as_of_ms)}${input.left_out.length === 0 ? '' : `. What was known later was left out, ${leftOut(input)}, and the findings were made anew as of this time. Who is protected today is protected here too.`}`], ['Time zone of local times', input.timezone], ['Persons joined', joinedWords(input)],
    ['Analyst', person(analyst)], ['Reviewer', person(reviewer)], ['Remarks of the reviewer', input.review_remarks], ['Handling', settings.handling],
    ['Shown', `${input.chart.shown.entities} of ${input.chart.shown.entities_of} entities, ${input.chart.shown.links} of ${input.chart.shown.links_of} links. ${input.chart.shown.why}`],
    ['Audit trail', `${input.audit.head.lines} ${input.audit.head.lines === 1 ? 'line' : 'lines'}, head SHA-256 ${input.audit.head.sha256}`], ['Time', 'As claimed by this computer, unless a time-stamp token stands beside the bundle'], ['Made with', `ringmap ${input.version}`],
  ], [1, 3])
  out.subheading('Read this first')
  out.text(FIXED_SENTENCE)
  out.text('Contact is not conspiracy, a number is not a person, and a cell is not a place. Roles are those recorded in the sources.')
  for (const one of input.cautions) out.text(one)
  for (const one of input.leans_on) out.text(one)
  const both = input.chart.entities.filter(({ roles }) => roles.includes('victim') && (roles.includes('suspect') || roles.includes('accused')))
  if (both.length > 0) out.text(`Recorded both as exploited and as suspect or accused: ${both.map(({ label }) => label).join(', ')}. Whoever was made to commit an offence by being exploited is not to be punished for it (principle of non-punishment); both records stand here.`)
  const support = lineSupport(input)
  const unproved = input.sources.filter(({ links, certificate }) => links > 0 && certificate === 'missing')
  if (unproved.length > 0) out.text(`Not yet provable: no certificate is recorded for ${unproved.map(({ name }) => name).join(', ')}. ${support.filter((one) => one.unproved).length} of ${support.length} links rest on such sources alone; they bear an open triangle, and tables/support.csv lists them.`)
  for (const { name, handling, conditions, links } of input.sources) if (links > 0 && conditions !== '') out.text(`Conditions of source ${name} (${handling}): ${conditions}`)
  const overdue = input.sources.filter(({ review }) => review !== '' && review < isoTime(input.as_of_ms).slice(0, review.length))
  if (overdue.length > 0) out.text(`Review of keeping is overdue for: ${overdue.map(({ name, review, hold }) => `${name} (${review}${hold === '' ? '' : `, held: ${hold}`})`).join(', ')}.`)
  if (input.profile === 'ngo' && input.masking.on_chart > 0) out.text(`Consent to this referral is recorded for ${input.settings.consents.filter(({ withdrawn }) => withdrawn === '').length} protected persons of the case.`)
  const { smallest, alone } = input.masking.crowd
  if (alone !== 0) out.text(`Small group: ${alone} of the protected persons and things on the chart ${alone === 1 ? 'is' : 'are'} not one of ${smallest} that look alike in kind, number of links, months and places. Their identity may be inferred by someone who knows the case. Handle accordingly.`)
}

function joinedWords({ joined_from: bits, chart }: ExhibitInput): string {
  const doubtful = chart.links.filter(({ kind }) => kind === 'same_as_possible').length
  const rule = bits === null ? 'Records are joined by equal documents or by the word of a person.' : `Records are joined by equal documents, by the word of a person, or by a comparison that weighs ${bits} bits or more (odds of ${(2 ** bits).toLocaleString('en')} to 1 by the model). What weighs less is not joined.`
  return `${rule} ${doubtful === 0 ? 'Nobody on this chart is possibly the same as another.' : `${doubtful} ${doubtful === 1 ? 'line says' : 'lines say'} "possibly the same": nobody has decided.`}`
}

/** `12 rows of calls (dated later), 2 decisions about persons`. */
function leftOut({ left_out: list }: ExhibitInput): string {
  return list.map(({ source, rows, why }) => (why === 'decided later' ? `${rows} ${rows === 1 ? 'decision' : 'decisions'} about persons` : `${rows} ${rows === 1 ? 'row' : 'rows'} of ${source} (${why})`)).join(', ')
}

function printed(out: Pdf, table: Table): void {
  if (table.name === 'association-matrix') {
    out.heading(table.title)
    out.text(`${table.rows.length} by ${table.rows.length}: in tables/association-matrix.csv and in tables/tables.xlsx.`)
    return
  }
  out.heading(table.title)
  // Wide tables keep on paper what a reader needs; the files have every column.
  const columns = table.header.map((_, i) => i).filter((i) => !(table.header.includes(MINOR) && table.header[i] === 'currency')).filter((i) => table.name === 'coverage' || !PAPERLESS.has(table.header[i] as string))
  out.table(columns.map((i) => (table.header[i] === MINOR ? 'amount' : (table.header[i] as string))), table.rows.slice(0, ROWS_PRINTED).map((row) => columns.map((i) => (table.header[i] === MINOR ? money(row[i] ?? null, row[table.header.indexOf('currency')] ?? null) : String(row[i] ?? '')))), columns.map((i) => WIDE[table.header[i] as string] ?? 1))
  if (table.rows.length > ROWS_PRINTED) out.text(`${ROWS_PRINTED} of ${table.rows.length} rows printed; tables/${table.name}.csv and tables/tables.xlsx have all.`)
}

/** Files carry amounts in paise or cents, so that no digit is lost; paper says them as people do. */
const MINOR = 'amount (smallest unit)'

function money(amount: string | number | null, currency: string | number | null): string {
  return amount === null || amount === '' ? '' : amountText(String(amount), currency === null ? null : String(currency))
}

const PAPERLESS: ReadonlySet<string> = new Set(['link', 'bytes', 'rejected', 'received by', 'period asked', 'period received', 'certificate reference', 'authority', 'review', 'hold', 'conditions', 'memo or SID', 'received at', 'order', 'order until', 'expires'])
const WIDE: Readonly<Record<string, number>> = { 'label': 2, 'SHA-256': 2.4, 'time (UTC)': 1.7, 'time (local)': 1.9, 'from': 1.8, 'to': 1.8, 'times': 0.6, 'seconds': 0.7, 'row': 0.6, 'grade': 0.6, 'currency': 0.8, 'gap': 2, 'attributed to': 2, 'number or identity': 1.6, 'file': 1.4, 'what': 1.3, 'which': 4, 'first (UTC)': 1.8, 'last (UTC)': 1.8, 'on the basis of': 2, 'silent days': 0.7, 'masked': 0.7, 'rows': 0.6, 'id': 1.3 }

function method(out: Pdf, input: ExhibitInput): void {
  out.heading('Method')
  out.text('Rows of the sources are read as they are, brought to canonical forms, joined into entities on identifiers that mean one and the same person or thing, and drawn. Each drawn line leads to its rows in trace.jsonl. No step uses the clock or unseeded chance: the same sources and settings give the same bytes.')
  const lines = input.method['lines']
  if (typeof lines === 'string') out.text(lines)
  if (input.order.length > 0) {
    out.subheading('Order by position in the network')
    out.text('The order says who stands between others in what was recorded (current-flow betweenness). It is no measure of responsibility. The interval is that of the place when ties are left out and added at random.')
    out.table(['place', 'label', 'of', 'interval of the place', 'reasons'], input.order.map((one) => [String(one.rank), one.label, String(one.of), one.interval.copies === 0 ? 'not computed' : `${one.interval.low} to ${one.interval.high}`, one.because.map(({ text }) => text).join('; ')]), [0.6, 1.6, 0.5, 1, 4])
  }
  out.subheading('Measured errors of order and joining')
  for (const one of accuracyWords(input.accuracy, (input.method['made_with'] as { readonly sources_sha256?: string } | undefined)?.sources_sha256 ?? '')) out.text(one)
  out.subheading('Words of likelihood')
  out.text('Nothing printed here is a judgement of likelihood; shares and intervals are counted. Whoever adds a judgement uses these words alone, with the confidence (high, moderate, low) beside them, and no bare percentages.')
  out.table(['word', 'range in per cent'], LIKELIHOOD, [1, 3])
  out.subheading('Settings')
  out.table(['name', 'value'], Object.entries(input.method).flatMap(([name, value]): [string, unknown][] => (name === 'lines' ? [] : name === 'made_with' ? Object.entries(value as object).map(([part, said]) => [`made with: ${part === 'ringmap' ? 'version' : part}`, said ?? 'not known here']) : [[name, value]])).map(([name, value]) => [name.replaceAll('_', ' '), settingText(value)]), [1, 3])
}

/** `hub limit 12; event limit 30`, one below another where values are hashes. */
function settingText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(settingText).join('; ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value).map(([name, inner]) => `${name.replaceAll('_', ' ')} ${settingText(inner)}`).join('; ')
}

/** Yardstick of the Professional Head of Intelligence Assessment. */
const LIKELIHOOD: readonly (readonly string[])[] = [['remote chance', '0 to 5'], ['highly unlikely', '10 to 20'], ['unlikely', '25 to 35'], ['realistic possibility', '40 to 50'], ['likely', '55 to 75'], ['highly likely', '80 to 90'], ['almost certain', '95 to 100']]

function against(out: Pdf, input: ExhibitInput): void {
  const { facts, alternatives, unknowns, none_found: none } = input.settings.against
  out.heading('What speaks against the theory')
  if (input.profile === 'ngo' || input.profile === 'public') {
    out.text('Left out in this profile, with all that people wrote for the court. It is part of the exhibit for court and for the accused.')
    return
  }
  if (none !== '') out.text(`None found. Looked for: ${none}`)
  for (const [title, list] of [['Facts', facts], ['Other explanations', alternatives], ['Open questions, enquiries not made, data refused', unknowns]] as const) {
    out.subheading(title)
    for (const one of list) out.text(`• ${one}`)
    if (list.length === 0) out.text('None is written down.')
  }
  if (input.two_places !== null) {
    out.subheading('At two places at once, as recorded')
    for (const one of input.two_places.found) out.text(`• ${one}`)
    out.text(`${input.two_places.found.length === 0 ? 'None found. ' : ''}${input.two_places.looked}`)
  }
  out.subheading('Carried by one source')
  for (const one of carriedAlone(input)) out.text(`• ${one}`)
  if (input.settings.bias !== '') {
    out.subheading('What the sources see too much or too little of')
    out.text(input.settings.bias)
  }
}

function reliance(out: Pdf, input: ExhibitInput): void {
  out.heading('Relied on, not relied on, withheld')
  for (const [title, key] of [['Relied on', 'relied'], ['Not relied on', 'not_relied'], ['Withheld', 'withheld']] as const) {
    out.subheading(title)
    out.table(['source', 'file', 'rows', 'authority'], input.sources.filter(({ reliance: own }) => own === key).map((one) => [one.name, one.file, String(one.rows), one.authority]), [1, 1.6, 0.6, 1.6])
  }
  out.text(`${input.trace.length} rows stand under the chart; ${input.rows_not_shown} further rows of these sources do not and are not part of this exhibit${input.left_out.length === 0 ? '' : `; among these, for being later than the as-of time: ${leftOut(input)}`}.`)
}

/** The analyst's own statement: what software knows is filled in, the rest is for the analyst to write. */
function statement(out: Pdf, input: ExhibitInput): void {
  const { analyst } = input
  const blank = '________________________________'
  out.page('A4')
  out.heading('Statement of the analyst')
  out.text('Prepared for the analyst to complete and sign; nothing here is signed by the program.')
  const points = [
    `I am ${analyst.name}, ${analyst.post === '' ? blank : analyst.post}. My training: ${analyst.training === '' ? blank : analyst.training}. Cases: ${blank}`, `I was asked to: ${blank}`,
    `I examined ${input.sources.length} records, listed in the register with their hashes; ${input.sources.filter(({ certificate }) => certificate === 'present').length} have their own certificate, ${input.sources.filter(({ certificate }) => certificate === 'missing').length} do not.`,
    'Period and gaps: as in the register and on the cover.', `Steps: import, link, find and draw with ringmap ${input.version}; settings on the method sheet.`, `How often I changed a result of the program, and why: ${blank}`,
    'Line styles and grades: as in the legend.', `Recorded facts are in the tables. Inferences: ${blank} Opinions: ${blank}`, 'What cuts against: the sheet of that name. What was left out: the lists of sources.',
    'Limits: contact is not conspiracy, a number is not a person, a cell is not a place.', `Masking: ${input.masked_statement} Authority and place of the key: ${blank}`,
    `How this can be repeated: ringmap reproduce, with the sources. Originals can be inspected at: ${blank}`,
  ]
  for (const [i, text] of points.entries()) out.text(`${i + 1}. ${text}`)
  out.gap(20)
  out.text(`Name and signature: ${blank}   Date: ______________   Place: ______________`)
}

function chartWords(chart: Chart): string[] {
  return [chart.title, chart.subtitle, FIXED_SENTENCE, ...chart.entities.map(({ label, roles }) => `${label}${roles.length === 0 ? '' : ` (${roles.join(', ')})`}`)]
}
