/** What the tests of the reader share: a database, a folder for files, and a read that returns the rows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database, type Cell } from '@ringmap/store/database'
import { name, sql } from '@ringmap/store/sql'
import { PREPARE } from '@ringmap/store/tables'
import { readFileIntoTable, type FileToRead, type ReadFile } from '../src/read-file.ts'

export interface Reading extends ReadFile {
  /** Row number and cells. */
  readonly table: Cell[][]
  readonly rejects: { row: number; reason: string; text: string }[]
}

export class ReadingDesk {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'ringmap-test-'))
  #database: Database | null = null

  async database(): Promise<Database> {
    if (this.#database === null) {
      this.#database = await Database.open(':memory:')
      for (const statement of PREPARE) await this.#database.run(statement)
    }
    return this.#database
  }

  write(file: string, content: string | Buffer): string {
    const path = join(this.folder, file)
    writeFileSync(path, content)
    return path
  }

  async read(content: string | Buffer, options: Partial<FileToRead> = {}): Promise<Reading> {
    return await this.readPath(this.write('table.csv', content), options)
  }

  async readPath(path: string, options: Partial<FileToRead> = {}): Promise<Reading> {
    const database = await this.database()
    const file = { source: 'calls', path, shown: 'table.csv', encoding: 'auto', delimiter: 'auto', table: 'raw calls', ...options } as const
    const read = await database.transaction(async () => await readFileIntoTable(database, file))
    const table: Cell[][] = []
    for await (const chunk of database.stream(sql`SELECT * FROM ${name(file.table)}`)) table.push(...chunk.map((row) => [...row]))
    const rejects = await database.rows<{ row: number; reason: string; text: string }>(sql`SELECT row, reason, text FROM rejected_row WHERE source = ${file.source} ORDER BY row`)
    return { ...read, table, rejects }
  }

  close(): void {
    this.#database?.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The code of the refusal, or the error itself when it is none. */
export async function refusal(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'nothing was refused'
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}
