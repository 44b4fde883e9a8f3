/** The files the case was read from, with their fingerprints, and what was wrong in them: counted, never hidden. */
import { ISSUE_CODES, type Issue } from '@ringmap/model/issue'
import type { CaseSummary } from '@ringmap/model/wire'
import { counted } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { say, sayIfKnown } from '../words/say.ts'
import { issueTold } from '../words/work-words.ts'
import { Said } from './Said.tsx'

export function CaseSources({ summary }: { readonly summary: CaseSummary }) {
  return (
    <>
      <section className="start-part" aria-label={say('sources.title')}>
        <h3>{say('sources.title')}</h3>
        <table className="sources">
          <thead><tr><th scope="col">{say('sources.file')}</th><th scope="col" className="number">{say('sources.rows')}</th><th scope="col" className="number">{say('sources.aside')}</th><th scope="col">{say('sources.hash')}</th></tr></thead>
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
        <section className="start-part" aria-label={say('sources.issues')}>
          <h3>{say('sources.issues')}</h3>
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
        <strong>{counted(issue.count)}</strong> <span><bdi>{issue.file}</bdi>{issue.column === null ? '' : `, ${issue.column}`}: {sayIfKnown(`issue.${issue.code}`, ISSUE_CODES[issue.code])}</span>
      </summary>
      <p><Said words={issueTold(issue)} english={issue.message} /> {rows === '' ? '' : say('sources.first', { n: Math.min(5, issue.examples.length), rows })}</p>
    </details>
  )
}
