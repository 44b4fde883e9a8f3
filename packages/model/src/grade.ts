/** How far an observation can be trusted: a grade as written, with its scheme, and the line style that follows. */
import { SCHEMES, type GradingScheme, type GradingSchemeName } from './grading-schemes.ts'

/** A grade as given, with its scheme; never turned into another scheme. */
export interface Grade {
  readonly scheme: GradingSchemeName
  /** Source, information and handling in one word, upper case: `B2`, `2BP`, `B2H1`. */
  readonly value: string
}

export const STRENGTHS = ['confirmed', 'unconfirmed', 'tentative'] as const
/** Solid, dashed, dotted. */
export type Strength = (typeof STRENGTHS)[number]

/**
 * Reads `B2` or `2B P`; a text may name its scheme itself: `4x4 B2 H1`. Null when it is no grade of that scheme.
 *
 * @param scheme of texts that name none. In the default a grade of the 3x5x2 scheme is known by its beginning with a digit.
 */
export function parseGrade(text: string, scheme: GradingSchemeName = '6x6'): Grade | null {
  const [, named, rest] = /^\s*(?:(6x6|4x4|5x5x5|3x5x2)[\s:]+)?(.*)$/is.exec(text) as unknown as [string, string | undefined, string]
  const value = rest.trim().toUpperCase().replaceAll(/[\s/-]+/g, '')
  const own = (named?.toLowerCase() as GradingSchemeName | undefined) ?? (scheme === '6x6' && /^[123][A-E]/.test(value) ? '3x5x2' : scheme)
  return fits(SCHEMES[own], value) ? { scheme: own, value } : null
}

/** The text in which a grade is kept: `parseGrade` reads it again without being told the scheme. */
export function gradeText(grade: Grade): string {
  return grade.scheme === '6x6' || grade.scheme === '3x5x2' ? grade.value : `${grade.scheme} ${grade.value}`
}

/** Source, information and handling apart; handling empty where none is given. */
export function gradeParts({ value }: Grade): readonly [string, string, string] {
  return [value.charAt(0), value.charAt(1), value.slice(2)]
}

function fits({ source, information, handling }: GradingScheme, value: string): boolean {
  const [from, what, use] = gradeParts({ scheme: '6x6', value })
  return Object.hasOwn(source, from) && Object.hasOwn(information, what) && (use === '' || Object.hasOwn(handling, use))
}

/**
 * Confirmed: a reliable source and information that is confirmed by others or known to be true.
 * Tentative: an unreliable or untested source, or information doubted, improbable or suspected false. Unconfirmed: the rest, and no grade.
 * Which grades of a scheme these are stands in `grading-schemes`.
 */
export function strengthOf(grade: Grade | null): Strength {
  if (grade === null) return 'unconfirmed'
  const { confirmed, tentative } = SCHEMES[grade.scheme]
  return tentative.test(grade.value) ? 'tentative' : confirmed.test(grade.value) ? 'confirmed' : 'unconfirmed'
}

/** Whether the grade says that the information is improbable or suspected to be false. */
export function isDisputed(grade: Grade | null): boolean {
  return grade !== null && SCHEMES[grade.scheme].disputed.test(grade.value)
}

/** Good enough that a second source of this kind, independent of the first, confirms it. */
export function isSound(grade: Grade | null): boolean {
  return grade !== null && SCHEMES[grade.scheme].sound.test(grade.value)
}
