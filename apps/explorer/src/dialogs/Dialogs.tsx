/** The dialog that is open, if one is. */
import { useExplorer } from '../state.ts'
import { ExhibitDialog } from './ExhibitDialog.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { UnmaskDialog } from './UnmaskDialog.tsx'
import { WorkDialog } from './WorkDialog.tsx'

export function Dialogs() {
  const dialog = useExplorer((state) => state.dialog)
  if (dialog === null) return null
  if (dialog.name === 'unmask') return <UnmaskDialog code={dialog.code} />
  if (dialog.name === 'work') return <WorkDialog />
  return dialog.name === 'review' ? <ReviewDialog /> : <ExhibitDialog />
}
