import { CustomerKind, Sku } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { CountryCode } from '@vilkar/server/person.ts'
import { problems } from '@vilkar/server/problems.ts'
import { editionAt, sellerById, termsOf } from '@vilkar/terms/editions/registry.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { DurabilityLabel, durabilityLabelOf } from '../durability-label.ts'
import { LoweredPrices, loweredPrices } from '../prices.ts'
import { readProducts, readProductsOf, type StoredProduct } from '../product-store.ts'
import { type Looking, ShownPrice, shownPrice } from '../shown-price.ts'
import { DescriptionView } from './products.ts'

const ProductView = Type.Object(
  {
    ...DescriptionView.properties,
    stock: Type.Integer({ description: 'Units free to sell right now.' }),
    lowered: Type.Optional(
      Type.Object(LoweredPrices.properties, {
        description:
          'The currencies in which the price may be announced as lowered, and from what; left out where in none.',
      }),
    ),
    shown: Type.Optional(
      Type.Object(ShownPrice.properties, {
        description: 'What is to be shown as its price where `country` was named; left out where it has none there.',
      }),
    ),
    durabilityLabel: Type.Optional(DurabilityLabel),
  },
  { title: 'Product' },
)

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200

/** The catalogue as somebody reads it who buys: all of it a page at a time, or what is in a basket. */
export function listProducts(server: Server, { db, clock }: Deps) {
  server.get(
    '/products',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'listProducts',
        summary: 'List products',
        description:
          'By their SKUs, a page at a time; with `sku` those alone, such as what is in a basket. With `country` each says what is to be shown as its price to who has goods sent there: kroner in Norway, euro elsewhere, as a quote would show it; and the label of its guarantee of durability where the law there wants it.',
        tags: ['products'],
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ maxLength: 64, description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
            sku: Type.Optional(Type.Array(Sku, { minItems: 1, maxItems: MAX_PAGE_SIZE })),
            country: Type.Optional(CountryCode),
            customerKind: Type.Optional(CustomerKind),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(ProductView), next: Type.Optional(Type.String()) }),
          ...problems(400),
        },
      },
    },
    async ({ query: { after = '', limit = PAGE_SIZE, sku, country, customerKind = 'consumer' } }) => {
      const found = await (sku === undefined ? readProducts(db, after, limit + 1) : readProductsOf(db, sku))
      const shown = sku === undefined ? found.slice(0, limit) : found
      const at = clock.now()
      const lowered = await loweredPrices(db, shown, at)
      const looking = country === undefined ? undefined : { country, customerKind, at }
      const items = shown.map((product) => viewOf(product, lowered.get(product.sku)!, looking))
      return { items, next: found.length > shown.length ? items.at(-1)!.sku : undefined }
    },
  )
}

function viewOf(product: StoredProduct, lowered: LoweredPrices, looking: Looking | undefined) {
  const shown = looking && shownPrice(product, lowered, looking)
  const label = looking && labelOf(product, looking)
  return {
    ...product,
    ...(Object.keys(lowered).length > 0 && { lowered }),
    ...{ ...(shown && { shown }), ...(label && { durabilityLabel: label }) },
  }
}

/** By the edition that holds now, as long as its seller is known. */
function labelOf({ seller: sellerId, guarantee }: StoredProduct, looking: Looking) {
  const seller = sellerById(sellerId)
  return seller && durabilityLabelOf(termsOf(editionAt(looking.at, seller.id).id), guarantee, looking)
}
