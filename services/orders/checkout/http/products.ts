import { ProductBulky } from '@vilkar/contracts/bulky.ts'
import { OnlineManual } from '@vilkar/contracts/manual.ts'
import { Amount, Digital, LocalizedText, ProductGuarantee, Sku, Traits, VatRate } from '@vilkar/contracts/parts.ts'
import { entityTag, failsPrecondition, isUnchanged, Unchanged } from '@vilkar/server/conditional.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { isDurability } from '@vilkar/terms/rules/checkout.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { type Static, Type } from 'typebox'
import type { Deps, Trx } from '../../deps.ts'
import { openingOf } from '../../stock/changes.ts'
import { MAX_STOCK } from '../../stock/stock.ts'
import {
  type Description,
  insertProduct,
  lockProduct,
  readProduct,
  type StoredProduct,
  updateProduct,
} from '../product-store.ts'
import { SellerId, sellerAsked } from './seller-asked.ts'

const PRICED = 'Needed when the seller sells in the currency.'
const noTraits = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }

const described = {
  name: LocalizedText,
  seller: Type.Optional(SellerId),
  priceNok: Type.Optional(Type.Integer({ ...Amount, description: `Øre, including VAT. ${PRICED}` })),
  priceEur: Type.Optional(
    Type.Integer({ ...Amount, description: `Cent, excluding VAT unless the seller includes it. ${PRICED}` }),
  ),
  vatRate: VatRate,
  guarantee: Type.Optional(ProductGuarantee),
  digital: Type.Optional(Digital),
  bulky: Type.Optional(ProductBulky),
  manual: Type.Optional(
    Type.Object(OnlineManual.properties, {
      ...{ additionalProperties: false, minProperties: 1 },
      description:
        'Where its manual is read, if it is read online, per language; without one of an order’s, it is a booklet.',
    }),
  ),
}
const ProductBody = Type.Object(
  {
    ...described,
    stock: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_STOCK,
        description:
          'Units that there are at first: needed of a product that is new, and of no effect on another. Of one that exists it may be left out or said again; another number is refused (409 `stock-not-described`).',
      }),
    ),
    traits: Type.Optional(
      Type.Partial(Traits, {
        additionalProperties: false,
        description: "What changes its buyer's rights; what is not named is false.",
      }),
    ),
  },
  { additionalProperties: false, title: 'ProductInput' },
)
type ProductBody = Static<typeof ProductBody>
export const DescriptionView = Type.Object({ sku: Sku, ...described, traits: Traits }, { title: 'ProductDescription' })
const Conditions = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'Only if the product is as it was read: its ETag, or `*` if only it exists.' }),
  ),
  'if-none-match': Type.Optional(Type.String({ description: '`*`: only if there is no such product yet.' })),
})

/** The catalogue: what can be sold, at which price, and what about it changes a buyer's rights. */
export function products(server: Server, deps: Deps) {
  const { db } = deps
  const params = Type.Object({ sku: Sku })

  server.put(
    '/products/:sku',
    {
      config: { access: 'products:write' },
      schema: {
        operationId: 'putProduct',
        summary: 'Create or describe a product',
        description:
          'Replaces what is said of the product, and never how many there are: units are added and taken by `POST /products/{sku}/stock-changes`. With `If-Match` it does so only if nobody changed it meanwhile, with `If-None-Match: *` only if it is new; else 412 with what there is (RFC 9110 § 13). Without either the last one who describes it is right.',
        tags: ['products'],
        params,
        headers: Conditions,
        body: ProductBody,
        response: { 200: DescriptionView, 201: DescriptionView, ...problems(400, 401, 403, 409, 412) },
      },
    },
    async ({ params: { sku }, body, headers, caller }, reply) => {
      const product = descriptionOf(sku, body)
      const { stock } = body
      const by = { saidBy: caller.subject, at: deps.clock.now().toString() }
      const outcome = await transact(deps, async function describe(trx): Promise<Outcome> {
        const known = await lockProduct(trx, sku)
        const current = known && withoutStock(known)
        if (failsPrecondition(headers, current && tagOf(current))) return { kind: 'unexpected', current }
        if (known) return replace(trx, known, product, { stock, at: by.at })
        if (stock === undefined) throw invalidField('body.stock', 'is missing: the product is new')
        // Whoever is not the first to make it finds it made.
        return (await insertProduct(trx, product, { stock, ...by })) ? { kind: 'created' } : describe(trx)
      })
      if (outcome.kind === 'unexpected') {
        const { current } = outcome
        if (current) reply.header('etag', tagOf(current))
        const detail = current
          ? 'The product is not as it was when it was read, or exists already. Nothing was changed; `current` is what there is.'
          : 'There is no such product yet. Nothing was changed.'
        throw httpError(412, 'precondition-failed', detail, current && { current })
      }
      if (outcome.kind === 'stock')
        throw httpError(
          409,
          'stock-not-described',
          `The product exists and ${outcome.stock} units are free. Leave stock out: what it is says nothing of how many there are. Add or take units by POST /products/${sku}/stock-changes.`,
          { stock: outcome.stock },
        )
      return reply
        .status(outcome.kind === 'created' ? 201 : 200)
        .header('etag', tagOf(product))
        .send(product)
    },
  )

  server.get(
    '/products/:sku',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readProduct',
        summary: 'Read what a product is',
        description: 'With the ETag that `PUT` takes as `If-Match`. How many are free to sell is told by the list.',
        tags: ['products'],
        params,
        headers: Type.Object({ 'if-none-match': Type.Optional(Type.String()) }),
        response: { 200: DescriptionView, 304: Unchanged, ...problems(400, 404) },
      },
    },
    async ({ params: { sku }, headers }, reply) => {
      const product = await readProduct(db, sku)
      if (product === undefined) throw httpError(404, 'product-unknown', `There is no product ${sku}.`)
      const description = withoutStock(product)
      const etag = tagOf(description)
      reply.header('etag', etag)
      if (isUnchanged(headers, etag)) return reply.status(304).send(undefined as never)
      return reply.send(description)
    },
  )
}

type Outcome =
  | { kind: 'created' | 'replaced' }
  | { kind: 'unexpected'; current?: Description }
  | { kind: 'stock'; stock: number }

/** Describes a product that exists. `stock` may be said again as it was at first, so that a request sent twice is one. */
async function replace(
  trx: Trx,
  known: StoredProduct,
  product: Description,
  { stock, at }: { stock?: number; at: string },
): Promise<Outcome> {
  if (stock !== undefined && stock !== known.stock && stock !== (await openingOf(trx, known.sku)))
    return { kind: 'stock', stock: known.stock }
  await updateProduct(trx, known, product, at)
  return { kind: 'replaced' }
}

function descriptionOf(sku: string, body: ProductBody): Description {
  const seller = sellerAsked(body.seller)
  const { name, vatRate, guarantee, digital, manual, bulky } = body
  if (guarantee?.by === 'manufacturer' && guarantee.guarantor === undefined)
    throw invalidField('body.guarantee.guarantor', 'is missing: a manufacturer’s guarantee says whose it is')
  if (guarantee?.durability && !isDurability(guarantee))
    throw invalidField(
      'body.guarantee.durability',
      'must be left out: a guarantee of durability is a manufacturer’s, and of more than two years',
    )
  const traits = { ...noTraits, ...body.traits }
  const soldWith = {
    ...{ ...(guarantee && { guarantee }), ...(digital && { digital }) },
    ...{ ...(manual && { manual }), ...(bulky && { bulky }) },
  }
  return { sku, seller: seller.id, name, ...pricesOf(seller, body), vatRate, traits, ...soldWith }
}

const withoutStock = ({ stock: _, ...description }: StoredProduct): Description => description
const tagOf = (description: Description) => entityTag(description)

/** A price in each currency that the seller sells in, and in no other. */
function pricesOf({ id, currencies }: Seller, { priceNok, priceEur }: Pick<ProductBody, 'priceNok' | 'priceEur'>) {
  const prices = { NOK: ['body.priceNok', priceNok], EUR: ['body.priceEur', priceEur] } as const
  for (const [currency, [field, price]] of Object.entries(prices)) {
    if (currency in currencies && price === undefined)
      throw invalidField(field, `is missing: ${id} sells in ${currency}`)
    if (!(currency in currencies) && price !== undefined)
      throw invalidField(field, `must be left out: ${id} does not sell in ${currency}`)
  }
  return { ...(priceNok !== undefined && { priceNok }), ...(priceEur !== undefined && { priceEur }) }
}
