/** What the legend of an exhibit says. */
import type { LegendWords } from '@ringmap/drawing/legend'
import { ENTITY_KINDS } from '@ringmap/model/schema'

const STRENGTHS = { confirmed: 'confirmed', unconfirmed: 'unconfirmed or not graded', tentative: 'tentative' } as const
/** By the count from which a line is as thick. */
const WIDTHS: Readonly<Record<number, string>> = { 0: '1', 2: '2 to 9', 10: '10 to 99', 100: '100 to 999', 1000: '1,000 or more' }

export const LEGEND_WORDS: LegendWords = {
  title: 'Legend',
  sections: { entities: 'Entities', strengths: 'Strength of links', widths: 'Links: how often recorded', marks: 'Marks' },
  kind: (kind, count) => `${count} ${count === 1 ? ENTITY_KINDS[kind].label : ENTITY_KINDS[kind].plural}`,
  strength: (strength) => STRENGTHS[strength],
  width: (from) => WIDTHS[from] ?? `${from} or more`,
  directed: 'from one to the other',
  offence: 'black: the record itself concerns an offence',
  disputed: 'disputed: a record under it is graded improbable or suspected false',
  unproved: 'not yet provable: no source under it has its certificate',
  focus: 'what this chart is about',
  rank: 'place in the order by position in the network',
  masked: 'a code in place of a protected identity',
  code: 'V-7…',
}
