/** The dialog that is open, if one is. */
import { onDemand } from '../OnDemand.tsx'
import { useExplorer } from '../state.ts'

const ChooseDialog = onDemand(async () => (await import('./ChooseDialog.tsx')).ChooseDialog)
const CompareDialog = onDemand(async () => (await import('./CompareDialog.tsx')).CompareDialog)
const ExhibitDialog = onDemand(async () => (await import('./ExhibitDialog.tsx')).ExhibitDialog)
const ExpandDialog = onDemand(async () => (await import('./ExpandDialog.tsx')).ExpandDialog)
const KeysDialog = onDemand(async () => (await import('./KeysDialog.tsx')).KeysDialog)
const NoteDialog = onDemand(async () => (await import('./NoteDialog.tsx')).NoteDialog)
const ReviewDialog = onDemand(async () => (await import('./ReviewDialog.tsx')).ReviewDialog)
const UnmaskDialog = onDemand(async () => (await import('./UnmaskDialog.tsx')).UnmaskDialog)
const WorkDialog = onDemand(async () => (await import('./WorkDialog.tsx')).WorkDialog)

export function Dialogs() {
  const dialog = useExplorer((state) => state.dialog)
  if (dialog === null) return null
  if (dialog.name === 'unmask') return <UnmaskDialog code={dialog.code} />
  if (dialog.name === 'note') return <NoteDialog key={dialog.id} id={dialog.id} />
  if (dialog.name === 'choose') return <ChooseDialog />
  if (dialog.name === 'compare') return <CompareDialog />
  if (dialog.name === 'expand') return <ExpandDialog />
  if (dialog.name === 'keys') return <KeysDialog />
  if (dialog.name === 'work') return <WorkDialog />
  return dialog.name === 'review' ? <ReviewDialog /> : <ExhibitDialog />
}
