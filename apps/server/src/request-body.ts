/** What a request brings along: an object of JSON, and the lists in it that every route needs. */
import type { Context } from 'hono'
import { RingmapError } from '@ringmap/model/errors'

export type Body = Readonly<Record<string, unknown>>

/** Empty where there is none, or no object. */
export async function bodyOf(context: Context): Promise<Body> {
  const body: unknown = await context.req.json().catch(() => null)
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body as Body : {}
}

/** A list of ids under a name of the body. */
export function idList(body: Body, name: string): readonly string[] {
  const list = body[name]
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) throw new RingmapError('usage', { what: `The body needs a list of ids under "${name}".` })
  return list
}
