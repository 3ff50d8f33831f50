import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { BreachPersonal } from './breach.ts'

/** All the SQL of `breach_person`: those whom a breach hit and whom a system of others is to tell. */

type Db = Kysely<Database>
export type Hit = { controller: string; system: string; records?: readonly string[] }

const heldBy = ({ controller, system }: Hit) =>
  sql<boolean>`controller = ${controller} and system = ${system} and status <> 'erased'`

/** Which of these records the system does not hold. */
export async function notHeld(db: Db, hit: Hit) {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${hit.records ?? []}::text[]) name
    where not exists (select from holding where ${heldBy(hit)} and record = name)`.execute(db)
  return rows.map(({ name }) => name)
}

/** Puts the people of these records among those who are to be told, or without any all of whom the system holds something. */
export const askPeople = (trx: Transaction<Database>, breachId: string, hit: Hit & { by: string; at: string }) =>
  sql`
    insert into breach_person (breach_id, controller, system, subject, asked_by, asked_at)
    select distinct ${breachId}::uuid, controller, system, subject, ${hit.by}, ${hit.at}::timestamptz
    from holding, unnest(subjects) subject
    where ${heldBy(hit)} and (${hit.records === undefined} or record = any(${hit.records ?? []}::text[]))
    on conflict do nothing`.execute(trx)

type Untold = { breach_id: string; controller: string; subject: string; records: string[]; personal: BreachPersonal }
/** Whom a system is to tell: people it holds something of and whom it did not tell yet, the first that were named first. */
export async function untoldBy(db: Db, system: string, limit: number) {
  const { rows } = await sql<Untold>`
    select breach.id as breach_id, person.controller, person.subject, personal, array_agg(record order by record) as records
    from breach_person person join breach on breach.id = breach_id
      join holding on holding.controller = person.controller and holding.subjects @> array[person.subject]
    where person.told_at is null and person.system = ${system} and holding.system = ${system} and status <> 'erased'
    group by breach.id, person.controller, person.subject, asked_at
    order by asked_at, breach.id, person.subject limit ${limit}`.execute(db)
  return rows
}

/** They were told, by whatever else the same records know them too. */
export const noteHitTold = (
  db: Db,
  { breachId, system, subjects, at }: { breachId: string; system: string; subjects: readonly string[]; at: string },
) =>
  sql`
    update breach_person set told_at = ${at}
    where breach_id = ${breachId} and system = ${system} and told_at is null
      and (subject = any(${subjects}::text[]) or subject in (
        select unnest(held.subjects) from holding held
        where held.controller = breach_person.controller and held.subjects && ${subjects}::text[]))`.execute(db)

/** How far systems of others are with those whom a breach hit. */
export async function hitOf(db: Db, breachId: string) {
  const { rows: systems } = await sql<{ system: string; toTell: number; told: number }>`
    select system, (count(*) filter (where told_at is null))::int as "toTell", count(told_at)::int as told
    from breach_person where breach_id = ${breachId} group by system order by system`.execute(db)
  const sum = (of: 'toTell' | 'told') => systems.reduce((all, each) => all + each[of], 0)
  return { toTell: sum('toTell'), told: sum('told'), systems }
}

/** Whom a breach hit is known for a year; how many were told stands in its own words. */
export const hitTrim: Trim = {
  table: 'breach_person',
  days: 365,
  clock: 'service',
  remove: (before, most) => sql`
    delete from breach_person where (breach_id, system, subject) in (
      select breach_id, system, subject from breach_person where asked_at < ${before}
      order by asked_at limit ${most} for update skip locked)
    returning asked_at as at`,
  oldest: sql`select asked_at as at from breach_person order by asked_at limit 1`,
}
