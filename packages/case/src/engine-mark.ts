/** How Graph Data Science was used, as part of the find step's fingerprint: another way makes other findings, and an exhibit is made again in the way of the first time. */
import type { EngineOptions } from './network-engine.ts'

export type EngineUse = Pick<EngineOptions, 'communities' | 'concurrency' | 'sample'>

/** `gds-leiden-1-default`: method, threads, persons from whom betweenness is estimated. */
export function engineMark({ communities = 'leiden', concurrency = 1, sample }: EngineUse): string {
  return `gds-${communities}-${concurrency}-${sample === undefined ? 'default' : (sample ?? 'all')}`
}

/** The way back; null for findings that were made without a server. @param fingerprint of a find step, or its mark alone */
export function engineUse(fingerprint: string): EngineUse | null {
  const found = /(?:^| )gds-(leiden|louvain)-(\d+)-(default|all|\d+)$/.exec(fingerprint)
  if (found === null) return null
  const [, communities, concurrency, sample] = found
  return { communities: communities as 'leiden' | 'louvain', concurrency: Number(concurrency), ...(sample === 'default' ? {} : { sample: sample === 'all' ? null : Number(sample) }) }
}
