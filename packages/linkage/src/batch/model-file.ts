/** A trained model as a file: readable JSON with the name of every level, so that it can be looked at, kept, and used again. */
import { RingmapError } from '@ringmap/model/errors'
import { z } from 'zod'
import { COMPARISON_KINDS, LEVELS, MISSING, type ComparisonKind } from './comparison-kinds.ts'
import { bits, type ComparisonModel, type MatchModel } from './match-model.ts'
import type { PreparedRecords } from './prepared-records.ts'

const share = z.number().min(0).max(1)
const level = z.object({ level: z.string(), m: share, u: share, related: share.nullable(), neighbours: share.nullable().default(null), bits: z.number() })
const file = z.object({
  ringmap_model: z.literal(1),
  prior_bits: z.number(),
  /** Null for a model without relatives. */
  related_prior_bits: z.number().nullable(),
  neighbour_prior_bits: z.number().nullable().default(null),
  comparisons: z.array(z.object({
    column: z.string(), kind: z.enum(COMPARISON_KINDS), term_frequency: z.boolean(),
    levels: z.array(level),
    /** Levels where the column that this one hangs on agrees exactly. */
    given: z.object({ column: z.string(), levels: z.array(level) }).nullable().default(null),
  })).min(1),
})

export function modelText(model: MatchModel): string {
  const comparisons = model.comparisons.map((comparison) => {
    const names = LEVELS[comparison.kind]
    const levels = (from: number) => names.slice(1).map((level, i) => ({ level, m: comparison.m[from + i + 1] as number, u: comparison.u[from + i + 1] as number, related: comparison.related?.[from + i + 1] ?? null, neighbours: comparison.neighbours?.[from + i + 1] ?? null, bits: bits(comparison, from + i + 1) }))
    return { column: comparison.name, kind: comparison.kind, term_frequency: comparison.term_frequency, levels: levels(0), given: comparison.given === null ? null : { column: (model.comparisons[comparison.given] as ComparisonModel).name, levels: levels(names.length) } }
  })
  return `${JSON.stringify({ ringmap_model: 1, prior_bits: model.prior, related_prior_bits: finite(model.related_prior), neighbour_prior_bits: finite(model.neighbour_prior), comparisons }, null, 2)}\n`
}

/** @throws RingmapError link_model_invalid */
export function readModel(text: string, from: string): MatchModel {
  const parsed = file.safeParse(parsedJson(text, from))
  if (!parsed.success) throw new RingmapError('link_model_invalid', { file: from, what: `${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}` })
  return {
    prior: parsed.data.prior_bits,
    related_prior: parsed.data.related_prior_bits ?? -Infinity,
    neighbour_prior: parsed.data.neighbour_prior_bits ?? -Infinity,
    comparisons: parsed.data.comparisons.map((one): ComparisonModel => {
      const names = LEVELS[one.kind]
      const given = one.given === null ? null : parsed.data.comparisons.findIndex((other) => other.column === one.given?.column)
      if (given === -1) throw new RingmapError('link_model_invalid', { file: from, what: `${one.column} hangs on the column ${one.given?.column ?? ''}, which is not in the model` })
      const parts = one.given === null ? [one.levels] : [one.levels, one.given.levels]
      const m = new Float64Array(names.length * parts.length)
      const u = new Float64Array(m.length)
      const known = (of: 'related' | 'neighbours'): Float64Array | null => (parts.flat().every((entry) => entry[of] !== null) ? new Float64Array(m.length) : null)
      const [related, neighbours] = [known('related'), known('neighbours')]
      parts.forEach((levels, part) => {
        names.forEach((name, level) => {
          if (level === MISSING) return
          const stated = levels.find((entry) => entry.level === name)
          if (stated === undefined || stated.u === 0 || stated.m === 0) throw new RingmapError('link_model_invalid', { file: from, what: `${one.column}: the level "${name}" needs an m and a u above 0` })
          m[part * names.length + level] = stated.m
          u[part * names.length + level] = stated.u
          if (related !== null) related[part * names.length + level] = stated.related as number
          if (neighbours !== null) neighbours[part * names.length + level] = stated.neighbours as number
        })
      })
      return { name: one.column, kind: one.kind, term_frequency: one.term_frequency, m, u, related, neighbours, given }
    }),
  }
}

function finite(bits: number): number | null {
  return Number.isFinite(bits) ? bits : null
}

function parsedJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RingmapError('link_model_invalid', { file: from, what: `it is no JSON: ${error instanceof Error ? error.message : ''}` }, { cause: error })
  }
}

/** The model's comparisons in the order of the columns at hand. @throws RingmapError link_model_invalid when one is not in the model. */
export function modelFor(model: MatchModel, prepared: PreparedRecords): MatchModel {
  const kindOf = (c: number): ComparisonKind | undefined => prepared.job.comparisons[c]?.kind
  const places = prepared.compared.map((field, c) => model.comparisons.findIndex((comparison) => comparison.name === field.name && comparison.kind === kindOf(c)))
  return {
    prior: model.prior,
    related_prior: model.related_prior,
    neighbour_prior: model.neighbour_prior,
    comparisons: prepared.compared.map((field, c) => {
      const found = model.comparisons[places[c] as number]
      if (found === undefined) throw new RingmapError('link_model_invalid', { file: 'model', what: `it was trained without the column ${field.name} as ${kindOf(c) ?? ''}; it knows ${model.comparisons.map((one) => `${one.name} (${one.kind})`).join(', ')}` })
      if (found.given === null) return found
      const size = LEVELS[found.kind].length
      const given = places.indexOf(found.given)
      // Without the column that it hangs on, only the first half is ever asked.
      return given >= 0 ? { ...found, given } : { ...found, given: null, m: found.m.slice(0, size), u: found.u.slice(0, size), related: found.related?.slice(0, size) ?? null, neighbours: found.neighbours?.slice(0, size) ?? null }
    }),
  }
}
