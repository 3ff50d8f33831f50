import { Amount, LocalizedText, Sku, Traits, VatRate } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { invalidField, problems } from '@vilkar/server/problems.ts'
import { sellers } from '@vilkar/terms/editions/registry.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { SellerId, sellerAsked } from './seller-asked.ts'

const MAX_STOCK = 1_000_000
const PRICED = 'Needed when the seller sells in the currency.'
const noTraits = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }

const ProductBody = Type.Object(
  {
    name: LocalizedText,
    seller: Type.Optional(SellerId),
    priceNok: Type.Optional(Type.Integer({ ...Amount, description: `Øre, including VAT. ${PRICED}` })),
    priceEur: Type.Optional(
      Type.Integer({ ...Amount, description: `Cent, excluding VAT unless the seller includes it. ${PRICED}` }),
    ),
    vatRate: VatRate,
    stock: Type.Integer({
      minimum: 0,
      maximum: MAX_STOCK,
      description: 'Units free to sell from now on; reserved ones are not among them.',
    }),
    traits: Type.Optional(
      Type.Partial(Traits, {
        additionalProperties: false,
        description: "What changes its buyer's rights; what is not named is false.",
      }),
    ),
  },
  { additionalProperties: false, title: 'ProductInput' },
)
const ProductView = Type.Object({ sku: Sku, ...ProductBody.properties, traits: Traits }, { title: 'Product' })
type ProductView = Static<typeof ProductView>

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200

/** The catalogue: what can be sold, at which price, and what about it changes a buyer's rights. */
export function products(server: Server, { db, clock }: Deps) {
  server.put(
    '/products/:sku',
    {
      config: { access: 'products:write' },
      schema: {
        summary: 'Create or replace a product',
        tags: ['products'],
        params: Type.Object({ sku: Sku }),
        body: ProductBody,
        response: { 200: ProductView, ...problems(400, 401, 403) },
      },
    },
    async ({ params: { sku }, body }) => {
      const { name, vatRate, stock } = body
      const seller = sellerAsked(body.seller)
      const { priceNok, priceEur } = pricesOf(seller, body)
      const traits = { ...noTraits, ...body.traits }
      const row = {
        seller: seller.id,
        name: JSON.stringify(name),
        price_nok: priceNok ?? null,
        price_eur: priceEur ?? null,
        vat_rate: vatRate,
        stock,
        traits: JSON.stringify(traits),
        updated_at: clock.now().toString(),
      }
      await db
        .insertInto('product')
        .values({ sku, ...row })
        .onConflict((conflict) => conflict.column('sku').doUpdateSet(row))
        .execute()
      return { sku, ...body, seller: seller.id, traits }
    },
  )

  server.get(
    '/products',
    {
      config: { access: 'public' },
      schema: {
        summary: 'List products',
        tags: ['products'],
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ maxLength: 64, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(ProductView), next: Type.Optional(Type.String()) }),
          ...problems(400),
        },
      },
    },
    async ({ query: { after = '', limit = PAGE_SIZE } }) => {
      const rows = await db
        .selectFrom('product')
        .selectAll()
        .where('sku', '>', after)
        .orderBy('sku')
        .limit(limit + 1)
        .execute()
      const items = rows.slice(0, limit).map(
        ({ sku, seller, name, price_nok, price_eur, vat_rate, stock, traits }): ProductView => ({
          sku,
          seller: seller ?? sellers()[0]!.id,
          name,
          priceNok: price_nok ?? undefined,
          priceEur: price_eur ?? undefined,
          vatRate: vat_rate,
          stock,
          traits,
        }),
      )
      return { items, next: rows.length > limit ? items.at(-1)!.sku : undefined }
    },
  )
}

/** A price in each currency that the seller sells in, and in no other. */
function pricesOf(
  { id, currencies }: Seller,
  { priceNok, priceEur }: Pick<Static<typeof ProductBody>, 'priceNok' | 'priceEur'>,
) {
  const prices = { NOK: ['body.priceNok', priceNok], EUR: ['body.priceEur', priceEur] } as const
  for (const [currency, [field, price]] of Object.entries(prices)) {
    if (currency in currencies && price === undefined)
      throw invalidField(field, `is missing: ${id} sells in ${currency}`)
    if (!(currency in currencies) && price !== undefined)
      throw invalidField(field, `must be left out: ${id} does not sell in ${currency}`)
  }
  return { priceNok, priceEur }
}
