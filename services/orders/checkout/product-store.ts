import type { ProductBulky } from '@vilkar/contracts/bulky.ts'
import type { OnlineManual } from '@vilkar/contracts/manual.ts'
import type { Digital, LocalizedText, ProductGuarantee, Traits } from '@vilkar/contracts/parts.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import { sellers } from '@vilkar/terms/editions/registry.ts'
import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { recordOpening } from '../stock/changes.ts'
import { recordPrice } from './prices.ts'

/** What a product is: all that somebody writes of it. How many there are is no part of it. */
export type Description = {
  sku: string
  seller: string
  name: Static<typeof LocalizedText>
  priceNok?: number
  priceEur?: number
  vatRate: number
  traits: Traits
  guarantee?: ProductGuarantee
  digital?: Digital
  manual?: OnlineManual
  bulky?: ProductBulky
}

export type StoredProduct = Description & { stock: number }

const columns = [
  ...([
    'sku',
    'seller',
    'name',
    'price_nok',
    'price_eur',
    'vat_rate',
    'stock',
    'traits',
    'guarantee',
    'digital',
    'manual',
    'bulky',
  ] as const),
]
type Row = Pick<Selectable<Database['product']>, (typeof columns)[number]>
const productOf = ({ sku, seller, name, price_nok, price_eur, vat_rate, stock, ...rest }: Row): StoredProduct => ({
  sku,
  // What was stored when the shop had one seller names none and is that seller's.
  seller: seller ?? sellers()[0]!.id,
  name,
  ...(price_nok !== null && { priceNok: price_nok }),
  ...(price_eur !== null && { priceEur: price_eur }),
  vatRate: vat_rate,
  traits: rest.traits,
  ...(rest.guarantee && { guarantee: rest.guarantee }),
  ...(rest.digital && { digital: rest.digital }),
  ...(rest.manual && { manual: rest.manual }),
  ...(rest.bulky && { bulky: rest.bulky }),
  stock,
})

export async function readProduct(db: Kysely<Database>, sku: string): Promise<StoredProduct | undefined> {
  const row = await db.selectFrom('product').select(columns).where('sku', '=', sku).executeTakeFirst()
  return row && productOf(row)
}

/** Products whose SKUs come after this one, at most `limit`. */
export const readProducts = async (db: Kysely<Database>, after: string, limit: number): Promise<StoredProduct[]> =>
  (await db.selectFrom('product').select(columns).where('sku', '>', after).orderBy('sku').limit(limit).execute()).map(
    productOf,
  )

/** Of these SKUs the products that there are. */
export const readProductsOf = async (db: Kysely<Database>, skus: string[]): Promise<StoredProduct[]> =>
  (await db.selectFrom('product').select(columns).where('sku', 'in', skus).execute()).map(productOf)

/** The product, locked until the transaction ends. */
export async function lockProduct(trx: Trx, sku: string): Promise<StoredProduct | undefined> {
  const row = await trx.selectFrom('product').select(columns).where('sku', '=', sku).forUpdate().executeTakeFirst()
  return row && productOf(row)
}

const columnsOf = ({ seller, name, priceNok, priceEur, vatRate, traits, ...soldWith }: Description) => ({
  ...{ seller, name: JSON.stringify(name), price_nok: priceNok ?? null, price_eur: priceEur ?? null },
  ...{ vat_rate: vatRate, traits: JSON.stringify(traits) },
  ...{ guarantee: jsonOrNull(soldWith.guarantee), digital: jsonOrNull(soldWith.digital) },
  ...{ manual: jsonOrNull(soldWith.manual), bulky: jsonOrNull(soldWith.bulky) },
})

/** Makes a product with so many units; false when somebody else just made it. */
export async function insertProduct(
  trx: Trx,
  product: Description,
  { stock, saidBy, at }: { stock: number; saidBy: string; at: string },
) {
  const added = await trx
    .insertInto('product')
    .values({ sku: product.sku, ...columnsOf(product), stock, updated_at: at })
    .onConflict((conflict) => conflict.column('sku').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return false
  await recordOpening(trx, { sku: product.sku, units: stock, saidBy, at })
  await recordPrice(trx, product, at)
  return true
}

/** Describes a product anew; its stock stays as it is, and a price that changed is kept with when it did. */
export async function updateProduct(trx: Trx, known: Description, product: Description, at: string) {
  await trx
    .updateTable('product')
    .set({ ...columnsOf(product), updated_at: at })
    .where('sku', '=', product.sku)
    .execute()
  if (known.priceNok !== product.priceNok || known.priceEur !== product.priceEur) await recordPrice(trx, product, at)
}
