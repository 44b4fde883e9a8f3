/** The rules of roles as data: read, checked, and held against a person's figures. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

export const FIGURES = [
  'passages', 'places', 'payers', 'payees', 'passed_on', 'money_in', 'money_out', 'contacts', 'called_out', 'hub_contacts', 'hosted', 'documents',
  'protected_contacts', 'protected_kin', 'own_phone', 'shared_phone', 'moved', 'vehicles',
] as const
export type Figure = (typeof FIGURES)[number]

export interface RoleTest {
  readonly figure: Figure
  readonly at_least?: number | undefined
  readonly at_most?: number | undefined
  readonly points: number
  readonly says: string
}

export interface RoleRule {
  readonly role: string
  readonly needs: number
  /** A sign that the person may need protection: never a suspect. */
  readonly protect: boolean
  readonly for: readonly RoleTest[]
  readonly against: readonly RoleTest[]
}

const test = z.strictObject({ figure: z.enum(FIGURES), at_least: z.number().optional(), at_most: z.number().optional(), points: z.number().positive(), says: z.string() })
const rules: z.ZodType<RoleRule[]> = z.array(z.strictObject({ role: z.string(), needs: z.number(), protect: z.boolean().default(false), for: z.array(test).min(1), against: z.array(test) })) as z.ZodType<RoleRule[]>

/** @param path file of rules; default: those that come with ringmap. */
export function readRules(path: string = fileURLToPath(new URL('../rules/roles.yaml', import.meta.url))): RoleRule[] {
  return rules.parse(parse(readFileSync(path, 'utf8')))
}

export type Figures = Readonly<Partial<Record<Figure, number>>>

export interface Judged {
  readonly rule: RoleRule
  readonly points: number
  readonly for: readonly { readonly test: RoleTest; readonly text: string }[]
  readonly against: readonly { readonly test: RoleTest; readonly text: string }[]
}

/** Roles for which enough speaks, less what speaks against. A figure that is not known says nothing. */
export function judge(figures: Figures, given: readonly RoleRule[]): Judged[] {
  return given.flatMap((rule): Judged[] => {
    const held = (tests: readonly RoleTest[]): RoleTest[] => tests.filter((one) => holds(one, figures[one.figure]))
    const [speaksFor, against] = [held(rule.for), held(rule.against)]
    const sum = (tests: readonly RoleTest[]): number => tests.reduce((total, one) => total + one.points, 0)
    const points = sum(speaksFor) - sum(against)
    const said = (tests: readonly RoleTest[]) => tests.map((one) => ({ test: one, text: worded(one, figures[one.figure] as number) }))
    return points >= rule.needs ? [{ rule, points, for: said(speaksFor), against: said(against) }] : []
  })
}

function holds(one: RoleTest, value: number | undefined): boolean {
  return value !== undefined && (one.at_least === undefined || value >= one.at_least) && (one.at_most === undefined || value <= one.at_most)
}

function worded({ says }: RoleTest, value: number): string {
  return says.replaceAll('{value}', Number.isInteger(value) ? value.toLocaleString('en-IN') : value.toFixed(2)).replaceAll('{percent}', `${Math.round(value * 100)} %`)
}
