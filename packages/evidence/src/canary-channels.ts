/** Every text that bytes can be read as: unpacked, in each encoding, with references and escapes undone. */
import { gunzipSync, inflateSync, unzipSync, unzlibSync } from 'fflate'

/** One reading of a file. */
export interface Channel {
  /** Where: file name and the path through containers, `case.zip!/chart.svg`. */
  readonly file: string
  /** How it was read: `utf-8`, `utf-16le`, `xml`, `json`, `url`, `png zTXt`, ... */
  readonly reading: string
  readonly text: string
}

const DEEPEST = 8

/** Readings of the file and, unpacked, of all that is in it. A container that cannot be opened is read as bytes. */
export function* channelsOf(bytes: Uint8Array, file: string, depth = 0): Generator<Channel, void> {
  yield { file, reading: 'file name', text: file }
  yield* readings(bytes, file)
  if (depth >= DEEPEST) return
  for (const { name, inner } of contents(bytes)) yield* channelsOf(inner, `${file}!/${name}`, depth + 1)
}

function* readings(bytes: Uint8Array, file: string): Generator<Channel, void> {
  const utf8 = new TextDecoder('utf-8').decode(bytes)
  yield* undone({ file, reading: 'utf-8', text: utf8 })
  // Names may stand in UTF-16 at an odd place inside a binary file, so both byte orders are read from both places.
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    for (const from of [0, 1]) yield* undone({ file, reading: encoding, text: written(new TextDecoder(encoding).decode(bytes.subarray(from))) })
  }
}

/** Bytes that are no UTF-16 read as scattered Chinese and Korean: only stretches that could be words in other scripts are kept. */
function written(text: string): string {
  return (text.match(/[\s\u0020-\u2FFF\uFB50-\uFDFF\uFE70-\uFEFE]{4,}/g) ?? []).join('\n')
}

/** Readings of what is a text already. */
export function readingsOfText(text: string, file: string): Iterable<Channel> {
  return undone({ file, reading: 'utf-8', text })
}

/** The text itself, then with each kind of escape undone where there is any. */
function* undone(channel: Channel): Generator<Channel, void> {
  const { file, reading, text } = channel
  yield channel
  const and = (name: string): string => (reading === 'utf-8' ? name : `${reading} ${name}`)
  const xml = /&(?:#|\w+;)/.test(text) ? unreferenced(text) : text
  if (xml !== text) yield { file, reading: and('xml references'), text: xml }
  if (/<[\w!/?]/.test(text)) yield { file, reading: and('xml text'), text: xml.replaceAll(/<[^<>]*>/g, '') }
  if (/\\[u"\\/bfnrtx]/.test(text)) yield { file, reading: and('json'), text: unescaped(text) }
  if (/<[0-9a-f]{4,}>/i.test(text)) yield { file, reading: and('pdf strings'), text: pdfStrings(text) }
  if (/%[0-9a-f]{2}/i.test(text)) yield { file, reading: and('url'), text: percentDecoded(text.replaceAll('+', ' ')) }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }

function unreferenced(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(["\\/bfnrt]))/gi, (whole: string, braced?: string, four?: string, two?: string, sign?: string) => {
    if (sign !== undefined) return '"\\/'.includes(sign) ? sign : ' '
    const point = Number.parseInt(braced ?? four ?? two ?? '0', 16)
    return point <= 0x10ffff ? (braced === undefined ? String.fromCharCode(point) : String.fromCodePoint(point)) : whole
  })
}

function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => new TextDecoder('utf-8').decode(Uint8Array.from(run.slice(1).split('%'), (pair) => Number.parseInt(pair, 16))))
}

/** Strings of a PDF in hexadecimal: hidden text stands there in UTF-16 behind a byte order mark. */
function pdfStrings(text: string): string {
  return Array.from(text.matchAll(/<([0-9a-f]{4,})>/gi), ([, digits]) => {
    const bytes = Buffer.from(digits as string, 'hex')
    return new TextDecoder(bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'latin1').decode(bytes)
  }).join('\n')
}

interface Content {
  readonly name: string
  readonly inner: Uint8Array
}

/** What is inside: zip entries, a gzip or zlib stream, streams of a PDF, PNG text chunks, and long base64 such as data addresses. */
function contents(bytes: Uint8Array): Content[] {
  const [a, b, c, d] = bytes
  if (a === 0x50 && b === 0x4b) return attempt(() => Object.entries(unzipSync(bytes)).map(([name, inner]) => ({ name, inner })))
  if (a === 0x1f && b === 0x8b) return attempt(() => [{ name: 'gzip', inner: gunzipSync(bytes) }])
  if (a === 0x78 && ((a << 8) | (b ?? 0)) % 31 === 0) return attempt(() => [{ name: 'zlib', inner: unzlibSync(bytes) }])
  if (a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47) return pngTexts(bytes)
  if (a === 0x25 && b === 0x50 && c === 0x44 && d === 0x46) return pdfStreams(bytes)
  return base64Texts(bytes)
}

function attempt(open: () => Content[]): Content[] {
  try {
    return open()
  } catch {
    return []
  }
}

function pdfStreams(bytes: Uint8Array): Content[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Content[] = []
  for (let from = file.indexOf('stream'); from >= 0; from = file.indexOf('stream', from + 1)) {
    if (file.toString('latin1', from - 3, from) === 'end') continue
    const start = from + (file[from + 6] === 0x0d ? 8 : 7)
    const end = file.indexOf('endstream', start)
    if (end < 0) break
    found.push(...attempt(() => [{ name: `stream ${found.length + 1}`, inner: unzlibSync(file.subarray(start, end)) }]))
    from = end
  }
  return found
}

/** Compressed text chunks of a PNG, and chunks of no known picture kind; plain ones are found in the bytes already. */
function pngTexts(bytes: Uint8Array): Content[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Content[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const data = bytes.subarray(at + 8, at + 8 + length)
    const keyword = data.indexOf(0)
    if (kind === 'zTXt' || kind === 'iCCP') found.push(...attempt(() => [{ name: `png ${kind}`, inner: unzlibSync(data.subarray(keyword + 2)) }]))
    else if (kind === 'iTXt' && data[keyword + 1] === 1) {
      const language = data.indexOf(0, keyword + 3)
      const translated = data.indexOf(0, language + 1)
      found.push(...attempt(() => [{ name: 'png iTXt', inner: unzlibSync(data.subarray(translated + 1)) }]))
    } else if (kind === 'tEXt' || kind === 'iTXt' || kind === 'eXIf') found.push({ name: `png ${kind}`, inner: data })
    at += 12 + length
  }
  return found
}

function base64Texts(bytes: Uint8Array): Content[] {
  const text = new TextDecoder('latin1').decode(bytes)
  const found: Content[] = []
  for (const [run] of text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)) {
    // Outlines and hashes are long runs too: only what reads as text or as a known container is looked into.
    const inner = new Uint8Array(Buffer.from(run, 'base64'))
    const telling = inner.subarray(0, 64)
    const readable = telling.filter((byte) => byte >= 9 && byte !== 127).length / telling.length
    if (readable > 0.9 || (inner[0] === 0x50 && inner[1] === 0x4b) || inner[0] === 0x89 || inner[0] === 0x1f || inner[0] === 0x78) found.push({ name: 'base64', inner })
    else found.push(...attempt(() => [{ name: 'base64 deflate', inner: inflateSync(inner) }]))
  }
  return found
}
