/** Columns that say which record it is, or who it truly is: they are never compared. */
import { headingWords } from '@ringmap/sources/sniff-headers'

const TRUTH = /^(?:(?:true|real|gold|known|correct)? ?(?:cluster|entity|truth|group|match|identity|label|gold)(?: ?(?:id|no|num|number|label|key))?|true ?id|ground truth|person uid|dup(?:licate)?(?: (?:of|id))?|is (?:match|duplicate))$/
const ID = /^(?:(?:unique|rec|record|row|source|serial|sr|s|ref|reference|person|customer|client|patient|voter list|entry|key) ?(?:id|no|num|number|ref|key)|id|uid|key|index|rowid|recid|unnamed 0|unnamed: 0|s no)$/

/** Columns that give the answer away. */
export function columnIsTruth(column: string): boolean {
  return TRUTH.test(headingWords(column))
}

/** Headings of columns that number the rows. */
export function idHeading(column: string): boolean {
  return ID.test(headingWords(column)) || /^source dataset$/.test(headingWords(column))
}
