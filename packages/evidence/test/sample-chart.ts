/** Invented charts in three scripts, placed by a small seeded spring layout, to test and to look at drawings. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { below, seeded } from '@ringmap/model/random'
import { LINK_KINDS, type EntityKind, type LinkKind, type Role } from '@ringmap/model/schema'

const FIRST = ['Ravi', 'सुनील', 'اسلم', 'Imtiaz', 'कृष्णमूर्ति', 'Shabnam', 'Baldev', 'نسرین', 'Tenzin', 'मुन्नी', 'Farid', 'ज्योत्स्ना', 'Lakhan', 'زبیدہ', 'Oinam', 'Dhruv']
const LAST = ['Tamta', 'अग्निहोत्री', 'چوہدری', 'Quraishi', 'Venkataraghavan', 'शिर्के', 'Lepcha', 'ٹھیکیدار', 'Bhoi', 'Katyal']
const ROLES: readonly Role[] = ['suspect', 'accused', 'victim', 'witness', 'unknown', 'suspect']

export function sampleChart(size: number, seed = 1): Chart {
  const random = seeded(seed)
  const kinds: EntityKind[] = Array.from({ length: size }, (_, i) => (i % 5 < 3 ? 'Person' : (['Phone', 'Vehicle', 'BankAccount', 'Handset', 'Event', 'Address', 'Organisation', 'Consignment'] as const)[below(random, 8)] as EntityKind))
  const pairs: [number, number][] = []
  for (let i = 1; i < size; i++) pairs.push([below(random, Math.min(i, 4 + Math.floor(i / 6))), i])
  for (let i = 0; i < size * 0.5; i++) pairs.push([below(random, size), below(random, size)])
  const links: ChartLink[] = pairs.filter(([a, b]) => a !== b).map(([a, b], i) => linkOf(i, a, b, kinds, random))
  const spots = spring(size, pairs, random)
  const entities: ChartEntity[] = kinds.map((kind, i) => {
    const role = kind === 'Person' ? (ROLES[below(random, ROLES.length)] as Role) : null
    const masked = role === 'victim' || role === 'witness'
    return {
      id: `${kind.charAt(0)}-${String(i).padStart(4, '0')}`, kind,
      label: masked ? `${role === 'victim' ? 'V' : 'W'}-7K${String(i).padStart(4, '0')}` : labelOf(kind, i, random),
      roles: role === null ? [] : [role], masked, ...(spots[i] as { x: number; y: number }), focus: i === 0, rank: kind === 'Person' && i < 12 && !masked ? i + 1 : null, ring: null,
    }
  })
  return {
    title: 'Position of Ravi Tamta in Ring 1', subtitle: 'Joins two groups; 5 contacts, 4 of them among the 20 busiest', entities, links,
    shown: { entities: entities.length, entities_of: 2014, links: links.length, links_of: 30_112, why: 'the subject, its ring and the things they share; the rest is not drawn' },
  }
}

function labelOf(kind: EntityKind, i: number, random: () => number): string {
  const n = String(10_000_000 + below(random, 89_999_999))
  if (kind === 'Person') return `${i === 0 ? 'Ravi' : FIRST[(i * 7) % FIRST.length]} ${i === 0 ? 'Tamta' : LAST[(i * 3) % LAST.length]}`
  if (kind === 'Phone') return `+91 98${n.slice(0, 3)} ${n.slice(3)}`
  if (kind === 'Vehicle') return `UK 0${below(random, 9)} TA ${n.slice(0, 4)}`
  if (kind === 'Organisation') return 'Himalayan Placement and Domestic Help Services Private Limited'
  if (kind === 'Address') return 'गली नंबर 4, शास्त्री पार्क'
  if (kind === 'Event') return `FIR ${below(random, 400)}/2024`
  if (kind === 'Consignment') return `14 persons moved`
  return `${n}${n}`.slice(0, 15)
}

function linkOf(i: number, a: number, b: number, kinds: readonly EntityKind[], random: () => number): ChartLink {
  const kind: LinkKind = kinds[a] === 'BankAccount' || kinds[b] === 'BankAccount' ? 'paid' : kinds[b] === 'Event' ? 'accused_in' : kinds[b] === 'Person' ? (['called', 'associate_of', 'called'] as const)[below(random, 3)] as LinkKind : 'uses'
  const first = Date.UTC(2024, below(random, 8), 1 + below(random, 27), 20)
  return {
    id: `L-${String(i).padStart(4, '0')}`, kind, label: LINK_KINDS[kind].label, source: `${(kinds[a] as string).charAt(0)}-${String(a).padStart(4, '0')}`, target: `${(kinds[b] as string).charAt(0)}-${String(b).padStart(4, '0')}`,
    directed: LINK_KINDS[kind].directed, count: [1, 3, 14, 120, 2400][below(random, 5)] as number, first_ms: first, last_ms: first + below(random, 90) * 86_400_000,
    amount: kind === 'paid' ? String(below(random, 900_000_000)) : null, currency: kind === 'paid' ? 'INR' : null,
    strength: (['confirmed', 'unconfirmed', 'tentative'] as const)[below(random, 3)] ?? 'tentative', criminal: LINK_KINDS[kind].criminal,
  }
}

/** Coordinates as a force layout would give them: linked close, all others apart. */
function spring(size: number, pairs: readonly (readonly [number, number])[], random: () => number): { x: number; y: number }[] {
  const spots = Array.from({ length: size }, () => ({ x: random() * 10 - 5, y: random() * 10 - 5 }))
  for (let round = 0; round < 300; round++) {
    const heat = 0.4 * (1 - round / 300)
    const moves = spots.map(() => ({ x: 0, y: 0 }))
    const pull = (i: number, j: number, force: (distance: number) => number): void => {
      const [a, b] = [spots[i], spots[j]] as [{ x: number; y: number }, { x: number; y: number }]
      const dx = b.x - a.x
      const dy = b.y - a.y
      const distance = Math.sqrt(dx * dx + dy * dy) + 0.01
      const size = force(distance) / distance
      for (const [move, sign] of [[moves[i], 1], [moves[j], -1]] as [{ x: number; y: number }, number][]) {
        move.x += dx * size * sign
        move.y += dy * size * sign
      }
    }
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) pull(i, j, (distance) => -1 / distance)
    for (const [a, b] of pairs) if (a !== b) pull(a, b, (distance) => distance * distance * 0.4)
    spots.forEach((spot, i) => {
      const move = moves[i] as { x: number; y: number }
      const length = Math.sqrt(move.x ** 2 + move.y ** 2) + 1e-9
      spot.x += (move.x / length) * Math.min(length, heat)
      spot.y += (move.y / length) * Math.min(length, heat)
    })
  }
  return spots
}
