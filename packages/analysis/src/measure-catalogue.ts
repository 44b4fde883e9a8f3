/** Every measure that can be named: how to run it, which end is first, what it means, its formula and where it comes from. */
import type { Measure } from '@ringmap/model/finding'
import type { MeasureEntry } from './measure-entry.ts'
import { MEASURES_OF_PARTS } from './measures-of-parts.ts'
import { MEASURES_OF_POSITION } from './measures-of-position.ts'

export type CataloguedMeasure = Measure

export const MEASURE_CATALOGUE: Readonly<Record<CataloguedMeasure, MeasureEntry>> = { ...MEASURES_OF_POSITION, ...MEASURES_OF_PARTS }
