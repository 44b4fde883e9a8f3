/** The one place that opens a DuckDB file: queries, columns as typed arrays, bulk appends, transactions, interruption. */
import { DuckDBInstance, DuckDBTypeId, type DuckDBConnection, type DuckDBType, type DuckDBValue } from '@duckdb/node-api'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { name, sql, type Sql } from './sql.ts'

export type Cell = string | number | bigint | boolean | null
export type Row = Readonly<Record<string, Cell>>

/** Value that stands for NULL in an integer column read as a typed array. */
export const NULL_INDEX = 0xffffffff

export interface DatabaseOptions {
  /** Threads of the engine; results do not depend on it. */
  readonly threads?: number
  /** Upper bound of memory, as DuckDB writes it: `2GB`. Beyond it DuckDB spills to disk. */
  readonly memory?: string
  /** Folder for what is spilled; without it DuckDB takes one beside the file, or in the folder that one stands in for `:memory:`. */
  readonly temp?: string | undefined
  readonly read_only?: boolean
}

/** Kinds of typed column that can be read whole. */
export interface ColumnTypes {
  readonly u32: Uint32Array
  readonly f64: Float64Array
  readonly u8: Uint8Array
}

export class Database {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  #signal: StopSignal | undefined
  /** End of the queue: a connection runs one statement at a time, and a second one would cut off a result that is still being read. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance
    this.#connection = connection
  }

  /** @param path a file, made when missing, or `:memory:`. */
  static async open(path: string, options: DatabaseOptions = {}): Promise<Database> {
    const config: Record<string, string> = {
      threads: String(options.threads ?? 2),
      memory_limit: options.memory ?? '3GB',
      // Extensions would be fetched from the network; everything needed is built in.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
    }
    if (options.temp !== undefined) config['temp_directory'] = options.temp
    if (options.read_only) config['access_mode'] = 'READ_ONLY'
    try {
      const instance = await DuckDBInstance.create(path, config)
      const connection = await instance.connect()
      // Times are stored as UTC milliseconds; the session zone must never matter.
      await connection.run("SET TimeZone = 'UTC'")
      return new Database(instance, connection)
    } catch (error) {
      throw openFailure(path, error)
    }
  }

  /** From now on a fired signal interrupts the running query. */
  watch(signal: (StopSignal & { addEventListener?: (type: 'abort', listener: () => void, options?: { once: boolean }) => void }) | undefined): void {
    this.#signal = signal
    signal?.addEventListener?.('abort', () => this.#connection.interrupt(), { once: true })
  }

  async run(statement: Sql, values?: readonly Cell[]): Promise<number> {
    return await this.#guard(async () => (await this.#connection.run(statement.text, values as DuckDBValue[] | undefined)).rowsChanged)
  }

  /** Few rows, as objects; 64-bit integers that fit become numbers, others stay bigint. */
  async rows<T extends object = Row>(statement: Sql, values?: readonly Cell[]): Promise<T[]> {
    return await this.#guard(async () => {
      const reader = await this.#connection.runAndReadAll(statement.text, values as DuckDBValue[] | undefined)
      return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]))) as T[]
    })
  }

  async one<T extends object = Row>(statement: Sql, values?: readonly Cell[]): Promise<T | null> {
    return (await this.rows<T>(statement, values))[0] ?? null
  }

  /** A result as arrays of strings, one array a column; NULL stays null. */
  async texts(statement: Sql): Promise<(string | null)[][]> {
    return await this.#guard(async () => {
      const result = await this.#connection.stream(statement.text)
      const columns: (string | null)[][] = Array.from({ length: result.columnCount }, () => [])
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        stopIfAsked(this.#signal)
        for (let c = 0; c < columns.length; c++) {
          const column = columns[c] as (string | null)[]
          for (const value of chunk.getColumnValues(c)) column.push(value === null ? null : String(value))
        }
      }
      return columns
    })
  }

  /** The cells of a result of one column as text, one after the other, so that a long column need not stand in memory as strings. */
  async eachText(statement: Sql, take: (cell: string | null) => void): Promise<void> {
    await this.#guard(async () => {
      const result = await this.#connection.stream(statement.text)
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        stopIfAsked(this.#signal)
        const vector = chunk.getColumnVector(0)
        const count = chunk.rowCount
        for (let i = 0; i < count; i++) take(vector.getItem(i) as string | null)
      }
    })
  }

  /**
   * A result as typed arrays, streamed: no object is made for a row. Columns must be INTEGER or UINTEGER (u32), UTINYINT (u8), DOUBLE (f64).
   * NULL becomes NULL_INDEX, 0 and NaN.
   *
   * @param rows how many there will be, so that each array is made once.
   */
  async columns<K extends readonly (keyof ColumnTypes)[]>(statement: Sql, kinds: K, rows: number): Promise<{ [I in keyof K]: ColumnTypes[K[I]] }> {
    return await this.#guard(async () => {
      const arrays = kinds.map((kind) => (kind === 'u32' ? new Uint32Array(rows) : kind === 'u8' ? new Uint8Array(rows) : new Float64Array(rows)))
      const result = await this.#connection.stream(statement.text)
      let at = 0
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        stopIfAsked(this.#signal)
        const count = chunk.rowCount
        for (let c = 0; c < arrays.length; c++) {
          const vector = chunk.getColumnVector(c)
          const array = arrays[c] as Uint32Array | Float64Array
          const missing = kinds[c] === 'u32' ? NULL_INDEX : kinds[c] === 'u8' ? 0 : Number.NaN
          for (let i = 0; i < count; i++) array[at + i] = (vector.getItem(i) as number | null) ?? missing
        }
        at += count
      }
      if (at !== rows) throw new Error(`broken promise: ${rows} rows were announced and ${at} came`)
      return arrays as unknown as { [I in keyof K]: ColumnTypes[K[I]] }
    })
  }

  /** Rows in chunks, for streaming out, over a connection of its own: it sees what is committed, and no temporary table. */
  async *stream(statement: Sql): AsyncGenerator<readonly Cell[][]> {
    const connection = await this.#instance.connect()
    try {
      const result = await connection.stream(statement.text)
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        stopIfAsked(this.#signal)
        yield chunk.getRows().map((row) => row.map(plain))
      }
    } finally {
      connection.closeSync()
    }
  }

  /** Appends rows of cells in table order, far faster than INSERT; missing values are null. */
  async append(table: string, rows: Iterable<readonly Cell[]>): Promise<number> {
    return await this.#guard(async () => {
      const appender = await this.#connection.createAppender(table)
      const types = Array.from({ length: appender.columnCount }, (_, i) => appender.columnType(i))
      let count = 0
      for (const row of rows) {
        for (let i = 0; i < types.length; i++) {
          const cell = row[i] ?? null
          const type = types[i] as DuckDBType
          if (cell === null) appender.appendNull()
          else if (typeof cell === 'number' && type.typeId === DuckDBTypeId.BIGINT) appender.appendBigInt(BigInt(cell))
          else appender.appendValue(cell, type)
        }
        appender.endRow()
        count++
        if ((count & 0xfff) === 0) stopIfAsked(this.#signal)
      }
      appender.flushSync()
      appender.closeSync()
      return count
    })
  }

  /** All that is committed, as a new database file; the file of this one is not opened a second time, which would let go of its lock. */
  async copyTo(path: string): Promise<void> {
    const own = await this.one<{ n: string }>(sql`SELECT current_database() AS n`)
    await this.run(sql`ATTACH ${path} AS copied (READ_WRITE)`)
    try {
      await this.run(sql`COPY FROM DATABASE ${name(own?.n ?? '')} TO copied`)
    } finally {
      await this.run(sql`DETACH copied`)
    }
  }

  /** All or nothing: when the work throws, the file is as it was before. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#connection.run('BEGIN TRANSACTION')
    try {
      const result = await work()
      await this.#connection.run('COMMIT')
      return result
    } catch (error) {
      // After an interrupt DuckDB may have ended the transaction itself.
      await this.#connection.run('ROLLBACK').catch(() => undefined)
      throw error
    }
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      stopIfAsked(this.#signal)
      return await work()
    })
    this.#last = turn.catch(() => undefined)
    try {
      return await turn
    } catch (error) {
      if (this.#signal?.aborted) throw new RingmapError('interrupted', {}, { cause: error })
      throw queryFailure(error)
    }
  }
}

function plain(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
  return String(value)
}

function openFailure(path: string, error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error)
  const holder = /PID (\d+)/.exec(text)?.[1]
  if (/lock/i.test(text)) return new RingmapError('case_locked', { holder: holder === undefined ? 'unknown process' : `process ${holder}` }, { cause: error })
  return new RingmapError('database_failed', { what: `The case database ${path} could not be opened: ${firstLine(text)}`, hint: 'It can be rebuilt from the sources: remove case.duckdb and run ringmap import again.' }, { cause: error })
}

/** Running out of disk or memory is a user's matter and gets words; a broken query is a bug and keeps its stack. */
function queryFailure(error: unknown): unknown {
  const text = error instanceof Error ? error.message : String(error)
  if (/No space left|disk is full|Out of Memory|could not allocate/i.test(text))
    return new RingmapError('database_failed', { what: `The case database ran out of room: ${firstLine(text)}`, hint: 'Free disk space or memory and run the step again; the case is as it was before.' }, { cause: error })
  return error
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
