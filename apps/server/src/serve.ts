/** Serves the explorer of one case on 127.0.0.1, and nowhere else. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve, type ServerType } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { writeAudit } from '@ringmap/case/audit'
import type { GivenPassword } from '@ringmap/case/database-sources'
import { RingmapError } from '@ringmap/model/errors'
import { CaseDesk } from './case-desk.ts'
import { caseWork } from './case-work.ts'
import { databaseRoutes } from './database-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { guard } from './guard.ts'
import { liveStream } from './live-stream.ts'
import { caseRoutes, noSuchRoute, refused } from './routes.ts'

export interface ServeOptions {
  /** Case folder or case file. */
  readonly folder: string
  /** 0 lets the system choose a free one. Default 0. */
  readonly port?: number
  /** Folder with the built explorer. */
  readonly pages?: string
  readonly work_folder?: string
  /** For databases of the case that the environment gives none for. */
  readonly passwords?: readonly GivenPassword[]
}

export interface Served {
  /** With the session's token; whoever has it can read the case. */
  readonly address: string
  readonly port: number
  readonly token: string
  readonly close: () => Promise<void>
}

/** Where `vite build` puts the explorer. */
export const PAGES: string = fileURLToPath(new URL('../../explorer/dist', import.meta.url))

/** @throws RingmapError browser_missing, case_missing, step_missing, case_locked */
export async function serveCase(options: ServeOptions): Promise<Served> {
  const pages = options.pages ?? PAGES
  if (!existsSync(join(pages, 'index.html'))) throw new RingmapError('browser_missing', { what: 'its files are not there.' })
  const desk = await CaseDesk.open(options)
  try {
    const token = randomBytes(24).toString('base64url')
    const live = liveStream()
    const { publish } = live
    const passwords = options.passwords ?? []
    const work = caseWork({ desk, folder: options.folder, publish, now: () => Date.now(), passwords })
    let port = options.port ?? 0
    const app = new Hono()
    app.use(guard({ token, port: () => port }))
    app.route('/', pageRoutes(pages))
    app.route('/', caseRoutes(desk, publish))
    app.route('/', deskRoutes({ desk, work, publish }))
    app.route('/', databaseRoutes({ desk, work, passwords }))
    app.get('/api/live', (context) => live.join(context, [{ type: 'case', version: desk.version }, { type: 'work', work: work.state() }]))
    app.onError(refused)
    app.notFound(noSuchRoute)
    const server = await listening(app, port)
    port = (server.address() as { port: number }).port
    await desk.use(({ open }) => writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act: 'explore', what: 'explorer opened', why: null }))
    return {
      address: `http://127.0.0.1:${port}/#token=${token}`, port, token,
      close: async () => {
        work.close()
        await closed(server)
        desk.close()
      },
    }
  } catch (error) {
    desk.close()
    throw error
  }
}

function pageRoutes(pages: string): Hono {
  // The static handler takes a root relative to the working folder only.
  const root = relative(process.cwd(), pages) || '.'
  const app = new Hono()
  app.get('/', serveStatic({ root, path: 'index.html' }))
  app.get('/assets/*', serveStatic({ root }))
  app.get('/:file{[^/]+\\.(?:svg|ico|png|webmanifest)}', serveStatic({ root }))
  return app
}

async function listening(app: Hono, port: number): Promise<ServerType> {
  return await new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(server))
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new RingmapError('usage', { what: `Port ${port} is taken; name another with --port, or none.` }, { cause: error }) : error)
    })
  })
}

async function closed(server: ServerType): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
