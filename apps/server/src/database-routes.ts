/** The routes into the database behind a case: what more it holds at an entity, counts first, and taking chosen types in by a run of its own. */
import { userInfo } from 'node:os'
import { Hono } from 'hono'
import { writeAudit } from '@ringmap/case/audit'
import { passwordGiven, type GivenPassword } from '@ringmap/case/database-sources'
import { inDatabase, readAround } from '@ringmap/case/in-database'
import { RingmapError } from '@ringmap/model/errors'
import type { CaseDesk } from './case-desk.ts'
import type { CaseWork } from './case-work.ts'
import { bodyOf, idList } from './request-body.ts'
import { adding, needed } from './routes.ts'

export function databaseRoutes({ desk, work, passwords }: { readonly desk: CaseDesk; readonly work: CaseWork; readonly passwords: readonly GivenPassword[] }): Hono {
  const app = new Hono()
  const access = { password: passwordGiven(passwords) }
  adding(app, desk)('GET /api/database', async (view, context) => await inDatabase(view, needed(context, 'id'), access))
  app.post('/api/database', async (context) => {
    const body = await bodyOf(context)
    const { id } = body
    const types = idList(body, 'types')
    if (typeof id !== 'string' || id === '') throw new RingmapError('usage', { what: 'The body needs the id of an entity under "id".' })
    const who = userInfo().username
    work.mayStart()
    const around = await desk.use(async (view) => {
      const changed = await readAround(view, id, types, access)
      writeAudit(view.open, { at_ms: Date.now(), who, act: 'import', what: `${types.join(', ')} at ${id} asked of ${changed.database}`, why: null })
      return changed
    })
    try {
      return context.json(await work.start(['import', 'link', 'find'], { force: false, who, undo: around.undo }))
    } catch (error) {
      around.undo()
      throw error
    }
  })
  return app
}
