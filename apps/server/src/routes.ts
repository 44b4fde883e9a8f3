/** The routes of the explorer over one case, as `model/wire` names them: what is read. */
import { userInfo } from 'node:os'
import { Hono, type Context } from 'hono'
import { RingmapError } from '@ringmap/model/errors'
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES, type EntityKind, type LinkKind } from '@ringmap/model/schema'
import type { Routes, WireError } from '@ringmap/model/wire'
import { chartOf, expandFrom } from '@ringmap/case/case-chart'
import { overview } from '@ringmap/case/case-overview'
import { entityCard, findingsOf, linkCard, search, summary, type CaseView } from '@ringmap/case/case-view'
import { findOverTime } from '@ringmap/case/find-topics'
import { joiningPaths } from '@ringmap/case/joining-paths'
import { personTimeline, placesOf } from '@ringmap/case/person-timeline'
import { noteWords, openSavedChart, saveChart, savedCharts } from '@ringmap/case/saved-charts'
import { linkTimes } from '@ringmap/case/link-times'
import type { LiveEvent } from '@ringmap/model/live'
import type { CaseDesk } from './case-desk.ts'
import { failureOf } from './failure.ts'
import { found } from './pattern-routes.ts'
import { bodyOf, idList, type Body } from './request-body.ts'
import { chartAmong, wholeCase } from '@ringmap/case/whole-case'

/** Most that one expansion may add; the answer says how many there are. */
const EXPAND_AT_MOST = 2000
const SEARCH_AT_MOST = 100

type Json<R extends keyof Routes> = Routes[R]['answer'] extends Uint8Array ? never : R

/** Routes whose work puts temporary tables beside the case's; two at once would take them from each other. */
const ALONE: readonly string[] = ['GET /api/over-time', 'POST /api/pattern', 'GET /api/review', 'POST /api/review', 'POST /api/exhibit', 'POST /api/exhibit/check', 'POST /api/unmask'] satisfies (keyof Routes)[]

/** Adds one route: what it answers is what the wire says. */
export type Adds = <R extends keyof Routes>(route: Json<R>, work: (view: CaseView, context: Context, body: Body) => Routes[R]['answer'] | Promise<Routes[R]['answer']>) => void

export function adding(app: Hono, desk: CaseDesk): Adds {
  return (route, work) => {
    const [method, path] = route.split(' ') as [string, string]
    app.on(method, path, async (context) => {
      const body = method === 'POST' ? await bodyOf(context) : {}
      const run = async (view: CaseView): Promise<object> => await work(view, context, body)
      return context.json(ALONE.includes(route) ? await desk.alone(run) : await desk.use(run))
    })
  }
}

export function caseRoutes(desk: CaseDesk, publish: (event: LiveEvent) => void): Hono {
  const app = new Hono()
  const add = adding(app, desk)
  add('GET /api/case', async (view) => await summary(view))
  add('GET /api/findings', async (view) => await findingsOf(view))
  add('GET /api/chart', async (view, context) => await chartOf(view, needed(context, 'subject')))
  add('GET /api/overview', async (view) => await overview(view))
  add('GET /api/charts', (view) => savedCharts(view))
  add('GET /api/saved', async (view, context) => await openSavedChart(view, needed(context, 'name')))
  add('POST /api/saved', (view, _, body) => {
    const saved = saveChart(view, body, { who: userInfo().username, now_ms: Date.now() })
    publish({ type: 'saved', name: saved.name, revision: saved.revision, who: userInfo().username })
    return saved
  })
  add('POST /api/note', (view, _, body) => noteWords(view, typeof body['text'] === 'string' ? body['text'] : ''))
  add('GET /api/search', async (view, context) => await search(view, context.req.query('q') ?? '', whole(context.req.query('limit'), 20, SEARCH_AT_MOST)))
  add('GET /api/entity', async (view, context) => await entityCard(view, needed(context, 'id')))
  add('GET /api/link', async (view, context) => await linkCard(view, needed(context, 'id'), whole(context.req.query('offset'), 0, Number.MAX_SAFE_INTEGER)))
  add('GET /api/timeline', async (view, context) => await personTimeline(view, needed(context, 'id')))
  add('GET /api/over-time', async (view) => await findOverTime(view))
  add('POST /api/places', async (view, _, body) => await placesOf(view, idList(body, 'ids')))
  add('POST /api/pattern', async (view, _, body) => await found(view, body))
  add('POST /api/expand', async (view, _, body) => await expandFrom(view, expandBody(body)))
  add('POST /api/paths', async (view, _, body) => await joiningPaths(view, idList(body, 'ids')))
  add('POST /api/among', async (view, _, body) => await chartAmong(view, idList(body, 'ids')))
  app.get('/api/whole', async (context) => context.body(await desk.use(wholeCase) satisfies Routes['GET /api/whole']['answer'], 200, { 'content-type': 'application/octet-stream' }))
  app.post('/api/times', async (context) => {
    const ids = idList(await bodyOf(context), 'links')
    return context.body(await desk.use(async (view) => await linkTimes(view, ids)) satisfies Routes['POST /api/times']['answer'], 200, { 'content-type': 'application/octet-stream' })
  })
  return app
}

/** What went wrong, in an answer a page can say; set on each app, because an inner one's errors do not come out. */
export function refused(error: unknown, context: Context): Response {
  return context.json({ error: failureOf(error) } satisfies WireError, (error instanceof RingmapError ? error.http : 500) as 400)
}

/** For what no route answers; set on the outermost app, because an inner one's is not asked. */
export function noSuchRoute(context: Context): Response {
  return context.json({ error: { code: 'not_found', message: `There is no ${context.req.method} ${context.req.path}.`, hint: '' } } satisfies WireError, 404)
}

export function needed(context: Context, name: string): string {
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

type ExpandBody = Routes['POST /api/expand']['body']

function expandBody(body: Body): ExpandBody {
  const { id, link = null, kind = null, have = [], limit = 50 } = body
  const known = (value: unknown, names: readonly string[]): boolean => value === null || (typeof value === 'string' && names.includes(value))
  if (typeof id !== 'string' || !known(link, LINK_KIND_NAMES) || !known(kind, ENTITY_KIND_NAMES) || !Array.isArray(have) || !have.every((one) => typeof one === 'string'))
    throw new RingmapError('usage', { what: 'An expansion needs id, link, kind, have and limit.' })
  return { id, link: link as LinkKind | null, kind: kind as EntityKind | null, have, limit: whole(String(limit), 50, EXPAND_AT_MOST) }
}
