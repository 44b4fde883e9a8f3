/** A connection to Neo4j that reads in READ sessions, so that the server itself refuses a write, and writes only where asked to. */
import neo4j, { type Driver, type Record as DriverRecord, type Session } from 'neo4j-driver'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import type { Cypher } from './neo4j-cypher.ts'
import { neo4jFailure, OLDEST } from './neo4j-failure.ts'

export interface Neo4jAddress {
  /** bolt://, neo4j://, with +s or +ssc for TLS. */
  readonly uri: string
  /** Default: the user's home database. */
  readonly database?: string | undefined
  readonly user: string
  readonly password: string
}

export interface Neo4jServer {
  /** As the server writes it: `Neo4j/5.26.30`. */
  readonly agent: string
  readonly database: string
  /** Stable name of the store; part of every element id. */
  readonly database_id: string
}

export interface ReadOptions {
  /** Records asked for at a time. */
  readonly fetch?: number
  readonly signal?: StopSignal | undefined
}

export type Parameters = Readonly<Record<string, unknown>>

const CONNECT_MS = 10_000
/** Managed transactions are tried again for so long after an error that may pass. */
const RETRY_MS = 15_000
/** How often a long query looks whether it is still wanted. */
const STOP_LOOK_MS = 200

export class Neo4j {
  readonly address: Neo4jAddress
  readonly server: Neo4jServer
  readonly #driver: Driver

  private constructor(driver: Driver, address: Neo4jAddress, server: Neo4jServer) {
    this.#driver = driver
    this.address = address
    this.server = server
  }

  /**
   * @param integers `exact` gives bigint, for values; `plain` gives number, for ids and counts; `halves` gives the driver's pairs of 32 bits, exact too and several times cheaper.
   * @throws RingmapError neo4j_unreachable, neo4j_refused, neo4j_too_old
   */
  static async open(address: Neo4jAddress, { integers = 'exact' }: { readonly integers?: 'exact' | 'plain' | 'halves' } = {}): Promise<Neo4j> {
    let driver: Driver | null = null
    try {
      driver = neo4j.driver(address.uri, neo4j.auth.basic(address.user, address.password), {
        ...(integers === 'halves' ? {} : integers === 'exact' ? { useBigInt: true } : { disableLosslessIntegers: true }),
        userAgent: 'ringmap', connectionTimeout: CONNECT_MS, connectionAcquisitionTimeout: CONNECT_MS * 2, maxTransactionRetryTime: RETRY_MS, telemetryDisabled: true,
        // Deprecations of a later server are nothing the user can act on.
        notificationFilter: { minimumSeverityLevel: 'OFF' },
      })
      const info = await driver.getServerInfo(address.database === undefined ? {} : { database: address.database })
      const agent = info.agent ?? 'Neo4j'
      checkVersion(agent, address.uri)
      const session = driver.session({ ...databaseOf(address), defaultAccessMode: neo4j.session.READ })
      try {
        const { records } = await session.run('CALL db.info() YIELD id, name RETURN id, name')
        const found = records[0]
        return new Neo4j(driver, address, { agent, database: String(found?.get('name') ?? address.database ?? ''), database_id: String(found?.get('id') ?? '') })
      } finally {
        await session.close()
      }
    } catch (error) {
      await driver?.close()
      throw neo4jFailure(error, address)
    }
  }

  /** Hands over each record's values as they come; memory does not grow with their number. A thrown error or a fired signal ends the read. */
  async stream(query: Cypher, parameters: Parameters, each: (values: readonly unknown[]) => void, options: ReadOptions = {}): Promise<void> {
    const session = this.#session('READ', options.fetch ?? 1000)
    try {
      await new Promise<void>((resolve, reject) => {
        session.run(query.text, parameters).subscribe({
          onNext: (record: DriverRecord) => {
            try {
              stopIfAsked(options.signal)
              each(record.keys.map((key) => record.get(key) as unknown))
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)))
              void session.close()
            }
          },
          onCompleted: () => resolve(),
          onError: reject,
        })
      })
    } catch (error) {
      throw this.failure(error)
    } finally {
      await session.close()
    }
  }

  /** Few records, as objects. A fired signal ends the query in the server too, though it is still computing. */
  async rows<T extends object>(query: Cypher, parameters: Parameters = {}, options: Pick<ReadOptions, 'signal'> = {}): Promise<T[]> {
    stopIfAsked(options.signal)
    const session = this.#session('READ', 1000)
    const watch = options.signal === undefined ? null : setInterval(() => void (options.signal?.aborted === true && session.close()), STOP_LOOK_MS)
    try {
      const { records } = await session.run(query.text, parameters)
      return records.map((record) => record.toObject() as T)
    } catch (error) {
      stopIfAsked(options.signal)
      throw this.failure(error)
    } finally {
      if (watch !== null) clearInterval(watch)
      await session.close()
    }
  }

  /** Names of the columns that a query would give. */
  async columns(query: Cypher, parameters: Parameters = {}): Promise<string[]> {
    const session = this.#session('READ', 1)
    try {
      const result = session.run(query.text, parameters)
      const keys = await result.keys()
      await result
      return keys
    } catch (error) {
      throw this.failure(error)
    } finally {
      await session.close()
    }
  }

  /** One managed transaction: the driver tries it again where the server says it can be. */
  async write<T extends object>(query: Cypher, parameters: Parameters = {}): Promise<T[]> {
    const session = this.#session('WRITE', 1000)
    try {
      return await session.executeWrite(async (transaction) => (await transaction.run(query.text, parameters)).records.map((record) => record.toObject() as T))
    } catch (error) {
      throw this.failure(error)
    } finally {
      await session.close()
    }
  }

  /** A schema change, or a statement that manages its own transactions. */
  async change(query: Cypher, parameters: Parameters = {}): Promise<void> {
    const session = this.#session('WRITE', 1000)
    try {
      await session.run(query.text, parameters)
    } catch (error) {
      throw this.failure(error)
    } finally {
      await session.close()
    }
  }

  failure(error: unknown): unknown {
    return neo4jFailure(error, this.address)
  }

  async close(): Promise<void> {
    await this.#driver.close()
  }

  #session(mode: 'READ' | 'WRITE', fetchSize: number): Session {
    return this.#driver.session({ ...databaseOf(this.address), defaultAccessMode: neo4j.session[mode], fetchSize })
  }
}

/** An integer for a parameter: a plain number would go in as a float. */
export function whole(value: number): bigint {
  return BigInt(value)
}

function databaseOf(address: Neo4jAddress): { database?: string } {
  return address.database === undefined ? {} : { database: address.database }
}

/** A server of another make says another name and is tried. @throws RingmapError neo4j_too_old */
export function checkVersion(agent: string, uri: string): void {
  const [, major, minor] = /Neo4j\/(\d+)\.(\d+)/.exec(agent) ?? []
  if (major === undefined || minor === undefined) return
  if (Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1])) throw new RingmapError('neo4j_too_old', { uri, agent, oldest: OLDEST.join('.') })
}
