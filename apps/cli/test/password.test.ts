/** A password is asked for at a terminal without showing it, once for each address, and never where nobody sits at one. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { databaseAddresses } from '@ringmap/case/database-sources'
import { passwordsForLater } from '../src/password.ts'

const MODULE = fileURLToPath(new URL('../src/password.ts', import.meta.url))
const SCRIPT = '/usr/bin/script'
const AT = { uri: 'bolt://127.0.0.1:7687', user: 'neo4j' }

it('asks nothing without a terminal', async () => {
  expect(await passwordsForLater([AT])).toEqual([])
})

it('asks for each address once', () => {
  const source = (name: string, user: string) => ({ kind: 'neo4j', name, uri: AT.uri, user }) as unknown as Parameters<typeof databaseAddresses>[0]['sources'][number]
  expect(databaseAddresses({ sources: [source('a', 'neo4j'), source('b', 'neo4j'), source('c', 'reader')] })).toEqual([AT, { ...AT, user: 'reader' }])
})

it.skipIf(!existsSync(SCRIPT))('asks at a terminal and shows nothing of what is typed; nothing typed is no password', async () => {
  const code = `import('${MODULE}').then(async ({ passwordsForLater }) => { const given = await passwordsForLater([{ uri: 'bolt://a', user: 'x' }, { uri: 'bolt://b', user: 'y' }]); console.log('length ' + given.map(({ uri, password }) => uri + ' ' + password.length).join(', ')) })`
  const child = spawn(SCRIPT, ['-qec', `${process.execPath} -e "${code.replaceAll('"', '\\"')}"`, '/dev/null'], { env: { ...process.env, NEO4J_PASSWORD: undefined }, stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  let typed = 0
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part
    const prompts = said.split('(Enter: without): ').length - 1
    for (; typed < prompts; typed++) child.stdin.write(typed === 0 ? 'open sesame\n' : '\n')
  })
  await new Promise((resolve) => child.on('close', resolve))
  expect(said).toContain('Password of x at bolt://a')
  expect(said).toContain('Password of y at bolt://b')
  expect(said).toContain('length bolt://a 11')
  expect(said).not.toContain('bolt://b 0')
  expect(said).not.toContain('sesame')
}, 60_000)
