/** Makes the Python environment of the peers at .venv, with their exact versions: `node bench/peers-environment.ts`. Needs python3 and the package index. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PEERS = ['igraph==1.0.0', 'leidenalg==0.12.0', 'networkit==11.3', 'networkx==3.6.1', 'numpy==2.4.6', 'polars==1.31.0', 'scipy==1.17.1']

const folder = fileURLToPath(new URL('../.venv', import.meta.url))
execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' })
execFileSync(`${folder}/bin/pip`, ['install', '--quiet', ...PEERS], { stdio: 'inherit' })
console.log(`The peers are in .venv: ${PEERS.join(', ')}`)
