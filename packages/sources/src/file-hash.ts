/** SHA-256 of a file, streamed. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

/** Bytes read at a time; every reader of whole files uses it. */
export const CHUNK_BYTES: number = 1 << 21

/** Hex digest of the bytes as they stand on disk. */
export async function fileSha256(path: string, work: WorkOptions = {}): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of fileChunks(path, work)) hash.update(chunk)
  return hash.digest('hex')
}

/** The bytes of a file in order. Each chunk is valid only until the next one is asked for. */
export async function* fileChunks(path: string, work: WorkOptions = {}): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (;;) {
      stopIfAsked(work.signal)
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
