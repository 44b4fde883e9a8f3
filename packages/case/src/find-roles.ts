/** What persons do, by rules in a data file: their figures in SQL, the rows behind each figure, what speaks for a role and against it. */
import { PROTECTED_ROLES, type LinkKind } from '@ringmap/model/schema'
import { sql, type Sql } from '@ringmap/store/sql'
import { ONLY_USER } from './find-paths.ts'
import { happened, kindList } from './happenings.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding, DraftFindings } from './pattern-drafts.ts'
import { PROTECT_RATE, ROLE_RATE, roleEvidence } from './role-evidence.ts'
import { readRules, type Figure } from './role-rules.ts'

const EVERYTHING: readonly LinkKind[] = ['called', 'messaged', 'paid', 'present_at', 'travelled', 'uses', 'owns', 'lives_at', 'seized_from', 'related_to', 'met']

/** Each figure: who, value; and the rows of one person that carry it. `doing` has both ends as persons where a thing has one known user. */
function figureQueries(): Readonly<Record<Figure, { readonly value: Sql; readonly rows: (who: number) => Sql }>> {
  const of = (kinds: readonly LinkKind[]): Sql => sql`CAST(kind AS VARCHAR) IN ${kindList(kinds)}`
  const rows = (kinds: readonly LinkKind[]) => (who: number): Sql => sql`SELECT DISTINCT file AS source, row FROM doing WHERE ${of(kinds)} AND (source = ${who} OR target = ${who})`
  const talk = ['called', 'messaged'] as const
  const seen = ['present_at', 'travelled'] as const
  const talks = sql`SELECT source AS who, target AS other FROM doing WHERE ${of(talk)} UNION SELECT target, source FROM doing WHERE ${of(talk)}`
  const shielded = sql`SELECT DISTINCT entity FROM entity_role WHERE role IN ${PROTECTED_ROLES}`
  const things = (kind: string): Sql => sql`SELECT l.source AS who, l.target AS thing FROM link l JOIN entity t ON t.entity = l.target JOIN entity p ON p.entity = l.source WHERE t.kind = ${kind} AND p.kind = 'Person' AND CAST(l.kind AS VARCHAR) IN ${kindList(['uses', 'owns'])}`
  const money = (end: 'in' | 'out'): Sql => (end === 'in' ? sql`SELECT target AS who, CAST(sum(amount) AS DOUBLE) / 100 AS value FROM doing WHERE ${of(['paid'])} GROUP BY 1` : sql`SELECT source AS who, CAST(sum(amount) AS DOUBLE) / 100 AS value FROM doing WHERE ${of(['paid'])} GROUP BY 1`)
  const onTheWay = (kinds: readonly string[]) => (who: number): Sql => sql`SELECT DISTINCT file AS source, row FROM doing WHERE ${of(seen)} AND own_kind IN ${kinds} AND source = ${who}`
  const using = rows(['uses', 'owns'])
  const kin = kindList(['related_to'])
  return {
    passages: { value: sql`SELECT source AS who, count(DISTINCT at_ms // 86400000) AS value FROM doing WHERE ${of(seen)} AND own_kind IN ('Vehicle', 'Person') GROUP BY 1`, rows: onTheWay(['Vehicle', 'Person']) },
    places: { value: sql`SELECT source AS who, count(DISTINCT target) AS value FROM doing WHERE ${of(seen)} GROUP BY 1`, rows: rows(seen) },
    payers: { value: sql`SELECT target AS who, count(DISTINCT source) AS value FROM doing WHERE ${of(['paid'])} GROUP BY 1`, rows: rows(['paid']) },
    payees: { value: sql`SELECT source AS who, count(DISTINCT target) AS value FROM doing WHERE ${of(['paid'])} GROUP BY 1`, rows: rows(['paid']) },
    money_in: { value: money('in'), rows: rows(['paid']) },
    money_out: { value: money('out'), rows: rows(['paid']) },
    passed_on: { value: sql`SELECT i.who, least(1, coalesce(o.value, 0) / i.value) AS value FROM (${money('in')}) i LEFT JOIN (${money('out')}) o USING (who) WHERE i.value > 0`, rows: rows(['paid']) },
    contacts: { value: sql`SELECT who, count(DISTINCT other) AS value FROM (${talks}) GROUP BY 1`, rows: rows(talk) },
    called_out: { value: sql`SELECT who, avg(made) AS value FROM (SELECT source AS who, 1 AS made FROM doing WHERE ${of(['called'])} UNION ALL SELECT target, 0 FROM doing WHERE ${of(['called'])}) GROUP BY 1 HAVING count(*) >= 10`, rows: rows(['called']) },
    hub_contacts: {
      value: sql`WITH volume AS (SELECT who, count(*) AS n FROM (SELECT source AS who FROM doing WHERE ${of(talk)} UNION ALL SELECT target FROM doing WHERE ${of(talk)}) GROUP BY 1), hub AS (SELECT who FROM volume WHERE n >= (SELECT quantile_disc(n, 0.95) FROM volume))
        SELECT t.who, count(DISTINCT t.other) AS value FROM (${talks}) t JOIN hub ON hub.who = t.other GROUP BY 1`, rows: rows(talk),
    },
    hosted: {
      value: sql`SELECT a.source AS who, count(DISTINCT b.source) AS value FROM link a JOIN link b ON b.target = a.target AND b.source <> a.source JOIN entity e ON e.entity = a.target JOIN entity p ON p.entity = b.source
        WHERE e.kind = 'Address' AND p.kind = 'Person' AND CAST(a.kind AS VARCHAR) IN ${kindList(['owns'])} AND CAST(b.kind AS VARCHAR) IN ${kindList(['lives_at', 'present_at'])} GROUP BY 1`, rows: rows(['owns', 'lives_at', 'present_at']),
    },
    documents: { value: sql`SELECT who, count(DISTINCT thing) AS value FROM (${things('Document')}) GROUP BY 1`, rows: using },
    vehicles: { value: sql`SELECT who, count(DISTINCT thing) AS value FROM (${things('Vehicle')}) GROUP BY 1`, rows: using },
    own_phone: { value: sql`SELECT who, count(DISTINCT thing) AS value FROM (${things('Phone')}) WHERE thing IN (SELECT thing FROM (${ONLY_USER})) GROUP BY 1`, rows: using },
    shared_phone: { value: sql`SELECT who, count(DISTINCT thing) AS value FROM (${things('Phone')}) WHERE thing NOT IN (SELECT thing FROM (${ONLY_USER})) GROUP BY 1`, rows: using },
    protected_contacts: { value: sql`SELECT who, count(DISTINCT other) AS value FROM (${talks}) WHERE other IN (${shielded}) GROUP BY 1`, rows: rows(talk) },
    protected_kin: {
      value: sql`SELECT who, count(DISTINCT other) AS value FROM (SELECT source AS who, target AS other FROM link WHERE CAST(kind AS VARCHAR) IN ${kin} UNION SELECT target, source FROM link WHERE CAST(kind AS VARCHAR) IN ${kin}) WHERE other IN (${shielded}) GROUP BY 1`, rows: rows(['related_to']),
    },
    moved: { value: sql`SELECT a.source AS who, count(DISTINCT a.target) AS value FROM doing a JOIN doing b ON b.target = a.target AND b.source <> a.source AND abs(b.at_ms - a.at_ms) <= 900000 WHERE a.own_kind = 'Person' AND b.own_kind = 'Person' AND CAST(a.kind AS VARCHAR) IN ${kindList(seen)} AND CAST(b.kind AS VARCHAR) IN ${kindList(seen)} GROUP BY 1`, rows: onTheWay(['Person']) },
  }
}

export async function findRoles(open: OpenCase, rulesFile?: string): Promise<DraftFindings> {
  const { database } = open
  const rules = readRules(rulesFile)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE doing AS SELECT coalesce(a.user, h.source) AS source, coalesce(b.user, h.target) AS target, e.kind AS own_kind, h.kind, h.at_ms, h.amount, h.file, h.row
    FROM (${happened(EVERYTHING)}) h JOIN entity e ON e.entity = h.source LEFT JOIN (${ONLY_USER}) a ON a.thing = h.source LEFT JOIN (${ONLY_USER}) b ON b.thing = h.target`)
  const figures = new Map<number, Record<string, number>>()
  const queries = figureQueries()
  for (const [figure, { value }] of Object.entries(queries))
    for (const row of await database.rows<{ who: number; value: number }>(sql`SELECT who, CAST(value AS DOUBLE) AS value FROM (${value}) WHERE who IN (SELECT entity FROM entity WHERE kind = 'Person')`))
      figures.set(row.who, { ...figures.get(row.who), [figure]: row.value })
  const known = new Map((await database.rows<{ entity: number; shielded: boolean }>(sql`SELECT entity, bool_or(role IN ${PROTECTED_ROLES}) AS shielded FROM entity_role GROUP BY entity`)).map((row) => [row.entity, row.shielded]))
  const persons = [...figures].sort((a, b) => a[0] - b[0])
  const evidence = roleEvidence(persons.map(([, own]) => own), rules, { seed: open.file.find.seed })
  const drafts: DraftFinding[] = []
  for (const { who: place, judged, q } of evidence) {
    const who = persons[place]?.[0] as number
    // A protected person is never given a role of a suspect.
    if (known.get(who) === true && !judged.rule.protect) continue
    const rows: { source: number; row: number }[] = []
    for (const { test } of [...judged.for, ...judged.against].slice(0, 4)) rows.push(...(await database.rows<{ source: number; row: number }>(sql`SELECT source, row FROM (${queries[test.figure].rows(who)}) ORDER BY source, row LIMIT 10`)))
    drafts.push({
      shape: judged.rule.role, subjects: [who], guarded: judged.rule.protect,
      text: judged.rule.protect ? `{${who}} may be a victim: to be protected and heard, not suspected` : `{${who}} does what a ${judged.rule.role} does`,
      value: judged.points, unit: 'points', sureness: q === null ? { kind: 'rule', value: null } : { kind: 'q', value: q },
      because: judged.for.map(({ test, text }) => ({ code: test.figure, text, entities: [who] })), against: judged.against.map(({ test, text }) => ({ code: test.figure, text, entities: [who] })),
      rows: [...new Map(rows.map((row) => [`${row.source}:${row.row}`, row])).values()],
    })
  }
  await database.run(sql`DROP TABLE doing`)
  return {
    method: `Rules of ${rules.length} roles over figures of what was recorded (packages/case/rules/roles.yaml): points for, less points against; listed where the figures together are rarer than the same figures dealt out anew give, up to a false discovery rate of ${ROLE_RATE}, or of ${PROTECT_RATE} for a sign that somebody may need protection.`,
    drafts,
    cautions: [
      'A role is a reading of records by rules that anybody can read and change. Whoever was never recorded has no role here.',
      ...(drafts.some(({ sureness }) => sureness.kind === 'rule') ? ['Where one test alone decides, or too few persons have such figures, no error rate can be given: those stand last and say that a rule holds.'] : []),
    ],
  }
}
