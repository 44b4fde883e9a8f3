/** The bar at the top: what case this is, search, and the way back to the start page. */
import './top-bar.css'
import { Button, Kbd } from '@mantine/core'
import mark from '../icons/ringmap.svg?raw'
import { goHome } from '../actions.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { SearchBox } from './SearchBox.tsx'
import { DeskButtons } from './DeskButtons.tsx'
import { Settings } from './Settings.tsx'

const MARK = `data:image/svg+xml,${encodeURIComponent(mark)}`

export function TopBar() {
  const summary = useExplorer((state) => state.summary)
  const open = useExplorer((state) => state.steps !== null || state.wholeOpen)
  return (
    <header className="top">
      <div className="brand">
        <img src={MARK} alt="" width={24} height={24} />
        <span className="brand-name">ringmap</span>
        <h1 className="case-name" dir="auto" title={summary?.name}>{summary === null ? '' : plainLabel(summary.name)}</h1>
      </div>
      <SearchBox />
      <div className="top-end">
        <span className="top-keys" aria-hidden><Kbd size="xs">Ctrl K</Kbd></span>
        <Button size="compact-sm" variant="white" color="navy" leftSection={<Icon svg={TOOLS.home} />} onClick={goHome} disabled={!open} className="home">
          {say('top.home')}
        </Button>
        <DeskButtons />
        <Settings />
      </div>
    </header>
  )
}
