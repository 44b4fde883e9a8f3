/** What can be looked for from the explorer: each topic of `ringmap find`, with what it needs from the page. */
import { RingmapError } from '@ringmap/model/errors'
import { PATTERNS, type PatternFindings, type PatternName } from '@ringmap/model/pattern'
import type { CaseView } from '@ringmap/case/case-view'
import { coLocationOf, commonContactsOf, gapsOf, joinsOf, moneyOf, motifsOf, pathsOf, rolesOf, routesOf, swapsOf, travellersOf, typologiesOf } from '@ringmap/case/patterns'
import type { Body } from './request-body.ts'

/** Findings that one answer carries; the answer says how many there are. */
const LIMIT = 100

const TOPICS: Readonly<Record<PatternName, (view: CaseView, body: Body) => Promise<PatternFindings>>> = {
  swaps: async (view) => await swapsOf(view, { limit: LIMIT, least: 0.9 }),
  'common-contacts': async (view) => await commonContactsOf(view, { limit: LIMIT }),
  'co-location': async (view) => await coLocationOf(view, { limit: LIMIT }),
  'travelling-together': async (view) => await travellersOf(view, { limit: LIMIT }),
  typologies: async (view) => await typologiesOf(view, { limit: LIMIT }),
  motifs: async (view) => await motifsOf(view, { limit: LIMIT }),
  behaviour: async (view) => await rolesOf(view, { limit: LIMIT }),
  routes: async (view) => await routesOf(view, { limit: LIMIT }),
  gaps: async (view) => await gapsOf(view, { limit: LIMIT }),
  money: async (view, body) => await moneyOf(view, { limit: LIMIT, rule: 'fifo', account: words(body, 'account'), row: words(body, 'row') }),
  joins: async (view, body) => await joinsOf(view, who(body), { limit: LIMIT }),
  paths: async (view, body) => {
    const [from, to] = who(body)
    if (from === undefined || to === undefined) throw new RingmapError('usage', { what: 'Two are needed: whom it starts from, and whom it reaches.' })
    return await pathsOf(view, { limit: LIMIT, from, to, ways: 5 })
  },
}

/** @throws RingmapError usage, not_found, and what the topic itself refuses */
export async function found(view: CaseView, body: Body): Promise<PatternFindings> {
  const { pattern } = body
  if (typeof pattern !== 'string' || !Object.hasOwn(TOPICS, pattern)) throw new RingmapError('usage', { what: `There is nothing of this name to look for; there are ${Object.keys(PATTERNS).join(', ')}.` })
  return await TOPICS[pattern as PatternName](view, body)
}

function words(body: Body, name: string): string | undefined {
  const value = body[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function who(body: Body): readonly string[] {
  const list = body['who']
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string' && one.trim() !== '').map((one) => one.trim()) : []
}
