/** The routes that do something: run steps, answer about records, look behind a code, write an exhibit; each leaves its line in the audit trail. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { Hono } from 'hono'
import { RingmapError } from '@ringmap/model/errors'
import { ANSWERS, type Answer } from '@ringmap/model/judgement'
import { WORK_STEPS, type LiveEvent, type WorkStep } from '@ringmap/model/live'
import { writeAudit } from '@ringmap/case/audit'
import { readCaseFile } from '@ringmap/case/case-file-text'
import type { CaseView } from '@ringmap/case/case-view'
import { EXHIBIT_MODES, EXHIBIT_PROFILES, type ExhibitRequest } from '@ringmap/case/exhibit-request'
import { exhibitGaps, lastChange, writeExhibit } from '@ringmap/case/exhibit-step'
import { giveAnswers, reviewQueue } from '@ringmap/case/review-queue'
import { APPROVED_REASONS, UNMASK_REASONS, unmaskIdentity, type UnmaskReason } from '@ringmap/case/unmask-identity'
import type { CaseDesk } from './case-desk.ts'
import type { CaseWork } from './case-work.ts'
import { bodyOf, type Body } from './request-body.ts'
import { adding } from './routes.ts'

/** Pairs of records that one look at the queue brings. */
const PAIRS_AT_MOST = 100
const EXPORT_NAME = /^exhibit-[\w-]+\.zip$/

export interface DeskRoutes {
  readonly desk: CaseDesk
  readonly work: CaseWork
  readonly publish: (event: LiveEvent) => void
}

export function deskRoutes({ desk, work, publish }: DeskRoutes): Hono {
  const app = new Hono()
  const add = adding(app, desk)
  const now = (): number => Date.now()
  const who = (): string => userInfo().username
  /** What is written for an exhibit may have been edited since the case was opened. */
  const fresh = (view: CaseView): CaseView => ({ ...view, open: { ...view.open, file: readCaseFile(view.open.file_path) } })

  app.get('/api/work', (context) => context.json(work.state()))
  app.post('/api/work', async (context) => {
    const body = await bodyOf(context)
    const steps = Array.isArray(body['steps']) ? body['steps'].filter((step): step is WorkStep => (WORK_STEPS as readonly unknown[]).includes(step)) : []
    return context.json(await work.start(steps, { force: body['force'] === true, who: who() }))
  })
  app.post('/api/work/stop', (context) => context.json(work.stop()))

  add('GET /api/people', (view) => {
    const { file } = fresh(view).open
    return { users: file.users.map(({ id, name, role, post }) => ({ id, name, role, post })), unmask_reasons: UNMASK_REASONS, approved_reasons: APPROVED_REASONS, profiles: EXHIBIT_PROFILES, modes: EXHIBIT_MODES, as_of_ms: asOf(view), now_ms: now() }
  })
  add('POST /api/unmask', async (view, _, body) => await unmaskIdentity(fresh(view), {
    code: text(body, 'code'), user: text(body, 'user'), passphrase: text(body, 'passphrase'), reason: text(body, 'reason') as UnmaskReason, note: text(body, 'note'), authority: text(body, 'authority'),
    approver: text(body, 'approver') === '' ? null : { id: text(body, 'approver'), passphrase: text(body, 'approver_passphrase') },
    until_ms: typeof body['until_ms'] === 'number' ? body['until_ms'] : Number.NaN, now_ms: now(),
  }))
  add('POST /api/exhibit/check', async (view, _, body) => await exhibitGaps(fresh(view), exhibitBody(body)))
  add('POST /api/exhibit', async (view, _, body) => {
    const request = exhibitBody(body)
    if (request.analyst === null) throw new RingmapError('exhibit_refused', { what: 'no analyst signs it.', hint: 'Choose one.' })
    const stamp = new Date(now()).toISOString().replaceAll(/[^\d]/g, '').slice(0, 14)
    const name = `exhibit-${request.subject.toLowerCase().replaceAll(/[^\w-]/g, '-')}-${request.profile}-${stamp}`
    const passphrases = (typeof body['passphrases'] === 'object' && body['passphrases'] !== null ? body['passphrases'] : {}) as Readonly<Record<string, unknown>>
    const written = await writeExhibit(fresh(view), { ...request, analyst: request.analyst }, {
      folder: join(view.open.work, 'exports', name), now_ms: now(), passphrase: async (id) => await Promise.resolve(typeof passphrases[id] === 'string' ? passphrases[id] : ''),
    })
    return { name: `${name}.zip`, annexe: written.annexe === null ? null : { file: basename(written.annexe.file), sha256: written.annexe.sha256 }, files: written.files, size: statSync(written.zip).size, manifest_sha256: written.manifest_sha256, zip_sha256: written.zip_sha256 }
  })
  app.get('/api/exhibit/file', async (context) => {
    const name = context.req.query('name') ?? ''
    const bytes = await desk.use(({ open }) => {
      const path = join(open.work, 'exports', name)
      if (!EXPORT_NAME.test(name) || !existsSync(path)) throw new RingmapError('not_found', { what: `The exhibit ${name}` })
      return readFileSync(path)
    })
    return context.body(new Uint8Array(bytes), 200, { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` })
  })
  add('GET /api/review', async ({ open }, context) => await reviewQueue(open, { most: PAIRS_AT_MOST, ...(context.req.query('all') === undefined ? {} : { states: ['waiting', 'held', 'contradicted', 'unsure', 'disputed'] }) }))
  add('POST /api/review', async ({ open }, _, body) => {
    const [left, right, answer] = [text(body, 'left'), text(body, 'right'), text(body, 'answer')]
    if (!(ANSWERS as readonly string[]).includes(answer)) throw new RingmapError('usage', { what: `An answer is one of ${ANSWERS.join(', ')}.` })
    await giveAnswers(open, [{ left, right, answer: answer as Answer, by: who(), at_ms: now(), why: text(body, 'why') }])
    writeAudit(open, { at_ms: now(), who: who(), act: 'judge', what: `${left} and ${right}: ${answer}`, why: text(body, 'why') })
    publish({ type: 'judged', answers: 1 })
    return { answers: 1 }
  })
  return app
}

function asOf(view: CaseView): number | null {
  try {
    return lastChange(view)
  } catch {
    return null
  }
}

function exhibitBody(body: Body): Omit<ExhibitRequest, 'analyst'> & { readonly analyst: string | null } {
  const profile = EXHIBIT_PROFILES.find((one) => one === body['profile'])
  const mode = EXHIBIT_MODES.find((one) => one === body['mode'])
  const at = body['as_of_ms']
  if (profile === undefined || mode === undefined || typeof at !== 'number' || !Number.isFinite(at)) throw new RingmapError('usage', { what: 'An exhibit needs subject, profile, mode and as_of_ms.' })
  const copy = typeof body['copy'] === 'number' && Number.isInteger(body['copy']) && body['copy'] > 0 ? body['copy'] : 1
  const named = (name: string): string | null => typeof body[name] === 'string' && body[name] !== '' ? body[name] : null
  const recipient = named('recipient')
  // Asked for and left blank is refused by the exhibit itself, with what to do.
  const authority = typeof body['annexe_authority'] === 'string' ? body['annexe_authority'] : null
  return { subject: text(body, 'subject'), profile, mode, as_of_ms: at, analyst: named('analyst'), reviewer: named('reviewer'), review_remarks: named('review_remarks') ?? '', ...(recipient === null ? {} : { issue: { recipient, copy } }), ...(authority === null ? {} : { annexe_authority: authority }) }
}

function text(body: Body, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}
