/** The whole catalogue: all parts of the screen in one table. */
import { CARDS } from './cards.ts'
import { CHART } from './chart.ts'
import { COMPARE } from './compare.ts'
import { ISSUES } from './issues.ts'
import { NOTES } from './notes.ts'
import { REFUSALS } from './refusals.ts'
import { SCREEN } from './screen.ts'
import { TERMS } from './terms.ts'
import { CHOICE } from './tools.ts'
import { WHOLE } from './whole.ts'
import { WORK } from './work.ts'
import type { Messages } from '../message.ts'

export const MESSAGES = { ...TERMS, ...SCREEN, ...CHART, ...CARDS, ...ISSUES, ...REFUSALS, ...WORK, ...WHOLE, ...CHOICE, ...NOTES, ...COMPARE } as const satisfies Messages
export type MessageKey = keyof typeof MESSAGES
