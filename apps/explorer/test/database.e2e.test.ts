/** What a Neo4j behind the case holds beyond it, in a real Chromium over a real server: counted first, taken in by a run, and on the chart when it is drawn anew. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { neo4jForTests, neo4jSkipped } from '@ringmap/fixtures/neo4j-door'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { chromiumPath } from './chromium.ts'
import { eventually, type ExplorerPage, faultsOf, itHasBrowser, openExplorerPage, screenshot } from './explorer-page.ts'

const path = chromiumPath()
const missing = neo4jSkipped()

itHasBrowser(path)

describe.skipIf(path === null || missing !== null)(`more of an entity in the database, on the screen${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: Neo4j
  let explorer: ExplorerPage
  let page: Page
  const known = process.env['NEO4J_PASSWORD']

  beforeAll(async () => {
    const at = await neo4jForTests()
    server = await Neo4j.open(at)
    await server.write(cypher`MATCH (n:ScreenPhone) DETACH DELETE n`)
    // 1 called 2; 2 called nine more.
    await server.write(cypher`UNWIND range(1, 11) AS i CREATE (:ScreenPhone {number: '94191000' + (10 + i)})`)
    await server.write(cypher`UNWIND [[1, 2]] + [i IN range(3, 11) | [2, i]] AS pair MATCH (a:ScreenPhone {number: '94191000' + (10 + pair[0])}) MATCH (b:ScreenPhone {number: '94191000' + (10 + pair[1])}) CREATE (a)-[:SCREEN_CALLED {at: '2024-03-01T10:00:00'}]->(b)`)
    // For the import alone: the explorer is given the password by the one who starts it.
    process.env['NEO4J_PASSWORD'] = at.password
    explorer = await openExplorerPage(path ?? '', {
      write: async (folder) => {
        writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Behind the case
sources:
  - name: calls
    kind: neo4j
    uri: ${at.uri}
    user: ${at.user}
    read: { relationships: SCREEN_CALLED, from: ScreenPhone, to: ScreenPhone, around: [{ label: ScreenPhone, key: number, values: ['9419100011'] }] }
    entities: { a: { kind: Phone, id: from.number }, b: { kind: Phone, id: to.number } }
    links: [{ kind: called, from: a, to: b, at: at }]
`)
        return await Promise.resolve(undefined)
      },
      prepare: () => {
        if (known === undefined) delete process.env['NEO4J_PASSWORD']
      },
      ready: '.numbers', passwords: [{ uri: at.uri, user: at.user, password: at.password }],
    })
    page = explorer.page
  }, 300_000)

  afterAll(async () => {
    await explorer?.close()
    if (known === undefined) delete process.env['NEO4J_PASSWORD']
    else process.env['NEO4J_PASSWORD'] = known
    await server?.write(cypher`MATCH (n:ScreenPhone) DETACH DELETE n`)
    await server?.close()
  })

  it('counts by type when asked, takes a type in, and says that the chart is older than the case', async () => {
    await page.locator('#search').fill('9419100012')
    await page.locator('[role=option]').first().click()
    await eventually(async () => await page.locator('#card-title').innerText()).toContain('9419100012')
    const part = page.locator('#card').getByText('In the database', { exact: false }).first()
    await part.scrollIntoViewIfNeeded()
    await page.getByRole('button', { name: 'Count what is there' }).click()
    await eventually(async () => await part.innerText()).toMatch(/9 more/)
    const row = page.locator('tr', { hasText: 'SCREEN_CALLED' })
    expect(await row.innerText()).toMatch(/10[\s\S]*1 in the case/)
    expect(await faultsOf(page)).toEqual([])
    await screenshot(page, 'in-database')
    await row.getByRole('button', { name: '+9' }).click()
    await eventually(async () => await page.locator('.live-outdated').count(), 60_000).toBe(1)
    await page.getByRole('button', { name: 'Draw it anew' }).click()
    await eventually(async () => await page.locator('.shown').getAttribute('title')).toMatch(/^Shown 11 of 11 entities/)
    // Nothing of the password is on the page or in what it was told.
    expect(await page.content()).not.toContain('NEO4J')
    expect(explorer.complaints).toEqual([])
  })
})
