/** Who may talk to the server: this machine's own pages with the session's token, and nobody else. */
import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { TOKEN_HEADER } from '@ringmap/model/wire'

export interface GuardOptions {
  readonly token: string
  /** Known once the server listens. */
  readonly port: () => number
}

/** Nothing from elsewhere is loaded, sent to, or framed; styles are set by the chart library at run time. */
const POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * A page of another site can send requests to a local port: the Host check stops a name that was pointed here (DNS rebinding), the Origin check
 * stops other pages, the token stops other programs. The page itself holds nothing of the case and is served without a token.
 */
export function guard(options: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    context.header('Content-Security-Policy', POLICY)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Referrer-Policy', 'no-referrer')
    context.header('X-Frame-Options', 'DENY')
    context.header('Cross-Origin-Opener-Policy', 'same-origin')
    context.header('Cross-Origin-Resource-Policy', 'same-origin')
    const hosts = [`127.0.0.1:${options.port()}`, `localhost:${options.port()}`]
    if (!hosts.includes(context.req.header('host') ?? '')) return context.json(refusal('wrong host'), 403)
    const origin = context.req.header('origin')
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return context.json(refusal('wrong origin'), 403)
    if (context.req.path.startsWith('/api/')) {
      context.header('Cache-Control', 'no-store')
      if (!equal(context.req.header(TOKEN_HEADER) ?? '', options.token)) return context.json(refusal('no valid token: open the address that the command printed'), 401)
    }
    return await next()
  }
}

function refusal(why: string): { error: { code: string; message: string; hint: string } } {
  return { error: { code: 'refused', message: `Refused: ${why}.`, hint: 'Use the address that ringmap printed; each session has its own.' } }
}

/** Compares in a time that does not tell how much was right. */
function equal(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
