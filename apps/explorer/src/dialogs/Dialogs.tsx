/** The dialog that is open, if one is. */
import { useExplorer } from '../state.ts'
import { CompareDialog } from './CompareDialog.tsx'
import { ExhibitDialog } from './ExhibitDialog.tsx'
import { ExpandDialog } from './ExpandDialog.tsx'
import { NoteDialog } from './NoteDialog.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { UnmaskDialog } from './UnmaskDialog.tsx'
import { WorkDialog } from './WorkDialog.tsx'

export function Dialogs() {
  const dialog = useExplorer((state) => state.dialog)
  if (dialog === null) return null
  if (dialog.name === 'unmask') return <UnmaskDialog code={dialog.code} />
  if (dialog.name === 'note') return <NoteDialog key={dialog.id} id={dialog.id} />
  if (dialog.name === 'compare') return <CompareDialog />
  if (dialog.name === 'expand') return <ExpandDialog />
  if (dialog.name === 'work') return <WorkDialog />
  return dialog.name === 'review' ? <ReviewDialog /> : <ExhibitDialog />
}
