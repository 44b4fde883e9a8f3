import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeCase } from '@ringmap/case/open-case'
import { TOKEN_HEADER } from '@ringmap/model/wire'
import { serveCase, type Served } from '../src/serve.ts'
import { foundCase } from '../../../packages/case/test/found-case.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-server-'))
let served: Served

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A bare request, so that Host and Origin are what the test says. */
async function ask(path: string, headers: Readonly<Record<string, string>> = {}, options: { readonly method?: string; readonly body?: string } = {}): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: served.port, path, method: options.method ?? 'GET', headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.on('error', reject)
    asked.end(options.body)
  })
}

const mine = (): Record<string, string> => ({ [TOKEN_HEADER]: served.token })

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'calls.csv'), 'a,b\n9419000001,9419000002\n9419000002,9419000003\n')
  writeFileSync(join(folder, 'case.yaml'), 'version: 1\nname: Served\nsources:\n  - name: calls\n    file: calls.csv\n    entities: { a: { kind: Phone, id: a }, b: { kind: Phone, id: b } }\n    links: [{ kind: called, from: a, to: b }]\n')
  const open = await foundCase(folder)
  closeCase(open)
  served = await serveCase({ folder, pages: folder })
})

afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('who may talk to the server', () => {
  test('its own page with the token, nobody without', async () => {
    expect((await ask('/api/case', mine())).status).toBe(200)
    expect((await ask('/api/case')).status).toBe(401)
    expect((await ask('/api/case', { [TOKEN_HEADER]: `${served.token}x` })).status).toBe(401)
    expect((await ask('/api/case', { [TOKEN_HEADER]: served.token.slice(0, -1) })).status).toBe(401)
    expect((await ask(`/api/case?token=${served.token}`)).status).toBe(401)
  })

  test('no other host name, so that a name pointed here gets nothing', async () => {
    for (const host of ['evil.example', `evil.example:${served.port}`, '127.0.0.1', `127.0.0.1:${served.port + 1}`, `127.0.0.1.evil.example:${served.port}`])
      expect((await ask('/api/case', { ...mine(), host })).status, host).toBe(403)
    expect((await ask('/', { host: 'evil.example' })).status).toBe(403)
    expect((await ask('/api/case', { ...mine(), host: `localhost:${served.port}` })).status).toBe(200)
  })

  test('no page of another origin, even with the token', async () => {
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${served.port}`, `http://127.0.0.1:${served.port}.evil.example`])
      expect((await ask('/api/case', { ...mine(), origin })).status, origin).toBe(403)
    expect((await ask('/api/case', { ...mine(), origin: `http://127.0.0.1:${served.port}` })).status).toBe(200)
  })

  test('it listens on the loopback address and on no other of this machine', async () => {
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter((one) => !one.internal && one.family === 'IPv4')
    for (const { address } of others) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port: served.port, timeout: 2000 }, () => resolve(true))
        socket.on('error', () => resolve(false)).on('timeout', () => resolve(false)).on('close', () => socket.destroy())
      })
      expect(reached, address).toBe(false)
    }
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:/)
  })

  test('every answer says what may be loaded and forbids caching of the case', async () => {
    const answer = await ask('/api/case', mine())
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
    expect(answer.headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/)
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect((await ask('/')).headers['content-security-policy']).toContain("default-src 'self'")
    expect((await ask('/')).status).toBe(200)
  })

  test('no file outside the pages', async () => {
    for (const path of ['/case.yaml', '/case.key', '/case.duckdb', '/../case.key', '/assets/../case.key', '/assets/%2e%2e/case.key', '/assets/..%2fcase.key']) expect((await ask(path, mine())).status, path).toBe(404)
  })
})

describe('what it answers', () => {
  test('an unknown path, a missing parameter, an unknown id: a code and a hint, never a stack', async () => {
    const cases: readonly (readonly [string, number])[] = [['/api/nothing', 404], ['/api/chart', 400], ['/api/entity?id=P-NONE', 404], ["/api/entity?id=';DROP%20TABLE%20entity;--", 404], ['/api/link?id=x&offset=-1', 400], ['/api/search?q=%25', 200], ["/api/search?q='%3B--", 200]]
    for (const [path, status] of cases) {
      const answer = await ask(path, mine())
      expect(answer.status, path).toBe(status)
      expect(answer.body).not.toMatch(/\n\s+at |node:internal/)
      if (status !== 200) expect(JSON.parse(answer.body)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
    }
    expect((await ask('/api/case', mine())).status).toBe(200)
  })

  test('a body that is no expansion is refused', async () => {
    for (const body of ['', '{', '[]', '{"id":1}', '{"id":"x","have":[1]}', '{"id":"x","link":"nothing"}', '{"id":"x","limit":-5}'])
      expect((await ask('/api/expand', { ...mine(), 'content-type': 'application/json' }, { method: 'POST', body })).status, body).toBe(400)
  })
})
