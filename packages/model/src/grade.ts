/** How far an observation can be trusted: the two-letter grades in use, and the line style that follows from them. */

/** A grade as given, with its scheme; never turned into another scheme. */
export interface Grade {
  readonly scheme: '6x6' | '3x5x2'
  /** As written, upper case: `B2`, or `2B P`. */
  readonly value: string
}

export const STRENGTHS = ['confirmed', 'unconfirmed', 'tentative'] as const
/** Solid, dashed, dotted. */
export type Strength = (typeof STRENGTHS)[number]

const SIX = /^([A-F])([1-6])$/
const THREE_FIVE_TWO = /^([123])([A-E])([PC])?$/

/** Reads `B2` (source A-F, information 1-6) or `2B P` (3x5x2); null when it is neither. */
export function parseGrade(text: string): Grade | null {
  const value = text.trim().toUpperCase().replaceAll(/[\s/-]+/g, '')
  if (SIX.test(value)) return { scheme: '6x6', value }
  if (THREE_FIVE_TWO.test(value)) return { scheme: '3x5x2', value }
  return null
}

/**
 * Confirmed: a reliable source and information that is confirmed by others or known to be true.
 * Tentative: an unreliable or untested source, or information doubted, improbable or suspected false. Unconfirmed: the rest, and no grade.
 *
 * 6x6: A-B with 1 is confirmed, B-D with 2-3 unconfirmed, E-F or 4-6 tentative. 3x5x2: 1 with A-B confirmed, 3 or D-E tentative.
 */
export function strengthOf(grade: Grade | null): Strength {
  if (grade === null) return 'unconfirmed'
  if (grade.scheme === '6x6') {
    const source = grade.value.charAt(0)
    const information = Number(grade.value.charAt(1))
    if ('EF'.includes(source) || information >= 4) return 'tentative'
    return 'AB'.includes(source) && information === 1 ? 'confirmed' : 'unconfirmed'
  }
  const source = grade.value.charAt(0)
  const information = grade.value.charAt(1)
  if (source === '3' || 'DE'.includes(information)) return 'tentative'
  return source === '1' && 'AB'.includes(information) ? 'confirmed' : 'unconfirmed'
}
