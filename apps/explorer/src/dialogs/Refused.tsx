/** What was refused inside a dialog, where the reader is looking; the form keeps what was typed. */
import { Alert } from '@mantine/core'
import type { Refusal } from '../api.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'

export function Refused({ problem }: { readonly problem: Refusal | null }) {
  return problem === null ? null : <Alert color="red" variant="light" role="alert" title={problem.message} icon={<Icon svg={TOOLS.alert} />}>{problem.hint}</Alert>
}
