import { Instant } from '@vilkar/contracts/event.ts'
import { Amount, Reasons } from '@vilkar/contracts/parts.ts'
import { editionAt, termsOf } from '@vilkar/terms/editions/registry.ts'
import { type Kysely, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { Description, StoredProduct } from './product-store.ts'

const Lowered = Type.Object(
  {
    lowestBefore: Type.Integer({
      ...Amount,
      description:
        'What the price stands beside: the lowest of the 30 days before it was lowered, in minor units and with VAT as the price itself (prisopplysningsforskriften § 9 a).',
    }),
    percent: Type.Number({ description: 'The greatest reduction that may be announced, to two decimals.' }),
    since: Instant,
    reasons: Reasons,
  },
  { title: 'LoweredPrice' },
)
export const LoweredPrices = Type.Object(
  { NOK: Type.Optional(Lowered), EUR: Type.Optional(Lowered) },
  { title: 'LoweredPrices' },
)
export type LoweredPrices = Static<typeof LoweredPrices>

type Prices = Pick<Description, 'sku' | 'priceNok' | 'priceEur'>

/** Keeps what a product costs from now on. A price that is told late, by whoever waited for the row, begins after the one before it. */
export const recordPrice = (trx: Trx, { sku, priceNok = null, priceEur = null }: Nullable<Prices>, at: string) =>
  sql`
    insert into product_price (sku, since, price_nok, price_eur)
    select ${sku}, greatest(${at}::timestamptz, max(since) + interval '1 microsecond'), ${priceNok}::bigint, ${priceEur}::bigint
    from product_price where sku = ${sku}`.execute(trx)
type Nullable<Of> = { [Key in keyof Of]: Of[Key] | null }

type Row = { sku: string; since: string; price_nok: number | null; price_eur: number | null }

/**
 * Of each of these products how its prices may be announced as lowered, by its SKU. The product's own price counts whoever wrote it: an
 * instance of before prices were kept writes no history.
 */
export async function loweredPrices(
  db: Kysely<Database>,
  products: readonly Pick<StoredProduct, 'sku' | 'seller'>[],
  at: Temporal.Instant,
): Promise<Map<string, LoweredPrices>> {
  const skus = products.map(({ sku }) => sku)
  const { rows } = await sql<Row>`
    select sku, since, price_nok, price_eur from (
      select sku, since, price_nok, price_eur, 0 as last from product_price where sku = any(${skus}::text[])
      union all select sku, updated_at, price_nok, price_eur, 1 from product where sku = any(${skus}::text[])) price
    order by sku, last, since`.execute(db)
  const histories = Map.groupBy(rows, ({ sku }) => sku)
  return new Map(
    products.map(({ sku, seller }) => [
      sku,
      {
        ...loweredIn('NOK', 'price_nok', histories.get(sku) ?? [], seller, at),
        ...loweredIn('EUR', 'price_eur', histories.get(sku) ?? [], seller, at),
      },
    ]),
  )
}

function loweredIn(
  currency: 'NOK' | 'EUR',
  column: 'price_nok' | 'price_eur',
  history: readonly Row[],
  seller: string,
  at: Temporal.Instant,
): LoweredPrices {
  const prices = history.flatMap(({ since, [column]: price }) =>
    price === null ? [] : [{ since: Temporal.Instant.from(since), price: Number(price) }],
  )
  const found = termsOf(editionAt(at, seller).id).announcedReduction({ prices, at })
  if (found === undefined) return {}
  const { lowestBefore, greatestPercent, since, reasons } = found
  return { [currency]: { lowestBefore, percent: greatestPercent, since: since.toString(), reasons } }
}
