/** Search over all entities of the case: names, aliases, numbers; the list says how many there are in all. What can be done on the screen is found by its words too. */
import { Loader } from '@mantine/core'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { SearchAnswer, SearchHit } from '@ringmap/model/wire'
import { goTo } from '../actions.ts'
import { get, Refusal } from '../api.ts'
import { Icon, KindDisc } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { CHART_KEYS, COMMANDS } from '../keys/chart-keys.ts'
import { getState, setState } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { capital, kindLabel } from '../words/terms.ts'

const LIMIT = 20
/** Between the last key and the question to the server. */
const PAUSE_ms = 160

export function SearchBox() {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const { answer, waiting } = useAnswer(text)
  const input = useRef<HTMLInputElement>(null)
  const chosen = useRef<HTMLLIElement>(null)
  const list = useId()
  const hits = answer?.hits ?? []
  const commands = commandsFor(text)
  const shown = open && text.trim() !== ''

  useEffect(() => {
    if (at > 0) chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const choose = (hit: SearchHit): void => {
    setOpen(false)
    setText('')
    input.current?.blur()
    // Who typed or clicked on meanwhile keeps the place where that was.
    void goTo(hit.id, hit.label).then(() => document.activeElement === document.body ? document.getElementById('chart')?.focus() : undefined)
  }
  const run = ({ act }: Command): void => {
    setOpen(false)
    setText('')
    input.current?.blur()
    document.getElementById('chart')?.focus()
    act()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      setOpen(false)
      setText('')
      input.current?.blur()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const last = hits.length + commands.length - 1
      setAt(event.key === 'ArrowDown' ? Math.min(last, at + 1) : Math.max(0, at - 1))
    } else if (event.key === 'Enter') {
      const hit = hits[at]
      const command = commands[at - hits.length]
      // The list still answers the words before: what was typed is asked for, not what happens to stand there.
      if (waiting) {
        void first(text.trim()).then((found) => {
          // Who typed on meanwhile wants something else.
          if (input.current?.value !== text) return
          if (found !== null) choose(found)
          else if (commands[0] !== undefined) run(commands[0])
        })
      }
      else if (hit !== undefined) choose(hit)
      else if (command !== undefined) run(command)
    }
  }

  return (
    <div className="search" role="search">
      <Icon svg={TOOLS.search} />
      <input
        id="search" ref={input} type="text" value={text} autoComplete="off" spellCheck={false} dir="auto"
        placeholder={say('search.place')}
        role="combobox" aria-label={say('search.label')} aria-expanded={shown} aria-controls={list} aria-autocomplete="list"
        {...(shown && at < hits.length + commands.length ? { 'aria-activedescendant': `${list}-${at}` } : {})}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={onKey}
      />
      {waiting ? <Loader size={14} /> : null}
      {shown ? (
        <div className="hits">
          <div className="hits-head" role="status">
            {waiting ? say('search.waiting') : answer === null ? say('search.away') : answer.of === 0 ? say('search.none') : say('search.found', { shown: hits.length, of: answer.of })}
          </div>
          <ul id={list} role="listbox" aria-label={say('search.list')}>
            {hits.map((hit, i) => (
              <li
                key={hit.id} id={`${list}-${i}`} role="option" aria-selected={i === at} className="hit" ref={i === at ? chosen : null}
                onMouseDown={(event) => event.preventDefault()} onMouseMove={(event) => event.movementX === 0 && event.movementY === 0 ? undefined : setAt(i)} onClick={() => choose(hit)}
              >
                <KindDisc kind={hit.kind} masked={hit.masked} size={26} />
                <span className="hit-words">
                  <span className="hit-label"><bdi>{plainLabel(hit.label)}</bdi></span>
                  <span className="faint">{kindLabel(hit.kind)}{hit.masked ? `, ${say('search.protected')}` : ''}{hit.matched === null ? null : <>, <bdi>{plainLabel(hit.matched)}</bdi></>}</span>
                </span>
                <span className="faint hit-links">{say('count.links', { n: hit.links })}</span>
              </li>
            ))}
            {commands.map((command, i) => (
              <li
                key={command.words} id={`${list}-${hits.length + i}`} role="option" aria-selected={hits.length + i === at} className="hit" ref={hits.length + i === at ? chosen : null}
                onMouseDown={(event) => event.preventDefault()} onMouseMove={(event) => event.movementX === 0 && event.movementY === 0 ? undefined : setAt(hits.length + i)} onClick={() => run(command)}
              >
                <span className="command-mark"><Icon svg={TOOLS.keys} /></span>
                <span className="hit-words"><span className="hit-label">{command.words}</span><span className="faint">{say('search.command')}</span></span>
                {command.keys === '' ? null : <kbd className="hit-links">{command.keys}</kbd>}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

interface Command {
  readonly words: string
  readonly keys: string
  readonly act: () => void
}

/** Most that stand under what was found. */
const COMMANDS_AT_MOST = 5

/** What can be done now and is called by these words. */
function commandsFor(text: string): readonly Command[] {
  const q = text.trim().toLowerCase()
  if (q.length < 2) return []
  const keys = getState().steps === null ? [] : CHART_KEYS.flatMap(({ shown, does, on }): Command[] => {
    const acts = Object.values(on)
    // Two keys in one line do two things: they are for the keyboard alone.
    return acts.length === 1 && acts[0] !== undefined ? [{ words: capital(say(`keys.${does}`)), keys: shown, act: acts[0] }] : []
  })
  const named = COMMANDS.map(({ does, act }): Command => ({ words: say(does), keys: '', act }))
  return [...named, ...keys].filter(({ words }) => words.toLowerCase().includes(q)).slice(0, COMMANDS_AT_MOST)
}

async function first(q: string): Promise<SearchHit | null> {
  try {
    return (await get('GET /api/search', { q, limit: '1' })).hits[0] ?? null
  } catch (problem) {
    if (problem instanceof Refusal) setState({ problem })
    return null
  }
}

function useAnswer(text: string): { readonly answer: SearchAnswer | null; readonly waiting: boolean } {
  const q = text.trim()
  const [known, setKnown] = useState<{ readonly q: string; readonly answer: SearchAnswer | null }>({ q: '', answer: null })
  useEffect(() => {
    const stop = new AbortController()
    const timer = q === '' ? undefined : setTimeout(() => {
      get('GET /api/search', { q, limit: String(LIMIT) }, stop.signal).then((answer) => setKnown({ q, answer }), (problem: unknown) => {
        if (stop.signal.aborted) return
        setKnown({ q, answer: null })
        if (problem instanceof Refusal) setState({ problem })
      })
    }, PAUSE_ms)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [q])
  // The list of the word before stays while the next one is looked up: no flicker while typing.
  return { answer: q === '' ? null : known.answer, waiting: q !== '' && known.q !== q }
}
