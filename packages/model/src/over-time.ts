/** The order over time: windows that slide over the records, the events on the same axis, and who rose or fell after each. */
import type { Place } from './finding.ts'

export interface Window {
  /** Milliseconds since 1970 UTC; the end is not part of it. */
  readonly start_ms: number
  readonly end_ms: number
  /** Persons with a tie inside the window, and the ties. */
  readonly persons: number
  readonly ties: number
  /** Best first. */
  readonly organisers: readonly Place[]
}

/** A seizure, an accusation, an arrest: all of one kind on one day. */
export interface AxisEvent {
  /** First millisecond of its day in the zone of the case. */
  readonly at_ms: number
  readonly kind: 'seizure' | 'accusation' | 'happening'
  /** In words; `{id}` stands for a label while inside the case. */
  readonly text: string
  readonly entities: readonly string[]
  readonly links: readonly string[]
}

/** Somebody whose place after an event is far from the one before it. */
export interface Movement {
  readonly subject: string
  readonly label: string
  /** Place in the window that ends with the event; null: no tie in it. */
  readonly before: number | null
  /** Place in the window that begins with the event; null: no tie in it. */
  readonly after: number | null
  readonly of_before: number
  readonly of_after: number
}

/** Those of one day together: nobody can tell them apart by what follows. */
export interface AfterEvents {
  readonly at_ms: number
  readonly events: readonly AxisEvent[]
  readonly rose: readonly Movement[]
  readonly fell: readonly Movement[]
}

export interface OverTime {
  readonly span_days: number
  readonly step_days: number
  /** Layer, or null for all together. */
  readonly layer: string | null
  readonly windows: readonly Window[]
  readonly events: readonly AxisEvent[]
  /** One entry for each day with events that has a whole window on both sides of it. */
  readonly after_events: readonly AfterEvents[]
  /** What is left out and why. */
  readonly notes: readonly string[]
}
