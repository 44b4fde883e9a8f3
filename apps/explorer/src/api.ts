/** Calls to the server over the typed routes of the wire; every failure becomes a sentence a person can act on. */
import { decodeColumns, type Columns } from '@ringmap/model/columns'
import type { LiveEvent } from '@ringmap/model/live'
import { TOKEN_HEADER, type Routes, type WireError } from '@ringmap/model/wire'
import { currentLanguage } from './words/language.ts'
import { sayIfKnown, type Values } from './words/say.ts'

type Answer<R extends keyof Routes> = Routes[R]['answer']
type GetRoute = Extract<keyof Routes, `GET ${string}`>
type PostRoute = Extract<keyof Routes, `POST ${string}`>
type Binary<R extends keyof Routes> = { [K in R]: Answer<K> extends Uint8Array ? K : never }[R]
type BinaryRoute = Binary<PostRoute>

/** What went wrong, in words, and what to do next. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly hint: string

  constructor(code: string, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

let token: string | null = null

export function useToken(value: string | null): void {
  token = value
}

export async function get<R extends GetRoute>(route: R, query: Routes[R]['query'], signal?: AbortSignal): Promise<Answer<R>> {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value)
  const text = parameters.toString()
  return ask<Answer<R>>(route.slice('GET '.length) + (text === '' ? '' : `?${text}`), { signal: signal ?? null })
}

export async function post<R extends PostRoute>(route: R, body: Routes[R]['body']): Promise<Answer<R>> {
  return ask<Answer<R>>(route.slice('POST '.length), { method: 'POST', body: JSON.stringify(body) })
}

/** Routes that answer with columns. */
export async function postForColumns<H>(route: BinaryRoute, body: Routes[BinaryRoute]['body']): Promise<Columns<H>> {
  const response = await answered(route.slice('POST '.length), { method: 'POST', body: JSON.stringify(body) })
  return decodeColumns<H>(await response.arrayBuffer())
}

/** A file, for the browser to keep. */
export async function getFile(path: string): Promise<Blob> {
  return await (await answered(path, {})).blob()
}

/** Server-sent events until the server ends them. The browser's own EventSource cannot send the token. @throws Refusal */
export async function stream(path: string, hear: (event: LiveEvent) => void): Promise<void> {
  const response = await answered(path, {})
  if (response.body === null) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }))
    if (done || value === undefined) return
    text += value
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text.slice(0, end).split('\n').find((line) => line.startsWith('data: '))
      if (data !== undefined) hear(JSON.parse(data.slice('data: '.length)) as LiveEvent)
      text = text.slice(end + 2)
    }
  }
}

export async function getForColumns<H>(route: Binary<GetRoute>): Promise<Columns<H>> {
  return decodeColumns<H>(await (await answered(route.slice('GET '.length), {})).arrayBuffer())
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  return await (await answered(path, init)).json() as T
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  const headers = new Headers({ accept: 'application/json' })
  if (token !== null) headers.set(TOKEN_HEADER, token)
  if (init.method === 'POST') headers.set('content-type', 'application/json')
  try {
    response = await fetch(path, { ...init, headers })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw refusal('server_away')
  }
  if (response.ok) return response
  throw await refusalOf(response)
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    const { error } = await response.json() as WireError
    if (typeof error.message === 'string') return refusal(error.code, error.details ?? {}, error)
  } catch {
    // Not one of our answers: say so by its status below.
  }
  return response.status === 401 || response.status === 403 ? refusal('token') : refusal('unexpected', { status: response.status })
}

/** In the language of the screen; a code the catalogue does not know keeps the server's words. */
export function refusal(code: string, details: Values = {}, server: { readonly message: string; readonly hint: string } = { message: code, hint: '' }): Refusal {
  // English is the server's own: it knows more of the place than a table does.
  if (currentLanguage() === 'en' && server.message !== code) return new Refusal(code, server.message, server.hint)
  return new Refusal(code, sayIfKnown(`refused.${code}`, server.message, details), sayIfKnown(`refused.${code}.hint`, server.hint, details))
}
