/** The measure of the default order at any size: exact where it can be, else estimated and said so; and what it takes in each copy of the evidence. */
import type { StopSignal } from '@ringmap/model/progress'
import { currentFlow, currentFlowNote } from '@ringmap/analysis/current-flow'
import { MEASURE_CATALOGUE } from '@ringmap/analysis/measure-catalogue'
import { networkSize } from '@ringmap/analysis/measure-size'
import type { FlowOfCopy } from '@ringmap/analysis/pool-inputs'
import type { Csr } from '@ringmap/graph/csr'

export interface OrganiserMeasure {
  readonly values: Float64Array
  /** How sure the values are and how the intervals were made, in words; null where all is exact. */
  readonly note: string | null
  /** How it is taken in a copy; estimated where so many exact ones would take minutes: a rank moves far more with the evidence than with the drawing. */
  readonly flow: FlowOfCopy
  /** Work for a copy, in steps of about 10 ns. */
  readonly steps_of_copy: number
  /** How many copies are made: fewer than asked for in very large networks. */
  readonly copies: number
}

/** About half a minute for all copies, at 10 ns a step. */
const COPY_STEPS = 3e9
const IN_COPY = { samples: 32, exact_up_to: 600 }
const FEWER = 20

export function organiserMeasure(csr: Csr, options: { readonly copies: number; readonly seed: number; readonly signal?: StopSignal | undefined }): OrganiserMeasure {
  const { seed, signal } = options
  const whole = currentFlow(csr, { seed, signal })
  const steps = MEASURE_CATALOGUE['current-flow'].steps
  const size = networkSize(csr)
  const exact = whole.error === null && steps(size) * options.copies <= COPY_STEPS
  const drawn = steps({ ...size, largest_block: Number.POSITIVE_INFINITY, samples: IN_COPY.samples })
  const copies = exact || drawn * options.copies <= COPY_STEPS ? options.copies : Math.min(options.copies, FEWER)
  const notes = [
    currentFlowNote(whole),
    exact || copies === 0 ? null : `The intervals of ranks among ${csr.nodes} persons rest on ${copies} copies of the evidence, in each of which the measure is estimated from ${IN_COPY.samples} drawn ends; that makes them wider, not narrower.`,
  ].filter((note) => note !== null)
  return {
    values: whole.value, note: notes.length === 0 ? null : notes.join(' '), copies,
    flow: exact ? { seed } : { ...IN_COPY, seed }, steps_of_copy: exact ? steps(size) : drawn,
  }
}
