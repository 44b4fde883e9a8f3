/** Tools of the chart: fit, zoom, undo and redo with the names of the steps, lay out again, save the picture. */
import { redo, relayout, undo } from '../actions.ts'
import { takeSnapshot } from '../compare-actions.ts'
import { openDialog } from '../desk-actions.ts'
import { LAYOUTS, type LayoutName } from '../chart/layouts.ts'
import { savePicture } from '../chart/picture.ts'
import { currentStep } from '../chart/steps.ts'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { useVisible } from '../visible.ts'
import { ChoiceTools } from './ChoiceTools.tsx'
import { Tool } from './Tool.tsx'
import { say } from '../words/say.ts'

export function Toolbar() {
  const stage = useExplorer((state) => state.stage)
  const steps = useExplorer((state) => state.steps)
  const visible = useVisible()
  if (steps === null) return null
  const next = steps.steps[steps.at + 1]
  return (
    <div className="tools" role="toolbar" aria-label={say('tools.label')}>
      <Tool name={say('tools.fit')} keys="F" svg={TOOLS.fit} act={() => stage?.fit()} />
      <Tool name={say('tools.zoom-in')} keys="+" svg={TOOLS.zoomIn} act={() => stage?.zoom(1.4)} />
      <Tool name={say('tools.zoom-out')} keys="-" svg={TOOLS.zoomOut} act={() => stage?.zoom(1 / 1.4)} />
      <span className="tools-gap" aria-hidden />
      <ChoiceTools />
      <span className="tools-gap" aria-hidden />
      <Tool name={steps.at === 0 ? say('tools.no-undo') : say('tools.undo', { step: currentStep(steps).name })} keys="Ctrl Z" svg={TOOLS.undo} act={undo} off={steps.at === 0} />
      <Tool name={next === undefined ? say('tools.no-redo') : say('tools.redo', { step: next.name })} keys="Ctrl Shift Z" svg={TOOLS.redo} act={redo} off={next === undefined} />
      <Tool name={say('tools.relayout')} svg={TOOLS.relayout} act={() => void relayout()} />
      <select className="layout" aria-label={say('tools.layout')} value="" onChange={(event) => void relayout(event.target.value as LayoutName)}>
        <option value="" disabled>{say('tools.layout')}</option>
        {LAYOUTS.map((name, i) => <option key={name} value={name}>{`${i + 1} ${say(`layout.${name}`)}`}</option>)}
      </select>
      <span className="tools-gap" aria-hidden />
      <Tool name={say('note.new')} keys="M" svg={TOOLS.note} act={() => openDialog({ name: 'note', id: null })} />
      <Tool name={say('snapshot.take')} keys="S" svg={TOOLS.snapshot} act={() => void takeSnapshot()} />
      <Tool name={say('tools.keys')} keys="?" svg={TOOLS.keys} act={() => openDialog({ name: 'keys' })} />
      <Tool name={say('tools.picture')} svg={TOOLS.picture} act={() => stage === null || visible === null ? undefined : savePicture(stage, steps, visible)} />
    </div>
  )
}
