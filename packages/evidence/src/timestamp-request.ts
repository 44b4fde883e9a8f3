/** A request to a time-stamping authority (RFC 3161): DER, with a nonce that is made from the hash, so that the same bundle gives the same request. */
import { createHash } from 'node:crypto'

/** @param digest SHA-256, 32 bytes. The token that answers it is kept beside the bundle and checked with `openssl ts -verify`. */
export function timestampRequest(digest: Uint8Array): Uint8Array {
  const algorithm = der(0x30, [der(0x06, [Buffer.from('608648016503040201', 'hex')]), der(0x05, [])])
  const imprint = der(0x30, [algorithm, der(0x04, [digest])])
  const nonce = createHash('sha256').update('ringmap nonce').update(digest).digest().subarray(0, 8)
  // Positive and without a needless zero in front.
  nonce[0] = ((nonce[0] as number) & 0x3f) | 0x40
  return der(0x30, [der(0x02, [Uint8Array.of(1)]), imprint, der(0x02, [nonce]), der(0x01, [Uint8Array.of(0xff)])])
}

function der(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts)
  if (body.length > 127) throw new Error('broken promise: every part of a request is short')
  return Buffer.concat([Uint8Array.of(tag, body.length), body])
}
