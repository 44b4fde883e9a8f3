/**
 * How fast the explorer draws beside other libraries, on the same network in the same browser: `pnpm bench:explorer [SIZE...] [--only NAME]`. Sizes are 2k, 10k, 50k and 100k entities. The
 * peers are installed into a scratch folder; a picture of each lies beside its figures as evidence that it drew. Figures stand in docs/performance.md.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { encodeColumns } from '@ringmap/model/columns'
import type { WholeCaseHead } from '@ringmap/model/wire'
import { csrFromEdges } from '@ringmap/graph/csr'
import { largePlaces } from '@ringmap/graph/large-places'
import { plantedNetwork } from '../../../bench/planted-network.ts'
import { chromiumPath, startChromium } from '../test/chromium.ts'

const SIZES: Readonly<Record<string, readonly [number, number]>> = { '2k': [2000, 6000], '10k': [10_000, 50_000], '50k': [50_000, 150_000], '100k': [100_000, 300_000] }
const PEERS = { 'force-graph': ['1.52.0', 'force-graph/dist/force-graph.min.js'], 'cytoscape': ['3.34.4', 'cytoscape/dist/cytoscape.min.js'], 'vis-network': ['10.1.5', 'vis-network/standalone/umd/vis-network.min.js'] } as const
const NAMES = ['ringmap', 'ringmap, as used', 'sigma points and lines', 'sigma default', 'force-graph', 'cytoscape.js', 'vis-network'] as const
/** Whoever has not drawn by then is said not to have. */
const PATIENCE_ms = 90_000
const EMPTY_BYTES = 12_000

const work = join(tmpdir(), 'ringmap-bench-explorer')
mkdirSync(join(work, 'pictures'), { recursive: true })
installPeers()
const pages = join(work, 'pages')
await build({ root: fileURLToPath(new URL('.', import.meta.url)), base: './', logLevel: 'error', build: { outDir: pages, emptyOutDir: true } })
const found = chromiumPath()
if (found === null) throw new Error('No Chromium was found; set CHROMIUM_PATH.')

let bytes: Uint8Array = new Uint8Array(0)
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://here').pathname)
  if (path === '/data') {
    response.end(bytes)
    return
  }
  const file = path.startsWith('/peers/') ? join(work, 'node_modules', path.slice('/peers/'.length)) : join(pages, path === '/' ? 'index.html' : path)
  if (!existsSync(file)) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': extname(file) === '.html' ? 'text/html' : extname(file) === '.css' ? 'text/css' : 'text/javascript' }).end(readFileSync(file))
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

const given = process.argv.slice(2)
const only = given.includes('--only') ? given[given.indexOf('--only') + 1] : undefined
const sizes = given.filter((word) => word in SIZES)
const browser = await startChromium(found)
print(`${'network'.padEnd(14)}${'who'.padEnd(25)}${'first draw, ms'.padStart(15)}${'frame, ms'.padStart(11)}${'memory, MB'.padStart(12)}${'window, ms of script'.padStart(22)}`)
for (const size of sizes.length > 0 ? sizes : Object.keys(SIZES)) {
  const [nodes, ties] = SIZES[size]
  bytes = columnsOf(nodes, ties)
  for (const name of NAMES) if (only === undefined || only === name) await measure(size, name)
}
await browser.close()
server.close()

async function measure(size: string, name: (typeof NAMES)[number]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } })
  page.setDefaultTimeout(PATIENCE_ms)
  try {
    await page.goto(address)
    for (const [, file] of Object.values(PEERS)) if (name.startsWith(file.split('/')[0] ?? '') || name === 'cytoscape.js' && file.startsWith('cytoscape')) await page.addScriptTag({ url: `/peers/${file}` })
    await page.waitForFunction('globalThis.bench !== undefined')
    const first = await limited(page.evaluate<readonly number[]>(`bench.start(${JSON.stringify(name)})`) as Promise<number>)
    const frames = await limited(page.evaluate(`bench.pan(${size === '100k' ? 8 : 16})`))
    const moves = name === 'ringmap' ? await limited(page.evaluate<readonly number[]>('bench.window(11)')) : []
    const window = moves.toSorted((a, b) => a - b)[moves.length >> 1]?.toFixed(1) ?? ''
    const session = await page.context().newCDPSession(page)
    const picture = await page.screenshot({ path: join(work, 'pictures', `${size}-${name.replaceAll(/\W+/g, '-')}.png`) })
    // Whoever is fast because nothing was drawn is not fast: the picture of an empty page packs into a few thousand bytes.
    if (picture.length < EMPTY_BYTES) throw new Error('the picture is empty')
    await session.send('HeapProfiler.collectGarbage')
    const heap = await session.send('Runtime.getHeapUsage') as { readonly usedSize: number; readonly backingStorageSize?: number }
    const middle = frames.toSorted((a, b) => a - b)[frames.length >> 1] ?? NaN
    print(`${size.padEnd(14)}${name.padEnd(25)}${first.toFixed(0).padStart(15)}${middle.toFixed(0).padStart(11)}${((heap.usedSize + (heap.backingStorageSize ?? 0)) / 1e6).toFixed(0).padStart(12)}${window.padStart(22)}`)
  } catch (problem) {
    print(`${size.padEnd(14)}${name.padEnd(25)}  did not: ${String(problem).split('\n')[0]?.slice(0, 100)}`)
  } finally {
    await page.close()
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function limited<T>(work_: Promise<T>): Promise<T> {
  return await Promise.race([work_, new Promise<never>((_, failed) => setTimeout(() => failed(new Error(`not within ${PATIENCE_ms / 1000} s`)), PATIENCE_ms).unref())])
}

/** The planted network with the places that the engine gives it, times over two years, a tenth of the entities masked. */
function columnsOf(nodes: number, ties: number): Uint8Array {
  const { source, target, community } = plantedNetwork({ nodes, ties })
  const sizes = new Map<number, number>()
  for (const c of community) sizes.set(c, (sizes.get(c) ?? 0) + 1)
  const order = new Map([...sizes].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).map(([c], i) => [c, i]))
  const group = Uint32Array.from(community, (c) => order.get(c) ?? 0)
  const { x, y } = largePlaces(csrFromEdges(nodes, source, target), group, order.size)
  const ids = Array.from({ length: nodes }, (_, v) => `n${v}`)
  let end = 0
  const links = source.length
  return encodeColumns<WholeCaseHead>({
    head: { entities: nodes, links, origin_ms: 0, from_ms: 0, until_ms: 700 * 86_400_000, loops: 0, named: [] },
    columns: {
      kind: Uint8Array.from({ length: nodes }, (_, v) => v % 3), masked: Uint8Array.from({ length: nodes }, (_, v) => Number(v % 10 === 0)), x, y, group,
      id_ends: Uint32Array.from(ids, (id) => (end += id.length)), id_bytes: new TextEncoder().encode(ids.join('')), source, target,
      link_kind: Uint8Array.from({ length: links }, (_, l) => l % 5), strength: Uint8Array.from({ length: links }, (_, l) => l % 3), criminal: new Uint8Array(links),
      first: Float32Array.from({ length: links }, (_, l) => l % 700), last: Float32Array.from({ length: links }, (_, l) => l % 700 + 20), amount: new Float32Array(links).fill(-1), count: new Float32Array(links).fill(1),
    },
  })
}

function installPeers(): void {
  if (Object.values(PEERS).every(([, file]) => existsSync(join(work, 'node_modules', file)))) return
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', ...Object.entries(PEERS).map(([name, [version]]) => `${name}@${version}`)], { cwd: work, stdio: 'inherit' })
}
