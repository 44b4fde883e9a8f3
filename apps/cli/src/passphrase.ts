/** Passphrases: typed without an echo, or read from standard input a line each; never a flag, never an environment variable. */
import { createInterface } from 'node:readline'
import { RingmapError } from '@ringmap/model/errors'

/** Lines of standard input that are left, where it is no terminal. */
let piped: AsyncIterator<string> | undefined

export async function passphrase(prompt: string): Promise<string> {
  return process.stdin.isTTY ? await typed(prompt) : await nextLine(prompt)
}

async function nextLine(prompt: string): Promise<string> {
  piped ??= createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const { value, done } = await piped.next()
  if (done === true) throw new RingmapError('usage', { what: `${prompt}: nothing came on standard input. Type it at a terminal, or pipe one line for each passphrase.` })
  return value
}

async function typed(prompt: string): Promise<string> {
  // Before the words stand there: what is typed or pasted at once must not show either.
  process.stdin.setRawMode(true)
  process.stderr.write(`${prompt}: `)
  process.stdin.setEncoding('utf8')
  process.stdin.resume()
  let text = ''
  try {
    for await (const chunk of process.stdin as AsyncIterable<string>) {
      for (const letter of chunk) {
        if (letter === '\u0003') throw new RingmapError('interrupted')
        if (letter === '\r' || letter === '\n') return text
        text = letter === '\u007F' || letter === '\b' ? Array.from(text).slice(0, -1).join('') : text + letter
      }
    }
    return text
  } finally {
    process.stdin.setRawMode(false)
    process.stdin.pause()
    process.stderr.write('\n')
  }
}
