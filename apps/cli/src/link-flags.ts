/** Options that dedupe and link bench share. */
import { availableParallelism } from 'node:os'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { MEMORY, type DedupeOptions } from '@ringmap/case/dedupe-files'

export interface DedupeFlags {
  readonly config?: string
  readonly id?: string
  readonly threshold?: number
  readonly model?: string
  readonly saveModel?: string
  readonly workers: number
  readonly seed?: number
  readonly between?: boolean
  readonly engine?: 'arrays' | 'sql'
  readonly memory?: string
  readonly temp?: string
  readonly ignore?: string[]
  readonly json?: boolean
  readonly quiet?: boolean
}

export function linkFlags(command: Command): Command {
  return command
    .option('--config <file>', 'settings (YAML, or the JSON of a Splink model); without it columns and blocking rules are guessed')
    .option('--id <column>', 'column that names a record; default: one that looks like it, else the row')
    .option('--ignore <columns...>', 'columns that are not to be compared')
    .option('--between', 'compare only records of two different files')
    .option('--threshold <bits>', 'evidence a link needs to join; default: chosen by the model', numeric)
    .option('--model <file>', 'use a model trained before instead of training one')
    .option('--save-model <file>', 'keep the trained model')
    .option('--workers <n>', 'threads that compare; results do not depend on it', whole, Math.min(4, availableParallelism()))
    .addOption(new Option('--engine <name>', 'arrays: typed arrays in threads; sql: DuckDB makes and compares the pairs: slower, the same levels, weights and clusters; for pairs that are more than memory holds, and a check on the arrays').choices(['arrays', 'sql']).default('arrays'))
    .option('--memory <size>', 'most that DuckDB keeps in memory, such as 800MB or 4GB; the rest goes to --temp', size, MEMORY)
    .option('--temp <folder>', 'where what does not fit into memory is put while the run lasts; default: the folder for temporary files')
    .option('--seed <n>', 'seed of what is drawn at random', whole)
}

export function dedupeOptions(flags: DedupeFlags): DedupeOptions {
  return { config: flags.config, id: flags.id, threshold: flags.threshold, model: flags.model, save_model: flags.saveModel, workers: flags.workers, engine: flags.engine, memory: flags.memory, temp: flags.temp, seed: flags.seed, between: flags.between, ignore: flags.ignore }
}

function numeric(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.')
  return value
}

function size(text: string): string {
  if (!/^\d+(?:\.\d+)? ?[KMGT]i?B$/i.test(text)) throw new InvalidArgumentError('It must be a size such as 800MB or 4GB.')
  return text
}

function whole(text: string): number {
  const value = numeric(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.')
  return value
}
