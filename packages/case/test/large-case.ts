/** A real case file made large: invented entities and links are written straight into the tables of a small linked case, in groups with ties between them. */
import { closeCase } from '../src/open-case.ts'
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES } from '@ringmap/model/schema'
import { sql } from '@ringmap/store/sql'
import { foundCase } from './found-case.ts'
import { writeSmallCase } from './small-case.ts'

const START = Date.UTC(2023, 0, 1)
const DAY_ms = 86_400_000
/** Entities that keep to each other. */
const GROUP = 200

/** Returns the folder. Its own people stay in it: they come first. */
export async function writeLargeCase(entities: number, links: number): Promise<string> {
  const folder = writeSmallCase()
  const open = await foundCase(folder)
  const place = (kind: (typeof ENTITY_KIND_NAMES)[number]): number => ENTITY_KIND_NAMES.indexOf(kind)
  const link = (kind: (typeof LINK_KIND_NAMES)[number]): number => LINK_KIND_NAMES.indexOf(kind)
  const [person, phone, account] = [place('Person'), place('Phone'), place('BankAccount')]
  const { n: before } = await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM entity`) as { n: number }
  await open.database.run(sql`INSERT INTO entity SELECT ${before} + e, 'big-' || e, CASE WHEN e % 10 < 6 THEN 'Person' WHEN e % 10 < 9 THEN 'Phone' ELSE 'BankAccount' END,
    CASE WHEN e % 10 < 6 THEN ${person} WHEN e % 10 < 9 THEN ${phone} ELSE ${account} END, 'big-' || e, 'Invented ' || e, TRUE FROM range(${entities}) r(e)`)
  await open.database.run(sql`INSERT INTO link SELECT 1000000 + l, 'biglink-' || l, CASE l % 5 WHEN 0 THEN ${link('paid')} WHEN 1 THEN ${link('met')} ELSE ${link('called')} END, ${before} + s, ${before} + t, 1 + l % 40, 1,
      ${START} + day * ${DAY_ms}, ${START} + (day + l % 30) * ${DAY_ms}, CASE WHEN l % 5 = 0 THEN 100000 * (1 + l % 97) END, CASE WHEN l % 5 = 0 THEN 'INR' END, NULL, NULL, l % 3, l % 50 = 0
    FROM (SELECT l, s, day, CASE WHEN hash(l * 7 + 3) % 100 < 92 THEN s - s % ${GROUP} + CAST(hash(l * 11 + 5) % ${GROUP} AS BIGINT) ELSE CAST(hash(l * 13 + 9) % ${entities} AS BIGINT) END AS t
      FROM (SELECT l, CAST(hash(l) % ${entities} AS BIGINT) AS s, CAST(hash(l * 3 + 1) % 700 AS BIGINT) AS day FROM range(${links}) r(l))) WHERE s <> t AND t < ${entities}`)
  closeCase(open)
  return folder
}
