/** An invented network whose labels try to break every format. */
import type { ExportGraph, ExportEntity, ExportLink } from '../src/export-graph.ts'

export const HOSTILE_LABELS: readonly string[] = [
  'Plain Name', 'quote " and \' apostrophe', '<script>alert(1)</script> & &amp; ]]>', 'line\nbreak\r\nand\ttab', 'RTL \u202Eoverride\u202C \u2067isolate\u2069',
  'control \u0000\u0001\u001B\u0008 end', 'lone \uD800 surrogate \uDC00', 'non-character \uFFFE\uFFFF', 'اسلم پرویز', 'ज्योत्स्ना शिर्के', '👩‍👧 astral 𝔘',
  '=HYPERLINK("http://x","y")', '+919876500321', '-1+2', '@SUM(A1)', '\tTAB', '  spaced  ', '', ',comma', '﻿bom', '--> <!-- comment', '%s ${x} {{y}}',
]
/** Characters above that no XML document can hold. */
export const HOSTILE_REPLACED: number = 4 + 2 + 2

export function hostileGraph(): ExportGraph {
  const entities: ExportEntity[] = HOSTILE_LABELS.map((label, i) => ({
    id: `P-${String(i).padStart(3, '0')}`, kind: i % 2 === 0 ? 'Person' : 'Phone', label, roles: i % 3 === 0 ? ['victim', 'accused'] : [], masked: i % 3 === 0, rank: i % 4 === 0 ? i + 1 : null,
    ring: i < 5 ? 'ring-1' : null, ...(i % 2 === 0 ? { x: i * 1.5, y: -i / 3 } : {}),
  }))
  const links: ExportLink[] = entities.slice(1).flatMap((entity, i) => [
    { ...blank, id: `L-${i}a`, label: HOSTILE_LABELS[i] as string, source: entity.id, target: (entities[0] as ExportEntity).id },
    { ...blank, id: `L-${i}b`, label: 'paid', source: entity.id, target: (entities[0] as ExportEntity).id, directed: false, amount: '123456789012', currency: 'INR', first_ms: null, last_ms: null },
  ])
  return { name: 'Hostile "case" <1> \u0007', entities, links }
}

const blank = { kind: 'called', directed: true, count: 3, first_ms: 1_704_258_000_000, last_ms: 1_709_961_600_123, amount: null, currency: null, strength: 'tentative', criminal: true } as const
