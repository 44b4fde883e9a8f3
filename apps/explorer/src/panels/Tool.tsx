/** A button of a toolbar: an icon whose name and key are told when the pointer rests on it, and always to those who hear the screen. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { Icon } from '../icons/Icon.tsx'

interface ToolProps {
  readonly name: string
  readonly keys?: string
  readonly svg: string
  readonly act: () => void
  readonly off?: boolean
}

export function Tool({ name, keys, svg, act, off = false }: ToolProps) {
  return (
    <Tooltip label={keys === undefined ? name : `${name} (${keys})`} openDelay={300} withinPortal={false}>
      <ActionIcon variant="subtle" color="navy" size={30} aria-label={name} data-disabled={off} aria-disabled={off} onClick={() => off ? undefined : act()}>
        <Icon svg={svg} size={18} />
      </ActionIcon>
    </Tooltip>
  )
}
