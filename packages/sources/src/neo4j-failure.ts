/** What Neo4j and its driver refuse, in words: wrong password, wrong database, TLS, an old server, one that stopped. */
import { RingmapError } from '@ringmap/model/errors'

/** Where the trouble was, for messages. */
export interface Neo4jPlace {
  readonly uri: string
  readonly database?: string | undefined
}

/** Oldest server: `CALL (x) { .. }` and COLLECT come with it. */
export const OLDEST: readonly [number, number] = [5, 23]
const OLDEST_TEXT = OLDEST.join('.')

/** The driver's `code`, or empty. */
export function neo4jCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Whether the same work may succeed when it is tried again: the server says so, or went away in the middle. */
export function mayRetry(error: unknown): boolean {
  const code = neo4jCode(error)
  return code === 'ServiceUnavailable' || code === 'SessionExpired' || code.startsWith('Neo.TransientError.')
}

/** @returns a RingmapError for everything that is not a bug of ours; what is one comes back as it was. */
export function neo4jFailure(error: unknown, at: Neo4jPlace): unknown {
  if (error instanceof RingmapError) return error
  const code = neo4jCode(error)
  const text = error instanceof Error ? error.message : String(error)
  const refuse = (name: 'neo4j_refused' | 'neo4j_unreachable' | 'neo4j_query', what: string, hint: string): RingmapError => new RingmapError(name, { uri: at.uri, what, hint }, { cause: error })
  if (/^Unknown scheme|Unable to parse|Invalid URL|Encryption.*(?:configured|URL)/i.test(text)) return refuse('neo4j_unreachable', firstLine(text), 'An address reads bolt://host:7687, neo4j://host:7687, or bolt+s:// and neo4j+s:// where the server has TLS.')
  if (code.endsWith('.Security.Unauthorized')) return refuse('neo4j_refused', 'the name or the password is wrong', 'Set NEO4J_PASSWORD to the password of the user that case.yaml or --user names.')
  if (code.endsWith('.AuthenticationRateLimit')) return refuse('neo4j_refused', 'too many wrong passwords were given', 'Wait some seconds and try again.')
  if (code.endsWith('.Security.Forbidden') || code.endsWith('.Statement.AccessMode') || /ReadOnly/.test(code)) return refuse('neo4j_refused', 'this user or session may only read', 'Ask for write rights; everything but export works without them. A query in case.yaml must not write.')
  if (code.endsWith('.Database.DatabaseNotFound')) return refuse('neo4j_refused', `it has no database ${at.database ?? ''}`, 'Correct database in case.yaml, or leave it out for the home database.')
  if (code.includes('TransactionTimedOut') || code.endsWith('.LockAcquisitionTimeout') || code.endsWith('.LockClientStopped')) return refuse('neo4j_unreachable', `it gave up waiting: ${firstLine(text)}`, 'Another transaction may hold the data; run the step again. Nothing was changed.')
  if (code.endsWith('.ProcedureNotFound')) return new RingmapError('gds_missing', { uri: at.uri, what: firstLine(text) }, { cause: error })
  // What the driver needs of a server came with 5.7, and it says so before the server's own name is heard.
  if (/upgrade to Neo4j|does not support user notification filters/i.test(text)) return new RingmapError('neo4j_too_old', { uri: at.uri, agent: 'older than 5.7', oldest: OLDEST_TEXT }, { cause: error })
  if (/Unknown Bolt protocol version/i.test(text)) return new RingmapError('neo4j_too_old', { uri: at.uri, agent: 'of a version whose protocol is not spoken here', oldest: OLDEST_TEXT }, { cause: error })
  if (/SELF_SIGNED|CERT_|certificate|EPROTO|wrong version number|SSL|TLS/i.test(text)) return refuse('neo4j_unreachable', `the encrypted connection failed: ${firstLine(text)}`, 'bolt:// is for servers without TLS, bolt+s:// for certificates the system trusts, bolt+ssc:// for self-signed ones; NODE_EXTRA_CA_CERTS names a further authority.')
  if (mayRetry(error) || code === 'N/A' || /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|closed by server|acquisition timed out/i.test(text))
    return refuse('neo4j_unreachable', firstLine(text), 'Is it running, and at this address? A server that asks for TLS is reached by bolt+s:// or neo4j+s://. Run the step again: what was read before is kept.')
  if (code.startsWith('Neo.')) return refuse('neo4j_query', firstLine(text), code.endsWith('SyntaxError') ? 'Correct query in case.yaml.' : `The server calls it ${code}.`)
  return error
}

/** Without the advice that the driver puts before the cause. */
function firstLine(text: string): string {
  const cause = /.*(?:Socket responded with|Caused by): (.+)/s.exec(text)?.[1] ?? text
  return (cause.split('\n', 1)[0] ?? cause).slice(0, 300).replace(/[. ]+$/, '')
}
