/** Source rows as they stand in the files: file, row number, every cell; masked cells are marked. */
import type { SourceRef, SourceRow } from '@ringmap/model/entity'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'

/** `calls.csv:1204`, with the sheet of a workbook. */
export function placeOf(source: SourceRef): string {
  return `${fileOf(source)}:${source.row}`
}

function fileOf({ file, sheet }: SourceRef): string {
  return `${file}${sheet === undefined ? '' : ` [${sheet}]`}`
}

export function SourcePlace({ source }: { readonly source: SourceRef }) {
  return <span className="source" title={say('row.place', { source: source.source, file: source.file, row: source.row, hash: source.sha256 })}><bdi>{fileOf(source)}:<wbr />{source.row}</bdi></span>
}

export function SourceRows({ rows }: { readonly rows: readonly SourceRow[] }) {
  return (
    <ol className="plain rows">
      {rows.map(({ ref, cells }) => (
        <li key={placeOf(ref)} className="row" data-source-row={placeOf(ref)}>
          <div className="row-head" title={say('row.hash', { hash: ref.sha256 })}>
            <Icon svg={TOOLS.file} size={13} /> <bdi>{ref.file}</bdi>{ref.sheet === undefined ? null : <> · <bdi>{ref.sheet}</bdi></>} <span className="row-number">{say('row.number', { n: ref.row })}</span>
          </div>
          <dl>
            {cells.map(({ column, value, masked }, i) => (
              <div key={`${i} ${column}`} data-masked={masked === true}>
                <dt><bdi>{plainLabel(column)}</bdi></dt>
                <dd>{masked === true ? <><Icon svg={TOOLS.shield} size={11} /> <bdi>{value === null ? say('row.masked') : plainLabel(value)}</bdi><span className="unseen"> {say('row.masked')}</span></> : value === null || value === '' ? <span className="faint">{say('row.empty')}</span> : <bdi>{plainLabel(value)}</bdi>}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  )
}
