/** Calls to the server over the typed routes of the wire; every failure becomes a sentence a person can act on. */
import { decodeColumns, type Columns } from '@ringmap/model/columns'
import { TOKEN_HEADER, type Routes, type WireError } from '@ringmap/model/wire'

type Answer<R extends keyof Routes> = Routes[R]['answer']
type GetRoute = Extract<keyof Routes, `GET ${string}`>
type PostRoute = Extract<keyof Routes, `POST ${string}`>
type BinaryRoute = { [R in PostRoute]: Answer<R> extends Uint8Array ? R : never }[PostRoute]

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
    throw new Refusal('server_away', 'The ringmap server does not answer.', 'What is on this page stays. Start the server again in its terminal, then open the new address it prints.')
  }
  if (response.ok) return response
  throw await refusalOf(response)
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    const { error } = await response.json() as WireError
    if (typeof error.message === 'string') return new Refusal(error.code, error.message, error.hint)
  } catch {
    // Not one of our answers: say so by its status below.
  }
  if (response.status === 401 || response.status === 403) {
    return new Refusal('token', 'The server does not know this browser tab.', 'Open the full address that the terminal printed: it ends in #token=…')
  }
  return new Refusal('unexpected', `The server answered with status ${response.status}.`, 'Look at its terminal for the reason.')
}
