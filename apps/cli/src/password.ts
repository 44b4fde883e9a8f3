/** The password of a database: from the environment, else asked for at the terminal without showing it; never kept. */
import { stdin, stderr } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

export async function databasePassword({ uri, user }: { readonly uri: string; readonly user: string }): Promise<string | null> {
  const given = process.env['NEO4J_PASSWORD']
  if (given !== undefined) return given
  if (!stdin.isTTY) return null
  stderr.write(`Password of ${user} at ${uri}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const line = createInterface({ input: stdin, output: silent, terminal: true })
  try {
    return await line.question('')
  } finally {
    line.close()
    stderr.write('\n')
  }
}
