/** `--engine` and where its server is: whether communities and first candidates come from this machine or from Graph Data Science in Neo4j. */
import type { Command } from 'commander'
import { chooseEngine, ENGINE_TIES, ENGINES, type EngineName, type EngineOptions } from '@ringmap/case/network-engine'
import type { OpenCase } from '@ringmap/case/open-case'
import { RingmapError } from '@ringmap/model/errors'
import type { EngineNote, Findings } from '@ringmap/model/finding'
import { databasePassword } from './password.ts'
import { bold, dim, number } from './terminal.ts'

export interface EngineFlags {
  readonly engine?: string
  readonly engineFrom?: string
  readonly uri?: string
  readonly user?: string
  readonly database?: string
  readonly gdsThreads?: string
  readonly gdsCommunities?: string
  readonly gdsSample?: string
}

export function engineOptions(command: Command): Command {
  return command
    .option('--engine <name>', 'who computes on the whole network: local, gds (Graph Data Science in Neo4j), or auto, by size; default: what the findings of the case were made with, else local')
    .option('--engine-from <ties>', `with auto: gds from so many ties on (default ${ENGINE_TIES.toLocaleString('en')})`)
    .option('--uri <address>', 'with gds: bolt://127.0.0.1:7687, neo4j+s://...; default: the first Neo4j source of the case, then NEO4J_URI. The password comes from NEO4J_PASSWORD, or is asked for')
    .option('--user <name>', 'with --uri; default: NEO4J_USER, else neo4j')
    .option('--database <name>', 'with --uri; default: the server\'s own')
    .option('--gds-threads <n>', 'threads in the server; at 1, the default, the same communities come twice')
    .option('--gds-communities <method>', 'leiden or louvain; default leiden')
    .option('--gds-sample <n>', 'estimate betweenness from so many persons, or all; default: all up to 5,000, else 500')
}

/** Undefined where no engine was named. @throws RingmapError usage */
export function engineAsked(open: OpenCase, flags: EngineFlags): EngineOptions | undefined {
  if (flags.engine === undefined) return undefined
  if (!(ENGINES as readonly string[]).includes(flags.engine)) throw new RingmapError('usage', { what: `--engine is ${ENGINES.join(', ')}; "${flags.engine}" is none of them.` })
  const { gdsCommunities: method } = flags
  if (method !== undefined && method !== 'leiden' && method !== 'louvain') throw new RingmapError('usage', { what: `--gds-communities is leiden or louvain; "${method}" is neither.` })
  const ofCase = open.file.sources.some(({ kind }) => kind === 'neo4j')
  const uri = flags.uri ?? (ofCase ? undefined : process.env['NEO4J_URI'])
  return {
    engine: flags.engine as EngineName, password: databasePassword, communities: method,
    ...(uri === undefined || uri === '' ? {} : { at: { uri, user: flags.user ?? process.env['NEO4J_USER'] ?? 'neo4j', database: flags.database } }),
    from_ties: counted('--engine-from', flags.engineFrom), concurrency: counted('--gds-threads', flags.gdsThreads),
    sample: flags.gdsSample === 'all' ? null : counted('--gds-sample', flags.gdsSample),
  }
}

function counted(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : wholeNumber(flag, text)
}

/** @throws RingmapError usage */
export function wholeNumber(flag: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new RingmapError('usage', { what: `${flag} is a whole number from 1.` })
  return value
}

/** Which engine it was and why, where one was named or the findings come from a server. */
export function engineLines(open: OpenCase, findings: Findings, asked: EngineOptions | undefined): string[] {
  const { engine } = findings
  if (engine !== undefined) return [`${bold('Engine')} Graph Data Science ${engine.version} on ${engine.server}: ${engine.why}; ${number(engine.components)} parts, ${engine.communities === 'leiden' ? 'Leiden' : 'Louvain'}, communities of ${number(engine.returned.persons)} of ${number(engine.returned.of)} persons came back, ${engine.concurrency === 1 ? '1 thread' : `${engine.concurrency} threads`}`, ...engine.first.map(firstLine)]
  if (asked?.engine !== 'auto') return []
  return [`${bold('Engine')} this machine: ${chooseEngine(open, findings.network.ties, asked).why}.`]
}

function firstLine({ measure, places }: EngineNote['first'][number]): string {
  return dim(`  in the whole network by ${measure}: ${places.slice(0, 3).map(({ rank, label }) => `${rank}. ${label}`).join(', ')}${places.length > 3 ? `, … (${places.length} kept)` : ''}`)
}
