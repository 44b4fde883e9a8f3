/** The grading schemes in use, as data: what each letter and number means, and which line follows. A grade keeps its scheme and is never turned into another. */

export const GRADING_SCHEMES = ['6x6', '4x4', '5x5x5', '3x5x2'] as const
export type GradingSchemeName = (typeof GRADING_SCHEMES)[number]

export interface GradingScheme {
  readonly name: GradingSchemeName
  /** Who uses it. */
  readonly title: string
  /** Letter or number of the source, best first. */
  readonly source: Readonly<Record<string, string>>
  /** Of the information, best first. */
  readonly information: Readonly<Record<string, string>>
  /** Of what may be done with it; empty where the scheme has none. */
  readonly handling: Readonly<Record<string, string>>
  /** Grades (source and information) that by themselves say: reliable, and confirmed by others or known. */
  readonly confirmed: RegExp
  /** From here on a second, independent source confirms. */
  readonly sound: RegExp
  /** Untested or unreliable source, doubted information: never solid. */
  readonly tentative: RegExp
  /** Held to be improbable or false. */
  readonly disputed: RegExp
}

export const SCHEMES: Readonly<Record<GradingSchemeName, GradingScheme>> = {
  '6x6': {
    name: '6x6', title: 'Admiralty',
    source: { A: 'completely reliable', B: 'usually reliable', C: 'fairly reliable', D: 'not usually reliable', E: 'unreliable', F: 'reliability cannot be judged' },
    information: { 1: 'confirmed by other sources', 2: 'probably true', 3: 'possibly true', 4: 'doubtful', 5: 'improbable', 6: 'truth cannot be judged' },
    handling: {}, confirmed: /^[AB]1/, sound: /^[ABC][12]/, tentative: /^[EF]|^.[456]/, disputed: /^.5/,
  },
  '4x4': {
    name: '4x4', title: 'Europol',
    source: { A: 'no doubt of authenticity, or reliable in all instances', B: 'reliable in most instances', C: 'unreliable in most instances', X: 'reliability cannot be assessed' },
    information: { 1: 'accuracy not in doubt', 2: 'known personally to the source, not to the officer', 3: 'not known personally to the source, corroborated', 4: 'not known personally to the source, cannot be corroborated' },
    handling: { H0: 'for preventing and combating crime only', H1: 'not in court without permission', H2: 'not to be passed on without permission', H3: 'other restrictions' },
    confirmed: /^[AB]1/, sound: /^[AB][12]/, tentative: /^[CX]|^.4/, disputed: /^$/,
  },
  '5x5x5': {
    name: '5x5x5', title: 'United Kingdom, until about 2016',
    source: { A: 'always reliable', B: 'mostly reliable', C: 'sometimes reliable', D: 'unreliable', E: 'untested' },
    information: { 1: 'known to be true without reservation', 2: 'known personally to the source, not to the officer', 3: 'not known personally to the source, corroborated', 4: 'cannot be judged', 5: 'suspected to be false or malicious' },
    handling: { 1: 'police and prosecutors', 2: 'other prosecuting parties of the country', 3: 'foreign law enforcement', 4: 'own agency only', 5: 'no further; ask the originator' },
    confirmed: /^[AB]1/, sound: /^[AB][12]/, tentative: /^[DE]|^.[45]/, disputed: /^.5/,
  },
  '3x5x2': {
    name: '3x5x2', title: 'United Kingdom, since about 2016',
    source: { 1: 'reliable', 2: 'untested', 3: 'not reliable' },
    information: { A: 'known directly', B: 'known indirectly, corroborated', C: 'known indirectly', D: 'not known', E: 'suspected to be false' },
    handling: { P: 'sharing permitted', C: 'sharing permitted with conditions' },
    confirmed: /^1[AB]/, sound: /^1[AB]/, tentative: /^3|^.[DE]/, disputed: /^.E/,
  },
}
