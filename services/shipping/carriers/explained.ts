import { type ParcelReport, parcelReports } from '@vilkar/contracts/shipping-parcel.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { AnyCarrier, CodeTable, Meaning } from './port.ts'

/** All the SQL of `carrier_code`: what people said that codes mean which no table of ours has. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
/** What a code may be explained as. Who took a parcel is never said by a code alone: of `delivered` it is what comes with it. */
export const explanations = [...parcelReports, 'delivered', 'nothing'] as const
export type Explanation = (typeof explanations)[number]

export const meaningIn = (said: Explanation): Meaning =>
  said === 'delivered' || said === 'nothing' ? said : { report: said satisfies ParcelReport }

/** Who hears of a code while somebody explains it waits for that, and the other way round: else an event would stay unknown. */
const lockOf = (carrier: string) => sql`hashtext(${`carrier-code ${carrier}`})`

/** What people said of these codes of a carrier, until the transaction ends. */
export async function explainedCodes(trx: Trx, carrier: string, codes: string[]): Promise<CodeTable> {
  if (codes.length === 0) return {}
  await sql`select pg_advisory_xact_lock_shared(${lockOf(carrier)})`.execute(trx)
  const rows = await trx
    .selectFrom('carrier_code')
    .select(['code', 'meaning'])
    .where('carrier', '=', carrier)
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .execute()
  return Object.fromEntries(rows.map(({ code, meaning }) => [code, meaningIn(meaning)]))
}

/** A carrier with codes that people explained; what a table of ours says counts first. */
export const withCodes = (carrier: AnyCarrier, explained: CodeTable): AnyCarrier => ({
  ...carrier,
  codes: { ...explained, ...carrier.codes },
})

export const allExplained = (db: Db, limit: number) =>
  db
    .selectFrom('carrier_code')
    .select(['carrier', 'code', 'meaning', 'explained_at', 'personal'])
    .orderBy('explained_at', 'desc')
    .orderBy('code')
    .limit(limit)
    .execute()

export const readExplained = (db: Db, carrier: string, code: string) =>
  db
    .selectFrom('carrier_code')
    .select(['meaning', 'personal'])
    .where('carrier', '=', carrier)
    .where('code', '=', code)
    .executeTakeFirst()

type Said = { meaning: Explanation; at: string; by: string; why: string }

/** Notes what a code means, by the last word. Answers whether that is new. */
export async function explain(trx: Trx, { carrier, code, ...said }: { carrier: string; code: string } & Said) {
  await sql`select pg_advisory_xact_lock(${lockOf(carrier)})`.execute(trx)
  const before = await readExplained(trx, carrier, code)
  if (before?.meaning === said.meaning) return false
  const row = {
    ...{ meaning: said.meaning, explained_at: said.at },
    personal: JSON.stringify({ said: [...(before?.personal.said ?? []), said] }),
  }
  await trx
    .insertInto('carrier_code')
    .values({ carrier, code, ...row })
    .onConflict((conflict) => conflict.columns(['carrier', 'code']).doUpdateSet(row))
    .execute()
  return true
}

/** Codes that nobody explained, with how much was told by them; what was told first stands first. */
export async function unexplained(db: Db, limit: number) {
  const { rows } = await sql<{
    carrier: string
    code: string
    events: number
    parcels: number
    since: string
    last: string
    detail: string | null
  }>`
    select carrier, code, count(*)::int as events, count(distinct tracking_number)::int as parcels,
      to_json(min(heard_at)) #>> '{}' as since, to_json(max(heard_at)) #>> '{}' as last,
      (array_agg(facts ->> 'detail' order by id desc) filter (where facts ? 'detail'))[1] as detail
    from carrier_event where status = 'unknown' and outcome = 'code-unknown'
    group by carrier, code order by min(heard_at), carrier, code limit ${limit}`.execute(db)
  return rows
}

/** What was told by a code that nobody explained, with the shipments of its parcels, and whether these go back. */
export async function eventsOfCode(db: Db, { carrier, code }: { carrier: string; code: string }, limit: number) {
  return db
    .selectFrom('carrier_event')
    .innerJoin('parcel', (join) =>
      join
        .onRef('parcel.carrier', '=', 'carrier_event.carrier')
        .onRef('parcel.tracking_number', '=', 'carrier_event.tracking_number'),
    )
    .select(['carrier_event.id', 'code', 'occurred_at', 'facts', 'personal'])
    .select(['carrier_event.tracking_number', 'shipment_ids'])
    .select(
      sql<boolean>`exists (select from return_parcel back where back.carrier = carrier_event.carrier
        and back.tracking_number = carrier_event.tracking_number)`.as('goes_back'),
    )
    .where('carrier_event.carrier', '=', carrier)
    .where('code', '=', code)
    .where('status', '=', 'unknown')
    .where('outcome', '=', 'code-unknown')
    .orderBy('occurred_at')
    .limit(limit)
    .execute()
}
