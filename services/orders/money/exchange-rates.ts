import { osloDay } from '@vilkar/terms/calendar.ts'
import { type Kysely, sql } from 'kysely'
import { raiseAlarm, resolveAlarm } from '../alarms/alarms.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { SalesSeries } from './tables.ts'

/**
 * VAT in kroner on documents in another currency (bokføringsforskriften § 5-1-1), by the rate of a day that finance, or a program that
 * reads Norges Bank's, gives by a door. All SQL of `exchange_rate` and `document_in_nok`.
 */

/** A rate of a day: kroner for one unit of the currency as a decimal, such as `11.733`; who published it, and who said so when. */
export type ExchangeRate = {
  currency: string
  day: string
  rate: string
  source: string
  saidBy: string
  saidAt: string
}

/** The VAT of a document in øre, and by which rate of which day and source. */
export type InNok = { vat: number; rate: string; on: string; source: string }

/** How old a rate may be on the day of a document: none is published on weekends and holidays, of which Easter has most. */
const MAX_AGE_DAYS = 7
/** How many orders a new rate gives their VAT at once; others get theirs by the next. */
const MAX_ORDERS = 500
const MICRO = 1_000_000n

/** An amount in minor units by a rate, in øre: half an øre is rounded up. */
export function inOre(amount: number, rate: string): number {
  const [whole = '0', fraction = ''] = rate.split('.')
  const micros = BigInt(whole) * MICRO + BigInt(fraction.padEnd(6, '0'))
  return Number((BigInt(amount) * micros + MICRO / 2n) / MICRO)
}

/** VAT in minor units of its own currency, and what of it was said in øre. */
type Said = { vat: number; nok: number }

/**
 * What one more document says of its VAT in øre: what all of them say together is rounded once, so that the credit notes of an invoice
 * add up to it, however it is split.
 */
export const shareInOre = (before: Said, vat: number, rate: string) => inOre(before.vat + vat, rate) - before.nok

type Issued = {
  seller: string
  series: SalesSeries
  number: number
  orderId: string
  currency: string
  vat: number
  issuedAt: string
  invoices: number[]
}

/**
 * Says what the VAT of a document is in kroner: of a credit note by the rate of the invoice that it takes back, else by the newest rate
 * that is at most a week old on its day. Without one a person is called, and the document waits to be shown.
 */
export async function tellInNok(trx: Trx, issued: Issued): Promise<boolean> {
  const { seller, series, number, orderId, currency, vat, issuedAt, invoices } = issued
  const rate = (await rateOfInvoice(trx, seller, invoices)) ?? (await rateOn(trx, currency, issuedAt))
  if (rate === undefined) {
    const on = osloDay(Temporal.Instant.from(issuedAt)).toString()
    const detail = { document: `${series}-${number}`, currency, on }
    await raiseAlarm(trx, { orderId, kind: 'exchange-rate-missing', detail, at: issuedAt })
    return false
  }
  const before = await saidBefore(trx, issued, rate)
  const share = shareInOre(before, vat, rate.rate)
  const said = { vat: share, rate: rate.rate, rate_on: rate.on, source: rate.source }
  await trx
    .insertInto('document_in_nok')
    .values({ seller, series, number, order_id: orderId, ...said })
    .execute()
  return true
}

/** What the documents of the order in this series have said by the same rate. */
async function saidBefore(trx: Trx, { orderId, series }: Issued, { rate, on }: { rate: string; on: string }) {
  const { rows } = await sql<Said>`
    select coalesce(sum(said.vat), 0)::bigint as nok,
      coalesce(sum((select sum((part ->> 'vat')::bigint) from jsonb_array_elements(document.vat) part)), 0)::bigint as vat
    from document_in_nok said join sales_document document using (seller, series, number)
    where said.order_id = ${orderId} and series = ${series} and rate = ${rate} and rate_on = ${on}`.execute(trx)
  return rows[0]!
}

const rateOfInvoice = (trx: Trx, seller: string, invoices: number[]) =>
  trx
    .selectFrom('document_in_nok')
    .select(['rate', 'rate_on as on', 'source'])
    .where('seller', '=', seller)
    .where('series', '=', 'invoice')
    .where('number', '=', sql<number>`any(${invoices}::bigint[])`)
    .orderBy('number')
    .executeTakeFirst()

function rateOn(trx: Trx, currency: string, at: string) {
  const day = osloDay(Temporal.Instant.from(at))
  return trx
    .selectFrom('exchange_rate')
    .select(['rate', 'day as on', 'source'])
    .where('currency', '=', currency)
    .where('day', '<=', day.toString())
    .where('day', '>=', day.subtract({ days: MAX_AGE_DAYS }).toString())
    .orderBy('day', 'desc')
    .executeTakeFirst()
}

/** What the documents of an order say in kroner, by series and number. */
export async function inNokOf(db: Kysely<Database>, orderId: string): Promise<Map<string, InNok>> {
  const rows = await db
    .selectFrom('document_in_nok')
    .select(['series', 'number', 'vat', 'rate', 'rate_on', 'source'])
    .where('order_id', '=', orderId)
    .execute()
  return new Map(rows.map(({ series, number, rate_on: on, ...said }) => [`${series} ${number}`, { ...said, on }]))
}

/** Keeps the rate of a day, in place of what was said of that day before, and gives documents their VAT that waited for it. */
export async function keepRate(trx: Trx, { currency, day, rate, source, saidBy, saidAt }: ExchangeRate) {
  const said = { rate, source, said_by: saidBy, said_at: saidAt }
  await trx
    .insertInto('exchange_rate')
    .values({ currency, day, ...said })
    .onConflict((conflict) => conflict.columns(['currency', 'day']).doUpdateSet(said))
    .execute()
  for (const orderId of await ordersThatWait(trx, currency)) {
    const missing = await missingOf(trx, orderId)
    let left = missing.length
    for (const each of missing) if (await tellInNok(trx, each)) left -= 1
    const resolution = `The rate of ${day} was given.`
    if (left === 0) await resolveAlarm(trx, { orderId, kind: 'exchange-rate-missing', resolution, at: saidAt })
  }
}

/** Locked: of two rates that are given at once, the second finds only what the first left. */
async function ordersThatWait(trx: Trx, currency: string) {
  const { rows } = await sql<{ order_id: string }>`
    select order_id from alarm where kind = 'exchange-rate-missing' and resolved_at is null
      and detail ->> 'currency' = ${currency} order by raised_at limit ${MAX_ORDERS} for update`.execute(trx)
  return rows.map(({ order_id }) => order_id)
}

/** The documents of an order that bear VAT and do not say it in kroner, invoices first. */
async function missingOf(trx: Trx, orderId: string): Promise<Issued[]> {
  const { rows } = await sql<Omit<Issued, 'orderId'>>`
    select seller, series, number, currency, issued_at as "issuedAt",
      (select sum((part ->> 'vat')::bigint) from jsonb_array_elements(vat) part)::bigint as vat,
      array(select invoice from credit_note_invoice link where link.seller = document.seller
        and link.credit_note = document.number and document.series = 'credit-note') as invoices
    from sales_document document where order_id = ${orderId} and currency <> 'NOK'
      and exists (select from jsonb_array_elements(vat) part where (part ->> 'vat')::bigint > 0)
      and not exists (select from document_in_nok said
        where (said.seller, said.series, said.number) = (document.seller, document.series, document.number))
    order by position`.execute(trx)
  return rows.map((row) => ({ ...row, orderId, issuedAt: Temporal.Instant.from(row.issuedAt).toString() }))
}

/** The rates of a currency, the newest first. */
export async function readRates(db: Kysely<Database>, currency: string, limit: number): Promise<ExchangeRate[]> {
  const rows = await db
    .selectFrom('exchange_rate')
    .select(['currency', 'day', 'rate', 'source', 'said_by', 'said_at'])
    .where('currency', '=', currency)
    .orderBy('day', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ said_by: saidBy, said_at, ...rate }) => ({
    ...{ ...rate, saidBy, saidAt: Temporal.Instant.from(said_at).toString() },
  }))
}
