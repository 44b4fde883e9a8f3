/** The screen: top bar, findings at the left, chart or start page in the middle, card at the right. */
import { Alert, CloseButton, Loader, Text } from '@mantine/core'
import { useEffect } from 'react'
import { Boundary } from './Boundary.tsx'
import { Dialogs } from './dialogs/Dialogs.tsx'
import { Icon } from './icons/Icon.tsx'
import { TOOLS } from './icons/tool-icons.ts'
import { FindingsPanel } from './panels/FindingsPanel.tsx'
import { LiveBar } from './panels/LiveBar.tsx'
import { StartPage } from './panels/StartPage.tsx'
import { TopBar } from './panels/TopBar.tsx'
import { onDemand } from './OnDemand.tsx'
import { setState, useExplorer } from './state.ts'
import { say } from './words/say.ts'

const ChartPanel = onDemand(async () => (await import('./panels/ChartPanel.tsx')).ChartPanel)
const CardPanel = onDemand(async () => (await import('./cards/CardPanel.tsx')).CardPanel)
const WholePanel = onDemand(async () => (await import('./panels/WholePanel.tsx')).WholePanel)

export function App() {
  const summary = useExplorer((state) => state.summary)
  const open = useExplorer((state) => state.steps !== null)
  const whole = useExplorer((state) => state.wholeOpen && state.steps === null)
  const picked = useExplorer((state) => state.picked !== null)
  const wide = useExplorer((state) => state.wide)
  const about = useExplorer((state) => state.about)
  const said = useExplorer((state) => state.said)
  useSearchKeys()
  usePanelKeys()
  useEffect(() => {
    if (summary !== null) document.title = `${summary.name} · ringmap`
  }, [summary])
  return (
    <div className="shell">
      <TopBar />
      <Problem />
      <LiveBar />
      <div className="body" data-open={open || whole} data-picked={picked} data-about={about} data-wide={open && wide} data-whole={whole}>
        {open && wide ? null : <Boundary part={say('app.part.findings')}><FindingsPanel /></Boundary>}
        <Boundary part={say(open || whole ? 'app.part.chart' : 'app.part.start')} key={`${open} ${whole}`}>{open ? <ChartPanel /> : whole ? <WholePanel /> : <StartPage />}</Boundary>
        {open || (whole && picked) ? <Boundary part={say('app.part.card')}><CardPanel /></Boundary> : null}
      </div>
      <Boundary part={say('app.part.dialog')}><Dialogs /></Boundary>
      <Busy />
      <Notice />
      <div className="unseen" role="status" aria-live="polite">{said}</div>
    </div>
  )
}

/** Ctrl K anywhere, and / outside of fields, go to the search box. */
function useSearchKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]')
      const wanted = (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing)
      if (!wanted) return
      event.preventDefault()
      document.getElementById('search')?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Panels in the order that F6 walks through them; each takes the focus itself or gives it to the first thing in it. */
const PANELS = ['#search', '.left [role="tab"][aria-selected="true"]', '#chart', '.start-page button', '.dock button, .dock input', '#play', '#card']

/** F6 and Shift F6 go from panel to panel, past those that are not there. */
function usePanelKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F6' || document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      const there = PANELS.flatMap((panel) => document.querySelector<HTMLElement>(panel) ?? [])
      const at = there.findLastIndex((element) => element === document.activeElement || element.closest('.left, .middle .dock, .timebar, .right, .search')?.contains(document.activeElement) === true)
      there[(at + (event.shiftKey ? there.length - 1 : 1) + (at < 0 && event.shiftKey ? 1 : 0)) % there.length]?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function Problem() {
  const problem = useExplorer((state) => state.problem)
  if (problem === null) return null
  return (
    <Alert
      className="problem" color="red" variant="light" title={problem.message} icon={<Icon svg={TOOLS.alert} />}
      withCloseButton closeButtonLabel={say('app.put-away')} onClose={() => setState({ problem: null })} role="alert"
    >
      {problem.hint}
    </Alert>
  )
}

/** Long enough to be read, then it goes by itself; what it says stands in the list of steps too. */
const NOTICE_ms = 7000

function Notice() {
  const notice = useExplorer((state) => state.notice)
  useEffect(() => {
    if (notice === null) return undefined
    const timer = setTimeout(() => setState({ notice: null }), NOTICE_ms)
    return () => clearTimeout(timer)
  }, [notice])
  if (notice === null) return null
  return <div className="notice" role="status"><Icon svg={TOOLS.check} size={15} /><span>{notice}</span><CloseButton size="xs" variant="transparent" c="white" aria-label={say('app.put-away')} onClick={() => setState({ notice: null })} /></div>
}

function Busy() {
  const busy = useExplorer((state) => state.busy)
  if (busy === null) return null
  return <div className="busy" role="status"><Loader size={14} color="white" /><Text size="sm" c="white">{busy}…</Text></div>
}
