/** The shape of case.yaml: which files there are, what their columns mean, and how the person network is drawn from them. */
import { z } from 'zod'
import { exhibitSettings, user } from './exhibit-file.ts'
import { EXCHANGE_FOLDER, EXCHANGE_KINDS, exchangeMapping } from './exchange-mapping.ts'
import { GRADING_SCHEMES } from './grading-schemes.ts'
import { ENTITY_KIND_NAMES, IDENTIFIER_SCHEMES, LINK_KIND_NAMES, ROLES, type EntityKind, type IdentifierScheme, type LinkKind } from './schema.ts'

const column = z.string().min(1).describe('Column name as in the header')

/** What can be looked for in the narration of a bank statement. */
export const NARRATION_PARTS = ['upi', 'cash', 'account', 'ifsc', 'phone', 'reference'] as const

const part = z.strictObject({ column, find: z.enum(NARRATION_PARTS).describe('What to look for in the text of the column, such as the narration of a bank statement') })

/** One column, several joined, a part of one, or a constant. */
const value = z.union([
  column,
  part,
  z.strictObject({ column }),
  z.strictObject({ columns: z.array(column).min(1), join: z.string().default(' ') }),
  z.strictObject({ value: z.string().describe('The same for every row') }),
]).describe('A column name, {columns: [..], join: " "}, {column, find: upi} or {value: constant}')

const time = z.union([
  column,
  z.strictObject({
    column,
    time_column: column.optional().describe('Time of day, where date and time stand in two columns'),
    format: z.string().default('iso').describe('iso, dmy, mdy, ymd, epoch_s, epoch_ms, or a strptime pattern such as %d/%m/%Y %H:%M:%S'),
    timezone: z.string().optional().describe('IANA zone of the times as written; default: the source, then the case'),
  }),
]).describe('A date or time; a bare column name is read as ISO 8601')

const role = z.union([
  z.enum(ROLES),
  z.strictObject({
    column,
    map: z.record(z.string(), z.enum(ROLES)).default({}).describe('Word in the column to role; words that are roles need no entry'),
  }),
]).describe('The role in the case, fixed or from a column')

const entity = z.strictObject({
  kind: z.enum(ENTITY_KIND_NAMES as [EntityKind, ...EntityKind[]]),
  id: z.union([column, z.array(column).min(1), part, z.strictObject({ value: z.string() })]).optional()
    .describe('Column(s) that identify it. Persons, organisations and events may do without: then each row is a record of its own'),
  scope: z.string().optional().describe('Id space; sources that state the same scope share ids. Default: the source itself'),
  scheme: z.enum(IDENTIFIER_SCHEMES).optional().describe('How the id is brought to one form; default by kind'),
  label: value.optional().describe('What to print for it; default: property name, else the id'),
  role: role.optional(),
  identifiers: z.partialRecord(z.enum(IDENTIFIER_SCHEMES), column).default({} as Partial<Record<IdentifierScheme, string>>)
    .describe('Further identifiers; pan, voter_id, passport and driving_licence join records across sources'),
  properties: z.record(z.string(), value).default({}).describe('Anything else to keep: name, father, born, district...'),
  where: z.lazy(() => condition).optional(),
})

const test = z.strictObject({
  column,
  in: z.array(z.string()).optional().describe('Only rows whose value is one of these'),
  not_in: z.array(z.string()).optional().describe('Not rows whose value is one of these'),
  has: z.enum(NARRATION_PARTS).optional().describe('Only rows in whose text this part is found'),
})

const condition = z.union([test, z.array(test).min(1)]).describe('Only some rows; in a list, all tests must hold')

const link = z.strictObject({
  kind: z.enum(LINK_KIND_NAMES as [LinkKind, ...LinkKind[]]),
  from: z.string().describe('Name of an entity of this source'),
  to: z.string().describe('Name of an entity of this source'),
  at: time.optional(),
  until: time.optional(),
  duration_s: column.optional().describe('Seconds'),
  count: column.optional().describe('How many the row stands for; default 1'),
  amount: z.strictObject({
    column,
    unit: z.enum(['major', 'minor']).default('major').describe('major: rupees with up to two decimals; minor: paise'),
    currency: z.string().length(3).default('INR'),
    side: z.enum(['debit', 'credit']).optional().describe('Only rows of this side, where one column holds both: 500.00 Dr, (500.00) and -500 are debits'),
  }).optional(),
  grade: z.union([column, z.strictObject({ value: z.string() })]).optional().describe('Source and information grade: B2 or 2B P'),
  commodity: value.optional(),
  criminal: z.boolean().optional().describe('Whether these rows are themselves evidence of an offence; default by kind'),
  layer: z.string().optional().describe('Name of the layer (calls, meetings...) where kinds alone do not tell'),
  where: condition.optional(),
})

const mapped = {
  timezone: z.string().optional(),
  grading: z.enum(GRADING_SCHEMES).optional().describe('Scheme of the grades of this source; default: that of the case'),
  clock_ahead_s: z.number().int().min(-86_400).max(86_400).default(0).describe('Seconds by which the clock of this source is ahead; its times are put back by so many'),
  entities: z.record(z.string().regex(/^\w+$/), entity).default({}),
  links: z.array(link).default([]),
  balance: z.strictObject({
    column: column.describe('Balance after the row'),
    debit: column.optional().describe('Column of what went out'),
    credit: column.optional().describe('Column of what came in'),
    amount: column.optional().describe('Instead of the two: one column of both, debits as 500.00 Dr, (500.00) or -500'),
    account: column.optional().describe('Column that tells accounts apart, where the file holds several'),
  }).optional().describe('Running balance of a statement; a row that breaks it is an issue'),
}

const sourceName = z.string().regex(/^[\w -]+$/, 'letters, digits, spaces, _ and - only').describe('Short name; shown with every row')

export const fileSource = z.strictObject({
  name: sourceName,
  kind: z.literal('file').default('file'),
  file: z.string().min(1).describe('Relative to the case folder. ${RINGMAP_DATA} stands for the folder of shared data'),
  sheet: z.string().optional().describe('Sheet of an Excel file; default: the first'),
  encoding: z.enum(['auto', 'utf-8', 'utf-16', 'windows-1252']).default('auto'),
  delimiter: z.enum(['auto', ',', ';', '\t', '|']).default('auto'),
  ...mapped,
})

const spellings = z.array(z.array(z.string().min(1)).min(2))

export const nameAdditions = z.strictObject({
  same: spellings.default([]).describe('Lists of spellings of one name: [[Ashfaq, Ishfaq]]'),
  different: spellings.default([]).describe('Pairs of names that look alike and are two'),
  honorifics: z.array(z.string().min(1)).default([]).describe('Titles that say nothing of who it is'),
  places: spellings.default([]).describe('Lists of names of one village or town'),
})
export type NameAdditionsFile = z.infer<typeof nameAdditions>

const around = z.array(z.strictObject({
  label: z.string().min(1),
  key: column.describe('Property that names such a node'),
  values: z.array(z.union([z.string(), z.number()])).min(1),
})).min(1).optional().describe('Only what stands at these nodes; the explorer adds to it when more is taken in')

const neo4jRead = z.union([
  z.strictObject({
    nodes: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('Label, or labels that a node must all have. Columns: its properties, and ~id'),
    columns: z.array(column).min(1).optional().describe('Properties to read, in this order; default: all there are'),
    key: column.optional().describe('Property that names a node; nodes without it are reported'),
    around: around.describe('Only these nodes and those directly tied to them'),
  }),
  z.strictObject({
    relationships: z.string().min(1).describe('Type. Columns: its properties, from.PROPERTY and to.PROPERTY of its ends, ~id, ~from, ~to'),
    from: z.string().min(1).optional().describe('Label of the start'),
    to: z.string().min(1).optional().describe('Label of the end'),
    columns: z.array(column).min(1).optional().describe('Default: all properties of the relationship, and those of its ends that the mapping uses'),
    key: column.optional(),
    around,
  }),
  z.strictObject({
    query: z.string().min(1).describe('Cypher that only reads; its columns are those it returns'),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({}),
  }),
]).describe('What to read: {nodes: Person}, {relationships: CALLED, from: Phone, to: Phone} or {query: MATCH ..}')

const neo4jSource = z.strictObject({
  name: sourceName,
  kind: z.literal('neo4j'),
  uri: z.string().min(1).describe('bolt://host:7687 or neo4j://host:7687, with +s for TLS; ${NEO4J_URI} stands for that environment variable'),
  database: z.string().optional().describe('Default: the home database of the user'),
  user: z.string().default('neo4j').describe('The password comes from NEO4J_PASSWORD or a prompt, never from a file'),
  read: neo4jRead,
  ...mapped,
})

/** What was read from a database is kept as a file of the case, so that it can be looked at and checked without the database. */
export const EXTRACT_FOLDER = 'neo4j'

const exchangeSource = z.strictObject({
  name: sourceName,
  kind: z.enum(EXCHANGE_KINDS).describe('A network of another program: GraphML, ANX (i2 Analyst\'s Notebook) or FollowTheMoney'),
  file: z.string().min(1).describe('Relative to the case folder'),
  timezone: z.string().optional().describe('Zone of ANX times, which have none; default: that of the case'),
  grading: z.enum(GRADING_SCHEMES).optional(),
  currency: z.string().length(3).default('INR').describe('Currency of its amounts; others are told and left out'),
  entity_kinds: z.record(z.string(), z.enum(ENTITY_KIND_NAMES as [EntityKind, ...EntityKind[]])).default({}).describe('Its words for kinds of entities, where they are not ours'),
  link_kinds: z.record(z.string(), z.enum(LINK_KIND_NAMES as [LinkKind, ...LinkKind[]])).default({}).describe('Its words for kinds of links'),
})

const exchangeMapped = z.strictObject(mapped)

export const sourceMapping = z.discriminatedUnion('kind', [
  fileSource,
  exchangeSource.transform((source) => ({
    ...exchangeMapped.parse(exchangeMapping(source.name, source.currency)), ...source, original: source.file, file: `${EXCHANGE_FOLDER}/${source.name}.csv`, sheet: undefined, encoding: 'utf-8' as const, delimiter: ',' as const,
  })),
  neo4jSource.transform((source) => ({ ...source, file: `${EXTRACT_FOLDER}/${source.name}.csv`, sheet: undefined, encoding: 'utf-8' as const, delimiter: ',' as const })),
])

export const caseFile = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1),
  region: z.string().length(2).default('IN').describe('Country whose phone numbers may be written without a country code'),
  timezone: z.string().default('Asia/Kolkata').describe('IANA zone of times written without one'),
  grading: z.enum(GRADING_SCHEMES).default('6x6').describe('Scheme of grades that name none: 6x6 (Admiralty; 3x5x2 is known by its digit), 4x4, 5x5x5 or 3x5x2. Grades are kept with their scheme and never turned into another'),
  sources: z.array(sourceMapping).min(1),
  same_call_within_s: z.number().min(0).max(600).default(10).describe('Calls of one pair that two sources report within so many seconds of each other are one call; 0: every row counts'),
  names: nameAdditions.optional().describe('Spellings of names and places that this case adds to the known ones'),
  link: z.strictObject({
    persons: z.boolean().default(true).describe('Look for persons who stand in several records under different spellings'),
    join_at: z.number().default(15).describe('Bits from which two records of persons are joined without asking; the names must agree, and more than name and place'),
    court_at: z.number().default(20).describe('The same for ringmap link --court: what weighs less is drawn as possibly the same unless a person confirmed it'),
    review_at: z.number().default(-1).describe('Bits from which a pair is laid before a person'),
  }).default({ persons: true, join_at: 15, court_at: 20, review_at: -1 }),
  network: z.strictObject({
    tie_kinds: z.array(z.enum(LINK_KIND_NAMES as [LinkKind, ...LinkKind[]])).optional().describe('Link kinds that tie persons; default: all that can'),
    unattributed: z.boolean().default(true).describe('A phone or account with no known user stands for its unknown user'),
    hub_limit: z.number().int().min(2).default(12).describe('A thing used by more persons than this ties none of them together'),
    event_limit: z.number().int().min(2).default(30).describe('An event with more participants than this ties none of them together'),
    contact_limit: z.number().int().min(10).default(150).describe('An unattributed number with more distinct contacts than this is taken for a service'),
    min_count: z.number().int().min(1).default(1).describe('Calls or messages below this number make no tie'),
    start: z.string().optional().describe('Only observations from this day on (ISO date)'),
    end: z.string().optional().describe('Only observations before this day (ISO date)'),
  }).default({ unattributed: true, hub_limit: 12, event_limit: 30, contact_limit: 150, min_count: 1 }),
  find: z.strictObject({
    seed: z.number().int().default(1),
    resolution: z.number().positive().default(1),
    scope: z.enum(['auto', 'rings', 'all']).default('auto').describe('Whom to rank: members of rings, or everyone; auto: rings where criminal links are recorded'),
    ring_min_size: z.number().int().min(3).default(5),
    ring_min_criminal_share: z.number().min(0).max(1).default(0.15).describe('Members with a criminal link, out of all'),
    ring_min_criminal_members: z.number().int().min(1).default(2),
    thinned: z.number().min(0.01).max(0.9).default(0.2).describe('Share of ties left out in each copy for the intervals'),
    copies: z.number().int().min(0).max(1000).default(40),
  }).default({ seed: 1, resolution: 1, scope: 'auto', ring_min_size: 5, ring_min_criminal_share: 0.15, ring_min_criminal_members: 2, thinned: 0.2, copies: 40 }),
  users: z.array(user).default([]).describe('Who signs exhibits: written by ringmap users add'),
  exhibit: exhibitSettings.optional().describe('What an exhibit for court needs besides the data'),
  protect: z.strictObject({
    entities: z.array(z.string()).default([]).describe('Ids or labels of entities to mask besides those of protected roles'),
    kin: z.boolean().default(false).describe('Mask relatives of protected persons too, the accused among them: where naming a father names his daughter'),
  }).default({ entities: [], kin: false }),
})

export type CaseFile = z.infer<typeof caseFile>
/** As a person writes it: defaults left out. */
export type CaseFileInput = z.input<typeof caseFile>
export type SourceMapping = z.infer<typeof sourceMapping>
/** A file source as a person writes it. */
export type FileSourceInput = z.input<typeof fileSource>
export type ExchangeSource = Extract<SourceMapping, { kind: 'graphml' | 'anx' | 'ftm' }>
export type Neo4jSource = Extract<SourceMapping, { kind: 'neo4j' }>
export type Neo4jRead = z.infer<typeof neo4jRead>
export type Neo4jAround = NonNullable<z.infer<typeof around>>
export type EntityMapping = z.infer<typeof entity>
export type LinkMapping = z.infer<typeof link>
export type ValueMapping = z.infer<typeof value>
export type TimeMapping = z.infer<typeof time>
export type RoleMapping = z.infer<typeof role>
export type Condition = z.infer<typeof condition>

/** JSON Schema of case.yaml, for editors. */
export function caseFileJsonSchema(): unknown {
  return z.toJSONSchema(caseFile, { io: 'input' })
}
