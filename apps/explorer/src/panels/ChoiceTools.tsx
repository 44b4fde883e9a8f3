/** Choosing several and working on them: lasso, box, a menu of acts, and how links between the same two are drawn. */
import './choice-tools.css'
import { ActionIcon, Menu } from '@mantine/core'
import { MERGES } from '../chart/shape.ts'
import { openDialog } from '../desk-actions.ts'
import { currentStep } from '../chart/steps.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { choose, chooseAll, chooseByHand, chooseNeighbours, collapsePicked, groupChosen, hideChosen, invertChosen, mergeLinks, pinChosen, ungroup } from '../tool-actions.ts'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { Tool } from './Tool.tsx'
import { capital } from '../words/terms.ts'

export function ChoiceTools() {
  const chosen = useExplorer((state) => state.chosen.length)
  const picked = useExplorer((state) => state.picked?.type === 'entity')
  const merge = useExplorer((state) => state.steps === null ? 'each' : currentStep(state.steps).merge)
  const groups = useExplorer((state) => state.steps === null ? 0 : currentStep(state.steps).groups.length)
  const some = chosen > 0 || picked
  return (
    <>
      <Tool name={say('choice.lasso')} keys="L" svg={TOOLS.lasso} act={() => chooseByHand('lasso')} />
      <Menu position="bottom-end" withinPortal={false} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="navy" size={30} w={chosen > 0 ? 'auto' : 30} px={chosen > 0 ? 6 : 0} aria-label={chosen > 0 ? `${say('choice.more')}, ${say('choice.count', { n: chosen })}` : say('choice.more')} title={say('choice.more')}>
            <Icon svg={TOOLS.choose} size={18} />{chosen > 0 ? <span className="chosen-count">{counted(chosen)}</span> : null}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => chooseByHand('box')}>{say('choice.box')}</Menu.Item>
          <Menu.Item onClick={() => openDialog({ name: 'choose' })}>{say('choice.where')}</Menu.Item>
          <Menu.Item onClick={chooseAll}>{say('choice.all')}</Menu.Item>
          <Menu.Item onClick={invertChosen}>{say('choice.invert')}</Menu.Item>
          <Menu.Item disabled={!some} onClick={chooseNeighbours}>{say('choice.neighbours')}</Menu.Item>
          <Menu.Item disabled={chosen === 0} onClick={() => choose([])}>{say('choice.none')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item disabled={!some} onClick={() => hideChosen(false)}>{say('choice.hide')}</Menu.Item>
          <Menu.Item disabled={!some} onClick={() => hideChosen(true)}>{say('choice.others')}</Menu.Item>
          <Menu.Item disabled={!some} onClick={pinChosen}>{say('choice.pin')}</Menu.Item>
          <Menu.Item disabled={chosen < 2} onClick={groupChosen}>{say('choice.group')}</Menu.Item>
          <Menu.Item disabled={groups === 0} onClick={ungroup}>{say('choice.ungroup')}</Menu.Item>
          <Menu.Item disabled={!picked} onClick={collapsePicked}>{say('choice.collapse')}</Menu.Item>
          <Menu.Divider />
          <Menu.Label>{say('choice.merge')}</Menu.Label>
          {MERGES.map((how) => <Menu.Item key={how} aria-current={merge === how} onClick={() => mergeLinks(how)}>{merge === how ? '✓ ' : ''}{capital(say(`merge.${how}`))}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
