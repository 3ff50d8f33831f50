import { Amount, LocalizedText, Sku, Traits, VatRate } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'

const MAX_STOCK = 1_000_000
const noTraits = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }

const ProductBody = Type.Object(
  {
    name: LocalizedText,
    priceNok: Type.Integer({ ...Amount, description: 'Øre, including VAT.' }),
    priceEur: Type.Integer({ ...Amount, description: 'Cent, excluding VAT.' }),
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
      const { name, priceNok, priceEur, vatRate, stock } = body
      const traits = { ...noTraits, ...body.traits }
      const row = {
        name: JSON.stringify(name),
        price_nok: priceNok,
        price_eur: priceEur,
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
      return { sku, ...body, traits }
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
        ({ sku, name, price_nok, price_eur, vat_rate, stock, traits }): ProductView => ({
          sku,
          name,
          priceNok: price_nok,
          priceEur: price_eur,
          vatRate: vat_rate,
          stock,
          traits,
        }),
      )
      return { items, next: rows.length > limit ? items.at(-1)!.sku : undefined }
    },
  )
}
