/** A trained model as a file: readable JSON with the name of every level, so that it can be looked at, kept, and used again. */
import { RingmapError } from '@ringmap/model/errors'
import { z } from 'zod'
import { COMPARISON_KINDS, LEVELS, MISSING } from './comparison-kinds.ts'
import { bits, type ComparisonModel, type MatchModel } from './match-model.ts'
import type { PreparedRecords } from './prepared-records.ts'

const share = z.number().min(0).max(1)
const file = z.object({
  ringmap_model: z.literal(1),
  prior_bits: z.number(),
  /** Null for a model without relatives. */
  related_prior_bits: z.number().nullable(),
  comparisons: z.array(z.object({
    column: z.string(), kind: z.enum(COMPARISON_KINDS), term_frequency: z.boolean(),
    levels: z.array(z.object({ level: z.string(), m: share, u: share, related: share.nullable(), bits: z.number() })),
  })).min(1),
})

export function modelText(model: MatchModel): string {
  const comparisons = model.comparisons.map((comparison) => ({
    column: comparison.name, kind: comparison.kind, term_frequency: comparison.term_frequency,
    levels: LEVELS[comparison.kind].slice(1).map((level, i) => ({ level, m: comparison.m[i + 1] as number, u: comparison.u[i + 1] as number, related: comparison.related?.[i + 1] ?? null, bits: bits(comparison, i + 1) })),
  }))
  return `${JSON.stringify({ ringmap_model: 1, prior_bits: model.prior, related_prior_bits: Number.isFinite(model.related_prior) ? model.related_prior : null, comparisons }, null, 2)}\n`
}

/** @throws RingmapError link_model_invalid */
export function readModel(text: string, from: string): MatchModel {
  const parsed = file.safeParse(parsedJson(text, from))
  if (!parsed.success) throw new RingmapError('link_model_invalid', { file: from, what: `${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}` })
  return {
    prior: parsed.data.prior_bits,
    related_prior: parsed.data.related_prior_bits ?? -Infinity,
    comparisons: parsed.data.comparisons.map((one): ComparisonModel => {
      const names = LEVELS[one.kind]
      const m = new Float64Array(names.length)
      const u = new Float64Array(names.length)
      const related = one.levels.every((entry) => entry.related !== null) ? new Float64Array(names.length) : null
      names.forEach((name, level) => {
        if (level === MISSING) return
        const stated = one.levels.find((entry) => entry.level === name)
        if (stated === undefined || stated.u === 0 || stated.m === 0) throw new RingmapError('link_model_invalid', { file: from, what: `${one.column}: the level "${name}" needs an m and a u above 0` })
        m[level] = stated.m
        u[level] = stated.u
        if (related !== null) related[level] = stated.related as number
      })
      return { name: one.column, kind: one.kind, term_frequency: one.term_frequency, m, u, related }
    }),
  }
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
  return {
    prior: model.prior,
    related_prior: model.related_prior,
    comparisons: prepared.compared.map((field, c) => {
      const found = model.comparisons.find((comparison) => comparison.name === field.name && comparison.kind === prepared.job.comparisons[c]?.kind)
      if (found === undefined) throw new RingmapError('link_model_invalid', { file: 'model', what: `it was trained without the column ${field.name} as ${prepared.job.comparisons[c]?.kind ?? ''}; it knows ${model.comparisons.map((one) => `${one.name} (${one.kind})`).join(', ')}` })
      return found
    }),
  }
}
