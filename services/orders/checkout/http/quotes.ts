import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import {
  Amount,
  Country,
  Currency,
  CustomerKind,
  DeliveryPromise,
  Locale,
  MAX_LINES,
  MAX_UNITS,
  PricedDelivery,
  PricedLine,
  Reasons,
  Sku,
  TermsPin,
  Totals,
  VatView,
} from '@vilkar/contracts/parts.ts'
import { gathering } from '@vilkar/messaging/gather.ts'
import type { Server } from '@vilkar/server/http.ts'
import { CountryCode } from '@vilkar/server/person.ts'
import { httpError, invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { editionAt, sellers, termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { type Insertable, type Kysely, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import type { Quote } from '../../order/quote.ts'
import { Buyer, kindOf } from '../buyer.ts'
import { whyNotPayable } from '../payable.ts'
import { offerFor } from '../price-offer-store.ts'
import { type CatalogueItem, priceIn, priceQuote } from '../quote.ts'
import { SellerId, sellerAsked } from './seller-asked.ts'

const deliveryOptions = [...new Set(sellers().flatMap((seller) => seller.deliveryOptions.map(({ id }) => id)))]

const QuoteBody = Type.Object(
  {
    seller: Type.Optional(SellerId),
    lines: Type.Array(
      Type.Object(
        { sku: Sku, quantity: Type.Integer({ minimum: 1, maximum: MAX_UNITS }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MAX_LINES },
    ),
    currency: Currency,
    customerKind: CustomerKind,
    buyer: Type.Optional(Buyer),
    country: CountryCode,
    postalCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 20,
        description:
          'Of the shipping address, as soon as it is known. Goods to Svalbard and Jan Mayen bear no VAT, and only their postal codes tell them from the rest of Norway; an order to there needs a quote that was asked for with it. It is not kept.',
        examples: ['0155'],
      }),
    ),
    deliveryOption: Type.Optional(Type.String({ maxLength: 64, examples: deliveryOptions })),
    deliverBy: Type.Optional(
      Type.String({
        ...Day,
        description:
          'The last day of delivery that the customer wants to agree on; later than that is late (forbrukerkjøpsloven § 6). 409 `delivery-day-impossible` where goods are not expected by then.',
      }),
    ),
    locale: Type.Optional(Locale),
    priceOffer: Type.Optional(
      Type.String({
        ...Id,
        description:
          'An offer to this one customer (`PUT /orders/{id}/price-offers/{offerId}`): its goods cost what was offered, or less where the catalogue is cheaper, and the quote is good no longer than it. Placing takes it once, for the e-mail address that it was sent to.',
      }),
    ),
    earlyCapture: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'The checkout says that payment is taken when the contract is formed, before shipment (clause 6.2). It is kept with the order, and without it nothing is taken early.',
      }),
    ),
  },
  { additionalProperties: false, title: 'QuoteRequest' },
)

const Shown = Type.Object(
  { unitPrice: Amount, total: Amount },
  { description: 'As clause 5 wants it shown to this customer.' },
)
export const QuoteView = Type.Object(
  {
    id: Id,
    seller: Type.String({ description: 'Who sells.' }),
    expiresAt: Instant,
    priceOffer: Type.Optional(
      Type.Object({ id: Id, until: Instant }, { description: 'The offer that lines are priced by.' }),
    ),
    currency: Currency,
    customerKind: CustomerKind,
    customerKindReasons: Type.Optional({ ...Reasons, description: 'Why, by what was told of the buyer.' }),
    country: Country,
    locale: Locale,
    terms: TermsPin,
    lines: Type.Array(
      Type.Object({
        ...PricedLine.properties,
        shown: Shown,
        withoutOffer: Type.Optional(
          Type.Integer({
            ...Amount,
            description:
              'Of a line that is priced by an offer: what a unit costs everybody else now, as `shown.unitPrice` is shown. It announces no lowered price (prisopplysningsforskriften § 9 a).',
          }),
        ),
        available: Type.Integer({ description: 'Units free to sell right now; a quote reserves nothing.' }),
      }),
    ),
    delivery: PricedDelivery,
    deliveryOptions: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), price: Amount, shown: Amount })),
    totals: Totals,
    vat: Type.Object({ ...VatView.properties, reasons: Reasons }),
    priceDisplay: Type.Object({
      show: Type.Union([Type.Literal('incl'), Type.Literal('excl')], {
        description: 'Whether `shown` prices include VAT.',
      }),
      label: Type.String({ description: 'What to write beside the prices.' }),
      alsoShowTotalIncl: Type.Boolean(),
      reasons: Reasons,
    }),
    deliveryPromise: DeliveryPromise,
    capture: Type.Object({
      timing: Type.Union([Type.Literal('at-shipment'), Type.Literal('early')]),
      reasons: Reasons,
    }),
  },
  { title: 'Quote' },
)

/** `POST /quotes`: everything that a customer must be told before paying (clauses 5 and 6), good for a while. */
export function quotes(server: Server, { db, clock, settings, providers }: Deps) {
  server.post(
    '/quotes',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'quoteCart',
        summary: 'Price a cart',
        description:
          'Prices lines and delivery, shows them as clause 5 demands, says when payment is taken, and pins the edition of the terms. Reserves nothing. What nobody could be paid for (the country, currency or amount that the payment provider does not take) is refused as `payment-impossible`, and what is more than an order may keep unpaid as `reservation-limit`. Good for the caller who asked for it.',
        tags: ['orders'],
        body: QuoteBody,
        response: { 201: QuoteView, ...problems(400, 401, 403, 409) },
      },
    },
    async ({ body, caller }, reply) => {
      const skus = [...new Set(body.lines.map(({ sku }) => sku))]
      if (skus.length < body.lines.length)
        throw invalidField('body.lines', 'names a SKU more than once; add its quantities up')
      const found = await readItems(db, skus)
      const seller = sellerAsked(body.seller)
      const catalogue = new Map(found.filter((item) => isOf(seller, item)).map((item) => [item.sku, item]))
      check(body, seller, catalogue)

      const now = clock.now()
      const edition = editionAt(now, seller.id)
      const terms = termsOf(edition.id)
      const { buyer, priceOffer, ...asked } = body
      const offer = priceOffer === undefined ? undefined : await offerFor(db, priceOffer, { ...body, seller, at: now })
      const kind = buyer && kindOf(terms, buyer, body.customerKind)
      if (kind?.refusal) throw refusalError(kind.refusal)
      const request = { ...asked, locale: body.locale ?? ('nb' as const), customerKindReasons: kind?.reasons }
      const quote = priceQuote({
        ...{ request, catalogue, seller, edition, terms, offer },
        id: uuidv7(),
        at: now,
        expiresAt: now.add(settings.quoteValidFor),
      })
      checkDeliveryDay(quote)
      const units = body.lines.reduce((sum, { quantity }) => sum + quantity, 0)
      if (units > settings.unpaidUnitsMax)
        throw httpError(
          409,
          'reservation-limit',
          `The cart has ${units} units, and an order may keep at most ${settings.unpaidUnitsMax} before it is paid. Order them in parts.`,
        )
      const unpayable = whyNotPayable(providers, seller.id, quote)
      if (unpayable !== null) throw httpError(409, 'payment-impossible', unpayable)
      const row = { id: quote.id, body: JSON.stringify(quote), expires_at: quote.expiresAt, asked_by: caller.subject }
      await insert(db, { ...row, order_id: null })
      return reply.status(201).send(quote as never)
    },
  )
}

/** Nobody is promised a day on which goods are not expected yet, or one that is years away. */
function checkDeliveryDay({ deliverBy, deliveryPromise }: Quote) {
  if (deliverBy === undefined) return
  const { from } = deliveryPromise!
  if (deliverBy < from)
    throw httpError(
      409,
      'delivery-day-impossible',
      `Delivery by ${deliverBy} cannot be promised: the goods are expected from ${from} on.`,
    )
  if (deliverBy > Temporal.PlainDate.from(from).add({ days: MAX_DAYS_AHEAD }).toString())
    throw invalidField('body.deliverBy', `must be within ${MAX_DAYS_AHEAD} days from ${from}`)
}
const MAX_DAYS_AHEAD = 365
/** Of each cart what the catalogue has of it. */
const readItems = gathering(async (db: Kysely<Database>, carts: string[][]) => {
  const rows = await db
    .selectFrom('product')
    .select(['sku', 'seller', 'name', 'price_nok', 'price_eur', 'vat_rate', 'stock'])
    .select(['traits', 'guarantee', 'digital', 'manual', 'bulky'])
    .where('sku', '=', sql<string>`any(${[...new Set(carts.flat())]}::text[])`)
    .execute()
  const bySku = new Map(rows.map((row) => [row.sku, row]))
  return carts.map((skus) => skus.flatMap((sku) => bySku.get(sku) ?? []))
})

const insert = gathering(async (db: Kysely<Database>, rows: Insertable<Database['quote']>[]) => {
  await db.insertInto('quote').values(rows).execute()
  return []
})

/** What was stored when the shop had one seller names none and is that seller's. */
const isOf = ({ id }: Seller, item: { seller: string | null }) => (item.seller ?? sellers()[0]!.id) === id

/** Only what the seller sells, in a currency and to a country of theirs, by a way of delivery that they offer. */
function check(
  { lines, currency, country, deliveryOption }: Static<typeof QuoteBody>,
  { currencies, markets, deliveryOptions: offered }: Seller,
  catalogue: ReadonlyMap<string, CatalogueItem>,
) {
  if (!(currency in currencies)) throw invalidField('body.currency', `must be ${Object.keys(currencies).join(' or ')}`)
  if (markets !== undefined && !markets.includes(country))
    throw invalidField('body.country', `must be ${markets.join(' or ')}`)
  if (deliveryOption !== undefined && !offered.some(({ id }) => id === deliveryOption))
    throw invalidField('body.deliveryOption', `must be ${offered.map(({ id }) => id).join(' or ')}`)
  const skus = lines.map(({ sku }) => sku)
  const missing = skus.filter((sku) => !catalogue.has(sku))
  if (missing.length > 0)
    throw invalidField('body.lines', `names a SKU that is not in the catalogue: ${missing.join(', ')}`)
  const unpriced = skus.filter((sku) => priceIn(currency, catalogue.get(sku)!) === null)
  if (unpriced.length > 0)
    throw invalidField('body.lines', `names a SKU without a price in ${currency}: ${unpriced.join(', ')}`)
}
