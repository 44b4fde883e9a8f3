/** The list of keys; single keys act only while the chart has the focus. */
import './keys-dialog.css'
import { closeDialog } from '../desk-actions.ts'
import { CHART_KEYS } from '../keys/chart-keys.ts'
import { chooseSingleKeys } from '../preferences.ts'
import { useExplorer } from '../state.ts'
import { say } from '../words/say.ts'
import { Dialog } from './Dialog.tsx'

export function KeysDialog() {
  const single = useExplorer((state) => state.singleKeys)
  return (
    <Dialog title={say('keys.title')} wide close={closeDialog}>
      <dl className="keys">{CHART_KEYS.map(({ shown, does }) => <div key={shown}><dt>{shown.split('  ').map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{say(`keys.${does}`)}</dd></div>)}</dl>
      <label className="choice"><input type="checkbox" checked={single} onChange={(event) => chooseSingleKeys(event.target.checked)} /> {say('keys.single')}</label>
      <p className="faint">{say('keys.focus')}</p>
    </Dialog>
  )
}
