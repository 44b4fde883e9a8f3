/** Writes docs/licences.md: every package that ringmap names, its version and licence; fails on a licence that does not go with MIT. */
import { readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'

interface Listed {
  readonly name: string
  readonly versions: readonly string[]
}

/** Licences under which a package may be used, and shipped, beside MIT. MPL-2.0 and OFL cover their own files alone. */
const COMPATIBLE = /^\(?(MIT|MIT-0|ISC|0BSD|BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|MPL-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|OFL-1\.1|Unlicense|Python-2\.0|WTFPL|Zlib|Unicode-3\.0)( (AND|OR) .*)?\)?$/

const listed = JSON.parse(execFileSync('pnpm', ['-r', 'licenses', 'list', '--json'], { encoding: 'utf8', maxBuffer: 2 ** 26 })) as Readonly<Record<string, readonly Listed[]>>
const packages = Object.entries(listed).flatMap(([licence, all]) => all.map((one) => ({ ...one, licence })))
const wrong = packages.filter(({ licence }) => !COMPATIBLE.test(licence))
for (const { name, licence } of wrong) console.error(`${name}: ${licence} is not known to go with MIT`)

const catalog = [...readFileSync('pnpm-workspace.yaml', 'utf8').matchAll(/^ {2}"?([@\w/.-]+)"?: (\d\S*)$/gm)].map(([, name, version]) => ({ name: name ?? '', version: version ?? '' }))
const rows = catalog.map(({ name, version }) => `| ${name} | ${version} | ${packages.find((one) => one.name === name)?.licence ?? 'not installed here'} |`)
const counts = Object.entries(listed).map(([licence, all]) => `${licence} (${all.length})`).sort()
writeFileSync('docs/licences.md', `# What ringmap is built with, and under which licences

Written by \`node scripts/licences.ts\`. ringmap itself is MIT.

| package | version | licence |
|---|---|---|
${rows.join('\n')}

With everything that these bring along: ${counts.join(', ')}. Counts differ a little between machines, since some packages bring a binary for one kind only.
`)
process.exitCode = wrong.length > 0 ? 1 : 0
