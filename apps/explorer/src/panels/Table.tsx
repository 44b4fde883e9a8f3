/** A table of many rows of which only those in view exist; sorted by its headings, filtered by words, its columns chosen, copied whole. */
import { UnstyledButton } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import { usePrinting } from '../printing.ts'
import { setState } from '../state.ts'
import { say } from '../words/say.ts'
import { tabbed } from '../words/cells.ts'

export interface TableColumn<R> {
  readonly name: string
  readonly width: string
  /** For sorting and copying; numbers sort as numbers. */
  readonly value: (row: R) => string | number
  readonly show?: (row: R) => ReactNode
  readonly number?: boolean
}

interface TableProps<R> {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly TableColumn<R>[]
  readonly id: (row: R) => string
  readonly picked: string | null
  readonly pick: (row: R) => void
}

const ROW = 28
const AROUND = 8

export function Table<R>({ label, rows, columns, id, picked, pick }: TableProps<R>) {
  const [sort, setSort] = useState<{ readonly column: string; readonly down: boolean } | null>(null)
  const [words, setWords] = useState('')
  const [off, setOff] = useState<readonly string[]>([])
  const [top, setTop] = useState(0)
  const [room, setRoom] = useState(240)
  const shown = columns.filter(({ name }) => !off.includes(name))
  const list = useMemo(() => arranged(rows, columns, words, sort), [rows, columns, words, sort])
  // Paper does not scroll: every row is on it.
  const printing = usePrinting()
  const first = printing ? 0 : Math.max(0, Math.floor(top / ROW) - AROUND)
  const last = printing ? list.length : Math.min(list.length, Math.ceil((top + room) / ROW) + AROUND)
  const grid = { gridTemplateColumns: shown.map(({ width }) => width).join(' ') }
  const copy = (): void => {
    const text = tabbed([shown.map(({ name }) => name), ...list.map((row) => shown.map((column) => String(column.value(row))))])
    void navigator.clipboard.writeText(text).then(() => setState({ said: say('table.copied', { n: list.length }) }), () => setState({ said: say('table.no-copy') }))
  }
  return (
    <div className="table-part">
      <div className="table-tools">
        <input type="search" className="table-words" value={words} placeholder={say('table.words')} aria-label={say('table.words.label', { table: label })} onChange={(event) => setWords(event.target.value)} />
        <span className="faint" role="status">{say('table.of', { n: list.length, of: rows.length })}</span>
        <details className="table-columns">
          <summary>{say('table.columns')}</summary>
          <div>{columns.map(({ name }) => <label key={name} className="choice"><input type="checkbox" checked={!off.includes(name)} disabled={shown.length === 1 && !off.includes(name)} onChange={() => setOff(off.includes(name) ? off.filter((one) => one !== name) : [...off, name])} /> {name}</label>)}</div>
        </details>
        <UnstyledButton className="more-here" onClick={copy}>{say('table.copy')}</UnstyledButton>
      </div>
      <div
        className="table-scroll" tabIndex={0} role="table" aria-label={label} aria-rowcount={list.length + 1} aria-colcount={shown.length}
        ref={(element) => { if (element !== null && !printing && element.clientHeight !== room) setRoom(element.clientHeight) }} onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <div className="table-head" role="row" aria-rowindex={1} style={grid}>
          {shown.map(({ name, number }) => (
            <span key={name} role="columnheader" aria-sort={sort?.column !== name ? 'none' : sort.down ? 'descending' : 'ascending'} data-number={number}>
              <UnstyledButton className="sort" onClick={() => setSort(sort?.column === name ? (sort.down === (number ?? false) ? { column: name, down: !sort.down } : null) : { column: name, down: number ?? false })}>
                {name}{sort?.column === name ? (sort.down ? ' ↓' : ' ↑') : ''}
              </UnstyledButton>
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: list.length * ROW, position: 'relative' }}>
          {list.slice(first, last).map((row, i) => (
            <div
              key={id(row)} role="row" aria-rowindex={first + i + 2} className="table-row" data-picked={picked === id(row)} data-row={id(row)} style={{ ...grid, top: (first + i) * ROW }} onClick={() => pick(row)}
            >
              {shown.map((column, c) => (
                <span key={column.name} role="cell" data-number={column.number}>
                  {c === 0 ? <UnstyledButton className="cell-pick" onClick={(event) => { event.stopPropagation(); pick(row) }}>{column.show?.(row) ?? column.value(row)}</UnstyledButton> : column.show?.(row) ?? column.value(row)}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** Stable: rows that are equal keep their order. */
function arranged<R>(rows: readonly R[], columns: readonly TableColumn<R>[], words: string, sort: { readonly column: string; readonly down: boolean } | null): readonly R[] {
  const wanted = words.trim().toLowerCase()
  const kept = wanted === '' ? rows : rows.filter((row) => columns.some(({ value }) => String(value(row)).toLowerCase().includes(wanted)))
  const column = columns.find(({ name }) => name === sort?.column)
  if (column === undefined || sort === null) return kept
  const sign = sort.down ? -1 : 1
  return kept.toSorted((a, b) => {
    const [x, y] = [column.value(a), column.value(b)]
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true }))
  })
}
