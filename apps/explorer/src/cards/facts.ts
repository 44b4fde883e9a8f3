/** Properties as a reader wants them: one line for each value, with every row that states it. */
import type { Property, SourceRef } from '@ringmap/model/entity'

export interface Fact {
  readonly name: string
  readonly value: string
  readonly sources: readonly SourceRef[]
}

/** Values of one name stand together, in the order they first came. */
export function factsOf(properties: readonly Property[]): readonly Fact[] {
  const byName = new Map<string, Map<string, SourceRef[]>>()
  for (const { name, value, source } of properties) {
    const values = byName.get(name) ?? new Map<string, SourceRef[]>()
    byName.set(name, values)
    const sources = values.get(value)
    if (sources === undefined) values.set(value, [source])
    else sources.push(source)
  }
  return [...byName].flatMap(([name, values]) => [...values].map(([value, sources]) => ({ name, value, sources })))
}
