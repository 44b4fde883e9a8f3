/** A case's network and findings into Neo4j, masked unless a reason was given; and out of it again. */
import { createHash } from 'node:crypto'
import type { OrganiserFinding } from '@ringmap/model/finding'
import type { WorkOptions } from '@ringmap/model/progress'
import { isoTime } from '@ringmap/evidence/iso-time'
import { removeRun, writeRun, type FindingToWrite, type JudgementToWrite, type RemovedRun, type RunToWrite, type WrittenRun } from '@ringmap/sources/neo4j-writer'
import { sql } from '@ringmap/store/sql'
import { findingsOf, type CaseView } from './case-view.ts'
import { withDatabase, type DatabaseAccess } from './database-sources.ts'
import { exportGraph, VERSION } from './export-step.ts'
import { stepFingerprint } from './link-step.ts'
import { maskedWords, publicId } from './mask-case.ts'

export interface Neo4jExportOptions extends WorkOptions {
  readonly uri: string
  readonly user: string
  readonly database?: string | undefined
  readonly password: DatabaseAccess['password']
  /** Default: made from what was found and how it was masked, so that the same findings are the same run. */
  readonly run?: string | undefined
}

export interface Neo4jExport extends WrittenRun {
  readonly run: string
}

/** @throws RingmapError neo4j_*, step_missing, usage */
export async function exportNeo4j(view: CaseView, options: Neo4jExportOptions): Promise<Neo4jExport> {
  const run = await runToWrite(view, options.run)
  return await withDatabase(options, options, async (server) => ({ run: run.id, ...(await writeRun(server, run, options)) }))
}

/** @throws RingmapError neo4j_*, usage */
export async function removeNeo4jRun(run: string, options: Neo4jExportOptions): Promise<RemovedRun> {
  return await withDatabase(options, options, async (server) => await removeRun(server, run, options))
}

/** All that would be written, as it would leave the case. */
export async function runToWrite(view: CaseView, named: string | undefined): Promise<RunToWrite> {
  const graph = await exportGraph(view)
  const findings = await findingsOf(view)
  const fingerprint = createHash('sha256').update(JSON.stringify([await stepFingerprint(view.open, 'find'), view.mask.shown_reason !== null])).digest('hex')
  const sources = await view.open.database.rows<{ name: string; sha256: string }>(sql`SELECT name, sha256 FROM source ORDER BY position`)
  return {
    id: named ?? `run-${fingerprint.slice(0, 12)}`,
    properties: {
      case: graph.name, ringmap_version: VERSION, masked: view.mask.shown_reason === null, seed: findings.seed, sources: sources.map(({ name, sha256 }) => `${name} ${sha256}`), cautions: [...findings.cautions],
    },
    nodes: graph.entities.map(({ id, kind, label, roles, masked, rank, ring }) => ({ id, kind, properties: { name: label, kind, roles: [...roles], masked, rank, ring } })),
    relationships: graph.links.map((link) => ({
      id: link.id, kind: link.kind, source: link.source, target: link.target,
      properties: {
        count: link.count, first: link.first_ms === null ? null : isoTime(link.first_ms), last: link.last_ms === null ? null : isoTime(link.last_ms), amount_minor: link.amount, currency: link.currency,
        strength: link.strength, criminal: link.criminal, directed: link.directed,
      },
    })),
    findings: [
      ...findings.organisers.map((one) => organiser(one, 'overall')),
      ...findings.rings.flatMap((ring) => [
        ...ring.organisers.map((one) => organiser(one, ring.id)),
        ...ring.members.map((member): FindingToWrite => ({ id: `${ring.id}/member/${member}`, about: member, properties: { finding: 'member of ring', ring: ring.id, ring_label: ring.label, density: ring.density, criminal_share: ring.criminal_share } })),
      ]),
    ],
    judgements: await judgements(view),
  }
}

/** What stands of two records, by persons and by the machine; the words of a reason pass the mask. */
async function judgements({ open, mask }: CaseView): Promise<JudgementToWrite[]> {
  const rows = await open.database.rows<{ left_id: string; right_id: string; verdict: string; made_by: string; machine: boolean; why: string }>(
    sql`SELECT l.id AS left_id, r.id AS right_id, j.verdict, j.made_by, j.machine, j.why FROM judgement j
      JOIN entity_record lr ON lr.record = j.left_record JOIN entity l ON l.entity = lr.entity JOIN entity_record rr ON rr.record = j.right_record JOIN entity r ON r.entity = rr.entity
      ORDER BY j.left_record, j.right_record, j.machine, j.made_by, j.verdict`)
  return rows.map((row, i) => ({
    id: `judgement/${i + 1}`, about: [...new Set([publicId(mask, row.left_id), publicId(mask, row.right_id)])],
    properties: { verdict: row.verdict, by: row.made_by, machine: row.machine, why: maskedWords(mask, row.why) },
  }))
}

function organiser(one: OrganiserFinding, among: string): FindingToWrite {
  return {
    id: `${among}/${one.measure}/${one.subject}`, about: one.subject,
    properties: {
      finding: 'place in an order; where a person stands in what was recorded and nothing else', among, measure: one.measure, value: one.value, rank: one.rank, of: one.of, rank_low: one.interval.low, rank_high: one.interval.high,
      copies: one.interval.copies, because: one.because.map(({ text }) => text),
    },
  }
}
