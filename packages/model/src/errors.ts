/** A user's mistakes and refusals: each with a code, its wording, what to do, an exit code and an HTTP status, in one table. */

/** Exit codes of the command line. */
export const EXIT = { done: 0, failed: 1, usage: 2, rejected: 3, locked: 5, interrupted: 130 } as const

interface ErrorSpec {
  readonly exit: number
  readonly http: number
  /** `{name}` is filled from the details. */
  readonly message: string
  /** What to do next. */
  readonly hint: string
}

export const ERRORS = {
  usage: { exit: EXIT.usage, http: 400, message: '{what}', hint: 'Run the command with --help for examples.' },
  case_missing: { exit: EXIT.usage, http: 404, message: 'There is no case at {path}: case.yaml was not found.', hint: 'Make one with: ringmap init FOLDER --from "*.csv"' },
  case_exists: { exit: EXIT.usage, http: 409, message: '{path} exists already and was left as it is.', hint: 'Name another folder, or remove the file yourself.' },
  case_file_invalid: { exit: EXIT.usage, http: 400, message: '{file}:{line}: {path}: {what}', hint: 'docs/sources.md lists every key; docs/case.schema.json lets an editor check it.' },
  case_locked: { exit: EXIT.locked, http: 423, message: 'Another run ({holder}) is working on this case.', hint: 'Wait for it to end, or end that process; nothing was changed.' },
  step_missing: { exit: EXIT.failed, http: 409, message: 'This needs the step "{step}", which has not been run on this case.', hint: 'Run: ringmap {step} {path}' },
  source_missing: { exit: EXIT.failed, http: 400, message: 'Source {source}: file {file} was not found.', hint: 'Correct the path in case.yaml; it is relative to the case folder.' },
  source_not_a_file: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} is a folder, not a file.', hint: 'Name one file for each source.' },
  source_empty: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} is empty.', hint: 'Ask for the file again, or take the source out of case.yaml.' },
  exchange_unreadable: { exit: EXIT.failed, http: 400, message: '{file} cannot be read as a network: {what}.', hint: 'Export it again from the program that wrote it; ringmap reads GraphML, ANX and FollowTheMoney (one JSON entity a line).' },
  source_unreadable: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} cannot be read as a table: {what}', hint: '{hint}' },
  source_kind: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} is {what}, not a table.', hint: '{hint}' },
  source_changed: { exit: EXIT.failed, http: 409, message: 'Source {source}: {file} changed since it was imported.', hint: 'Run ringmap import again.' },
  source_on_hold: { exit: EXIT.failed, http: 409, message: 'Source {source} must not be deleted ({hold}), and case.yaml no longer names it.', hint: 'Name it again, or end the hold under exhibit.sources in case.yaml; the case is as it was before.' },
  sheet_missing: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} has no sheet {sheet}; it has {sheets}.', hint: 'Correct sheet in case.yaml.' },
  column_missing: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} has no column {column}; it has {columns}.', hint: 'Correct the column in case.yaml.' },
  column_repeated: { exit: EXIT.failed, http: 400, message: 'Source {source}: {file} has the column {column} more than once, and the mapping uses it.', hint: 'Rename one of them in a copy of the file, or map another column.' },
  too_many_bad: { exit: EXIT.rejected, http: 422, message: '{bad} of {rows} rows of {file} were rejected; the tolerance is {tolerance}.', hint: 'Look at the issues, or allow more with --max-bad. The case is as it was before.' },
  not_found: { exit: EXIT.failed, http: 404, message: '{what} was not found.', hint: 'It may have been renamed by a newer import; search for it again.' },
  edge_list_invalid: { exit: EXIT.usage, http: 400, message: '{file}: {what}', hint: 'Give a table of ties (name its columns with --source and --target), an adjacency matrix, or GML, GraphML, GEXF, Pajek or node-link JSON: ringmap measure --help.' },
  nothing_to_compare: { exit: EXIT.failed, http: 400, message: 'Nothing can be compared: {what}', hint: 'Name columns and blocking rules in a settings file and pass it with --config; docs/sources.md shows one.' },
  input_missing: { exit: EXIT.failed, http: 400, message: 'There is no file {file}.', hint: 'Check the path; it is relative to where the command is run.' },
  link_settings_invalid: { exit: EXIT.usage, http: 400, message: '{file}: {what}', hint: 'docs/sources.md lists the keys of linkage settings.' },
  link_ids_repeated: { exit: EXIT.failed, http: 400, message: 'The id column {column} names {count} records more than once, such as "{example}".', hint: 'Name another column with --id, or none: leave the column out and rows are numbered.' },
  link_model_invalid: { exit: EXIT.usage, http: 400, message: '{file} cannot be used as a model here: {what}.', hint: 'Train one on these files with --save-model, or name the same columns as when it was trained.' },
  link_state_invalid: { exit: EXIT.usage, http: 400, message: '{file} holds no usable state of a dedupe run: {what}.', hint: 'Make one anew: ringmap dedupe FILES --save-state FOLDER' },
  link_state_busy: { exit: EXIT.locked, http: 423, message: 'Another run added records to {file} meanwhile; this one wrote nothing.', hint: 'Run it again; it will then see those records.' },
  link_records_changed: { exit: EXIT.failed, http: 409, message: '{count} of the new records have ids that are known already, with other values, such as "{example}".', hint: 'A state takes new records and does not change old ones: give changed records ids of their own, or run dedupe over all files with --keep-ids.' },
  truth_invalid: { exit: EXIT.usage, http: 400, message: '{file}: {what}', hint: 'It needs an id and a cluster column, or two id columns (left, right) with an optional match column of 1 and 0.' },
  judgements_unreadable: { exit: EXIT.failed, http: 500, message: '{file}:{line} is no judgement.', hint: 'Nobody but ringmap should write this file. Restore the line from a copy; without it a decision would be lost.' },
  too_large: { exit: EXIT.failed, http: 413, message: '{what} needs about {needed}; {available} is there.', hint: '{hint}' },
  export_failed: { exit: EXIT.failed, http: 500, message: 'The export was not written: {what}', hint: 'Nothing half-written was left behind.' },
  reason_missing: { exit: EXIT.usage, http: 400, message: 'Showing protected identities needs a reason.', hint: 'Add --reason "…"; it is kept in the audit trail.' },
  audit_broken: { exit: EXIT.failed, http: 409, message: 'The audit trail of this case does not hold: {what}', hint: 'Keep the case folder as it is and find out who changed audit.jsonl.' },
  passphrase_wrong: { exit: EXIT.failed, http: 403, message: 'The key of {who} could not be opened: wrong passphrase, or the key file was changed.', hint: 'Try again; nothing was signed.' },
  user_missing: { exit: EXIT.usage, http: 400, message: 'There is no {role} {who} in this case.', hint: 'Add one with: ringmap users add CASE ID --name "…" --role {role}' },
  exhibit_refused: { exit: EXIT.failed, http: 409, message: 'No exhibit was written: {what}', hint: '{hint}' },
  bundle_invalid: { exit: EXIT.failed, http: 400, message: '{path} does not hold: {what}', hint: 'Ask for a fresh copy from whoever signed it, and keep this one as it is.' },
  authority_missing: { exit: EXIT.usage, http: 400, message: 'Showing protected identities needs {what}.', hint: 'Give --user, --reason, --authority and --until; all are kept in the audit trail.' },
  revision_conflict: { exit: EXIT.failed, http: 409, message: 'The chart "{name}" was saved meanwhile by {who}; nothing was overwritten.', hint: 'Save yours under another name, or open the newer one first.' },
  chart_unreadable: { exit: EXIT.failed, http: 409, message: 'The saved chart "{name}" cannot be read: it comes from another version of ringmap or was changed by hand.', hint: 'Its file stays in the folder charts of the case.' },
  database_failed: { exit: EXIT.failed, http: 500, message: '{what}', hint: '{hint}' },
  system_refused: { exit: EXIT.failed, http: 500, message: 'This machine says: {what}.', hint: '{hint}' },
  neo4j_unreachable: { exit: EXIT.failed, http: 502, message: 'Neo4j at {uri} cannot be reached: {what}.', hint: '{hint}' },
  neo4j_refused: { exit: EXIT.failed, http: 403, message: 'Neo4j at {uri} refuses: {what}.', hint: '{hint}' },
  neo4j_query: { exit: EXIT.failed, http: 400, message: 'Neo4j at {uri} cannot answer: {what}.', hint: '{hint}' },
  neo4j_too_old: { exit: EXIT.failed, http: 400, message: 'Neo4j at {uri} is {agent}; {oldest} or later is needed.', hint: 'Upgrade it, or export its data as CSV and import that.' },
  neo4j_incomplete: { exit: EXIT.failed, http: 502, message: 'Source {source}: {read} of {counted} came from Neo4j at {uri}.', hint: 'Run ringmap import again; the case is as it was before.' },
  neo4j_password_missing: { exit: EXIT.usage, http: 400, message: 'The password for {user} at {uri} is not known.', hint: 'Set NEO4J_PASSWORD, or run in a terminal to be asked. It is never kept.' },
  gds_missing: { exit: EXIT.failed, http: 400, message: 'Neo4j at {uri} has no Graph Data Science library: {what}', hint: 'Install the GDS plugin there, or use --engine local.' },
  work_running: { exit: EXIT.locked, http: 409, message: '{what} is already running here.', hint: 'Wait for it, or stop it first.' },
  interrupted: { exit: EXIT.interrupted, http: 499, message: 'Stopped on request; the case is as it was before this step.', hint: 'Run the step again to finish it.' },
  browser_missing: { exit: EXIT.failed, http: 500, message: 'The explorer has not been built: {what}', hint: 'Run: pnpm --filter @ringmap/explorer build' },
} as const satisfies Record<string, ErrorSpec>
export type ErrorCode = keyof typeof ERRORS

export type ErrorDetails = Readonly<Record<string, string | number>>

/** A mistake or refusal the user can act on. A bug is never one of these. */
export class RingmapError extends Error {
  override readonly name = 'RingmapError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fill(ERRORS[code].message, details), options)
    this.code = code
    this.details = details
  }

  get hint(): string {
    return fill(ERRORS[this.code].hint, this.details)
  }

  get exit(): number {
    return ERRORS[this.code].exit
  }

  get http(): number {
    return ERRORS[this.code].http
  }
}

/** Throws a bug: something the code itself promised and did not keep. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${what}`)
}

function fill(template: string, details: ErrorDetails): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? `{${name}}`))
}
