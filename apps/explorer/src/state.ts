/** What the screen holds: the case, its findings, the chart as steps, what is picked and its card. The graph itself lives in the stage. */
import { create } from 'zustand'
import type { Findings } from '@ringmap/model/finding'
import { NO_WORK, type WorkState } from '@ringmap/model/live'
import type { PatternFindings } from '@ringmap/model/pattern'
import type { SavedChart } from '@ringmap/model/saved-chart'
import type { CaseSummary, EntityCard, JoiningPath, LinkCard } from '@ringmap/model/wire'
import type { Refusal } from './api.ts'
import type { Pick } from './chart/emphasis.ts'
import type { Stage } from './chart/stage.ts'
import type { FieldData } from './field/field-data.ts'
import type { LinkTimes, Window } from './chart/link-times.ts'
import type { Steps } from './chart/steps.ts'
import type { Scheme } from './theme.ts'
import type { Language } from './words/language.ts'

export type Card =
  | { readonly type: 'entity'; readonly id: string; readonly card: EntityCard }
  | { readonly type: 'link'; readonly id: string; readonly card: LinkCard }

/** A reason whose entities and links stand out on the chart. */
export interface Named {
  readonly text: string
  readonly ids: ReadonlySet<string>
}

/** The browser does not draw, or the drawing surface was taken away. */
export type Trouble = 'refused' | 'lost'

export type Dock = 'entities' | 'links' | 'matrix' | 'timeline' | 'map' | 'notes' | 'changes'

/** What stands over the page. */
export type DialogName = { readonly name: 'work' | 'review' | 'exhibit' | 'compare' | 'expand' | 'choose' | 'keys' } | { readonly name: 'unmask'; readonly code: string }
  /** Null: a new one, about what is picked. */
  | { readonly name: 'note'; readonly id: string | null }

export interface ExplorerState {
  readonly summary: CaseSummary | null
  readonly findings: Findings | null
  /** Null: the start page. */
  readonly steps: Steps | null
  /** The whole case, drawn entity by entity while no chart is open; kept once it was asked for. */
  readonly whole: FieldData | null
  readonly wholeOpen: boolean
  /** Moments under the links of the chart; null while they are on their way. */
  readonly times: LinkTimes | null
  /** A window that is being moved or played and is no step yet. */
  readonly moving: Window | null
  /** Which list stands under the chart. */
  readonly dock: Dock | null
  /** Under which name and revision the chart lies in the case, with its log; null: not saved. */
  readonly saved: SavedChart | null
  /** Put together to ask what joins them. */
  readonly kept: readonly { readonly id: string; readonly label: string }[]
  /** The ways of a chart that was drawn by asking for them. */
  readonly paths: readonly JoiningPath[] | null
  readonly picked: Pick | null
  /** Entities that the next act is about, by id. */
  readonly chosen: readonly string[]
  readonly named: Named | null
  readonly card: Card | null
  readonly cardLoading: boolean
  /** What is being waited for, in words; null: nothing. */
  readonly busy: string | null
  readonly problem: Refusal | null
  /** Said to everybody for a few seconds; null: nothing. */
  readonly notice: string | null
  /** Letters pressed alone act on the chart. */
  readonly singleKeys: boolean
  /** For screen readers: said politely when it changes. */
  readonly said: string
  readonly findingsTab: string
  /** In a narrow window: what the chart is about stands beside it though nothing is picked. */
  readonly about: boolean
  /** The list of findings is put away to give the chart its room. */
  readonly wide: boolean
  readonly dialog: DialogName | null
  readonly work: WorkState
  /** The server is silent, or another one that does not know this page. */
  readonly away: 'silent' | 'stranger' | null
  /** The chart was drawn before the case was updated. */
  readonly outdated: boolean
  /** Grows with what other windows did: lists of the start page are read anew. */
  readonly heard: number
  /** What was looked for last, and found. */
  readonly patterns: PatternFindings | null
  readonly language: Language
  readonly scheme: Scheme
  readonly stage: Stage | null
  readonly trouble: Trouble | null
}

export const useExplorer = create<ExplorerState>(() => ({
  summary: null, findings: null, steps: null, whole: null, wholeOpen: false, times: null, moving: null, dock: null, saved: null, kept: [], paths: null, picked: null, chosen: [], named: null, card: null, cardLoading: false,
  busy: null, problem: null, notice: null, singleKeys: true, said: '', findingsTab: 'rings', wide: false, about: false, dialog: null, work: NO_WORK, away: null, outdated: false, heard: 0, patterns: null, language: 'en', scheme: 'auto', stage: null, trouble: null,
}))

export const setState: typeof useExplorer.setState = useExplorer.setState
export const getState: typeof useExplorer.getState = useExplorer.getState
