/** The password of a database: from the environment, else asked for at the terminal without showing it; never kept. */
import { stdin, stderr } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

export async function databasePassword({ uri, user }: { readonly uri: string; readonly user: string }): Promise<string | null> {
  const given = process.env['NEO4J_PASSWORD']
  if (given !== undefined) return given
  if (!stdin.isTTY) return null
  return await askedFor(`Password of ${user} at ${uri}: `)
}

/** Asked for once, for what may be read later while nobody sits at the terminal; left out where the environment gives one, no terminal is there, or nothing is typed. */
export async function passwordsForLater(addresses: readonly { readonly uri: string; readonly user: string }[]): Promise<readonly { readonly uri: string; readonly user: string; readonly password: string }[]> {
  if (process.env['NEO4J_PASSWORD'] !== undefined || !stdin.isTTY) return []
  const given: { uri: string; user: string; password: string }[] = []
  for (const { uri, user } of addresses) {
    const password = await askedFor(`Password of ${user} at ${uri}, to look into the database from the explorer (Enter: without): `)
    if (password !== '') given.push({ uri, user, password })
  }
  return given
}

async function askedFor(words: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const line = createInterface({ input: stdin, output: silent, terminal: true })
  // Only now: what is typed or pasted the moment the words stand there must not show either.
  stderr.write(words)
  try {
    return await line.question('')
  } finally {
    line.close()
    stderr.write('\n')
  }
}
