/** The routes of the explorer over one open case, as `model/wire` names them. */
import { userInfo } from 'node:os'
import { Hono, type Context } from 'hono'
import { RingmapError } from '@ringmap/model/errors'
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import type { Routes, WireError } from '@ringmap/model/wire'
import { chartOf, expandFrom } from '@ringmap/case/case-chart'
import { overview } from '@ringmap/case/case-overview'
import { entityCard, findingsOf, linkCard, search, summary, type CaseView } from '@ringmap/case/case-view'
import { joiningPaths } from '@ringmap/case/joining-paths'
import { openSavedChart, saveChart, savedCharts } from '@ringmap/case/saved-charts'
import { linkTimes } from '@ringmap/case/link-times'

/** Most that one expansion may add; the answer says how many there are. */
const EXPAND_AT_MOST = 200
const SEARCH_AT_MOST = 100

export function caseRoutes(view: CaseView): Hono {
  const app = new Hono()
  app.get('/api/case', async (context) => context.json((await summary(view)) satisfies Routes['GET /api/case']['answer']))
  app.get('/api/findings', async (context) => context.json((await findingsOf(view)) satisfies Routes['GET /api/findings']['answer']))
  app.get('/api/chart', async (context) => context.json((await chartOf(view, needed(context, 'subject'))) satisfies Routes['GET /api/chart']['answer']))
  app.get('/api/overview', async (context) => context.json((await overview(view)) satisfies Routes['GET /api/overview']['answer']))
  app.get('/api/charts', (context) => context.json(savedCharts(view) satisfies Routes['GET /api/charts']['answer']))
  app.get('/api/saved', async (context) => context.json((await openSavedChart(view, needed(context, 'name'))) satisfies Routes['GET /api/saved']['answer']))
  app.post('/api/saved', async (context) => context.json(saveChart(view, await context.req.json().catch(() => null), { who: userInfo().username, now_ms: Date.now() }) satisfies Routes['POST /api/saved']['answer']))
  app.get('/api/search', async (context) => context.json((await search(view, context.req.query('q') ?? '', whole(context.req.query('limit'), 20, SEARCH_AT_MOST))) satisfies Routes['GET /api/search']['answer']))
  app.get('/api/entity', async (context) => context.json((await entityCard(view, needed(context, 'id'))) satisfies Routes['GET /api/entity']['answer']))
  app.get('/api/link', async (context) => context.json((await linkCard(view, needed(context, 'id'), whole(context.req.query('offset'), 0, Number.MAX_SAFE_INTEGER))) satisfies Routes['GET /api/link']['answer']))
  app.post('/api/expand', async (context) => context.json((await expandFrom(view, expandBody(await context.req.json().catch(() => null)))) satisfies Routes['POST /api/expand']['answer']))
  app.post('/api/paths', async (context) => context.json((await joiningPaths(view, idList(await context.req.json().catch(() => null), 'ids'))) satisfies Routes['POST /api/paths']['answer']))
  app.post('/api/times', async (context) => context.body((await linkTimes(view, idList(await context.req.json().catch(() => null), 'links'))) satisfies Routes['POST /api/times']['answer'], 200, { 'content-type': 'application/octet-stream' }))
  app.onError((error, context) => {
    const answer = wireError(error)
    return context.json(answer, (error instanceof RingmapError ? error.http : 500) as 400)
  })
  return app
}

/** For what no route answers; set on the outermost app, because an inner one's is not asked. */
export function noSuchRoute(context: Context): Response {
  return context.json({ error: { code: 'not_found', message: `There is no ${context.req.method} ${context.req.path}.`, hint: '' } } satisfies WireError, 404)
}

function wireError(error: unknown): WireError {
  if (error instanceof RingmapError) return { error: { code: error.code, message: error.message, hint: error.hint, details: error.details } }
  // The stack stays on this side; what it holds is nobody's business in the page.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return { error: { code: 'failed', message: 'Something in ringmap itself failed; the terminal has the details.', hint: 'Please report it with what the terminal says.' } }
}

function needed(context: Context, name: string): string {
  const value = context.req.query(name)
  if (value === undefined || value === '') throw new RingmapError('usage', { what: `The parameter ${name} is missing.` })
  return value
}

function whole(text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new RingmapError('usage', { what: `"${text}" is not a whole number.` })
  return Math.min(value, most)
}

/** A list of ids under a name of the body. */
function idList(given: unknown, name: string): readonly string[] {
  const list = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>)[name] : undefined
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) throw new RingmapError('usage', { what: `The body needs a list of ids under "${name}".` })
  return list
}

type ExpandBody = Routes['POST /api/expand']['body']

function expandBody(given: unknown): ExpandBody {
  const body = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>
  const { id, link = null, kind = null, have = [], limit = 50 } = body
  const known = (value: unknown, names: readonly string[]): boolean => value === null || (typeof value === 'string' && names.includes(value))
  if (typeof id !== 'string' || !known(link, LINK_KIND_NAMES) || !known(kind, ENTITY_KIND_NAMES) || !Array.isArray(have) || !have.every((one) => typeof one === 'string'))
    throw new RingmapError('usage', { what: 'An expansion needs id, link, kind, have and limit.' })
  return { id, link: link as LinkKind | null, kind: kind as EntityKind | null, have, limit: whole(String(limit), 50, EXPAND_AT_MOST) }
}
