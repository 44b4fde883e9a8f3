/** The case that the explorer reads: requests share one open view, and a finished run puts a newer database in its place between two of them. */
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import { closeCase, DATABASE_FILE, openCase } from '@ringmap/case/open-case'
import { dropNext, NEXT_FILE } from './work-order.ts'

export interface DeskOptions {
  readonly folder: string
  readonly work_folder?: string | undefined
}

export class CaseDesk {
  readonly #options: DeskOptions
  #view: CaseView | null
  #reading = 0
  #idle: (() => void) | null = null
  /** While the database is being exchanged. */
  #turning: Promise<void> | null = null
  #version = 1
  /** End of the queue of those who work alone. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(options: DeskOptions, view: CaseView) {
    this.#options = options
    this.#view = view
  }

  /** @throws RingmapError case_missing, step_missing, case_locked */
  static async open(options: DeskOptions): Promise<CaseDesk> {
    const view = await opened(options)
    dropNext(view.open.work)
    return new CaseDesk(options, view)
  }

  /** Counts the databases that were put in place; 1 for the first. */
  get version(): number {
    return this.#version
  }

  /** Runs something over the view; the database stays until it is done. @throws RingmapError case_locked where another run took the case meanwhile */
  async use<T>(work: (view: CaseView) => T | Promise<T>): Promise<T> {
    while (this.#turning !== null) await this.#turning
    this.#reading++
    try {
      this.#view ??= await opened(this.#options)
      return await work(this.#view)
    } finally {
      this.#reading--
      if (this.#reading === 0) this.#idle?.()
    }
  }

  /** The same, one after the other: for what puts tables of its own beside the case's while it looks. */
  async alone<T>(work: (view: CaseView) => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => await this.use(work))
    this.#last = turn.catch(() => undefined)
    return await turn
  }

  /** Puts the copy that was worked on in place, once nobody reads. */
  async takeNext(): Promise<void> {
    const turn = this.#exchange()
    this.#turning = turn.then(() => undefined, () => undefined).finally(() => (this.#turning = null))
    await turn
    this.#version++
  }

  async #exchange(): Promise<void> {
    if (this.#reading > 0) {
      await new Promise<void>((resolve) => (this.#idle = resolve))
      this.#idle = null
    }
    const view = this.#view
    if (view === null) return
    const { work } = view.open
    this.#view = null
    closeCase(view.open)
    rmSync(join(work, `${DATABASE_FILE}.wal`), { force: true })
    renameSync(join(work, NEXT_FILE), join(work, DATABASE_FILE))
    this.#view = await opened(this.#options)
  }

  close(): void {
    if (this.#view !== null) closeCase(this.#view.open)
    this.#view = null
  }
}

async function opened({ folder, work_folder }: DeskOptions): Promise<CaseView> {
  const open = await openCase(folder, { read_only: true, ...(work_folder === undefined ? {} : { work_folder }) })
  try {
    return await viewCase(open)
  } catch (error) {
    closeCase(open)
    throw error
  }
}
