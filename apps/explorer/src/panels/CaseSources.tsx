/** The files the case was read from, with their fingerprints, and what was wrong in them: counted, never hidden. */
import { ISSUE_CODES, type Issue } from '@ringmap/model/issue'
import type { CaseSummary } from '@ringmap/model/wire'
import { counted, plural } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { capital } from '../words/terms.ts'

export function CaseSources({ summary }: { readonly summary: CaseSummary }) {
  return (
    <>
      <section className="start-part" aria-label="Sources">
        <h3>Sources</h3>
        <table className="sources">
          <thead><tr><th scope="col">File</th><th scope="col" className="number">Rows</th><th scope="col" className="number">Set aside</th><th scope="col">SHA-256</th></tr></thead>
          <tbody>
            {summary.sources.map((source) => (
              <tr key={source.name}>
                <th scope="row"><bdi>{plainLabel(source.file)}</bdi>{source.name === source.file ? null : <span className="faint"> <bdi>{plainLabel(source.name)}</bdi></span>}</th>
                <td className="number">{counted(source.rows)}</td>
                <td className="number">{counted(source.rejected)}</td>
                <td className="mono faint" title={source.sha256}>{source.sha256.slice(0, 16)}…</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {summary.issues.length === 0 ? null : (
        <section className="start-part" aria-label="Issues">
          <h3>Issues in the data</h3>
          <ul className="plain issues">{summary.issues.map((issue) => <li key={`${issue.code} ${issue.source} ${issue.column}`}><IssueLine issue={issue} /></li>)}</ul>
        </section>
      )}
    </>
  )
}

function IssueLine({ issue }: { readonly issue: Issue }) {
  const rows = issue.examples.slice(0, 5).map(({ row }) => counted(row)).join(', ')
  return (
    <details>
      <summary>
        <strong>{counted(issue.count)}</strong> <span><bdi>{issue.file}</bdi>{issue.column === null ? '' : `, ${issue.column}`}: {ISSUE_CODES[issue.code]}</span>
      </summary>
      <p>{capital(issue.message)} {rows === '' ? '' : `First in ${plural(Math.min(5, issue.examples.length), 'row')}: ${rows}.`}</p>
    </details>
  )
}
