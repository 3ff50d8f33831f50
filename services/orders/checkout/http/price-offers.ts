import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency, MAX_AMOUNT, MAX_LINES, MAX_UNITS, Reasons, Sku } from '@vilkar/contracts/parts.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { type Static, Type } from 'typebox'
import type { Deps, Trx } from '../../deps.ts'
import { lockOrder } from '../../order/handle.ts'
import { findOrder, OrderParams, orderUnknown } from '../../order/http/read-orders.ts'
import type { StoredOrder } from '../../order/state.ts'
import { foreseeOffer, MAX_OFFER_DAYS } from '../offer-price.ts'
import { RECORDED } from '../price-offer.ts'
import { insertOffer, offersOf, readOffer, type StoredOffer } from '../price-offer-store.ts'
import { tellOffer } from '../tell-offer.ts'

const strict = { additionalProperties: false }
const UnitPrice = Type.Integer({
  ...{ minimum: 1, maximum: MAX_AMOUNT },
  description: 'Minor units, with VAT where the prices of the catalogue have it; below what it costs there today.',
})
const offered = { sku: Sku, quantity: Type.Integer({ minimum: 1, maximum: MAX_UNITS }), unitPrice: UnitPrice }
const OfferBody = Type.Object(
  {
    lines: Type.Array(Type.Object(offered, strict), { minItems: 1, maxItems: MAX_LINES }),
    currency: Currency,
    until: Type.String({
      ...Instant,
      description: `Up to when it binds the seller; at most ${MAX_OFFER_DAYS} days ahead.`,
    }),
    reason: Type.String({ ...Why, description: 'Why it is offered. Staff sees it, and not the customer.' }),
  },
  { ...strict, title: 'PriceOffer' },
)
type OfferBody = Static<typeof OfferBody>

const Sum = (description: string) => Type.Integer({ ...Amount, description })
const shown = {
  lines: Type.Array(
    Type.Object({ ...offered, cataloguePrice: Sum('What a unit costs everybody, as it was when it was offered.') }),
  ),
  currency: Currency,
  until: Instant,
  given: Sum('What is given below the prices of the catalogue, in minor units.'),
  reasons: Reasons,
}
const OfferView = Type.Object(
  {
    id: Id,
    orderId: Id,
    ...shown,
    status: Type.Union([Type.Literal('open'), Type.Literal('used'), Type.Literal('ended')]),
    usedBy: Type.Optional(Type.String({ ...Id, description: 'The order that took it.' })),
    reason: Type.String(),
    offeredAt: Instant,
    offeredBy: Type.String(),
  },
  { title: 'OfferedPrice' },
)
const ForeseenView = Type.Object(
  {
    ...shown,
    givenBefore: Sum('What earlier offers for this order give that were taken, or still can be.'),
    anybody: Sum('Up to how much anybody of the staff may give for an order in all.'),
    approvers: Sum('Up to how much who has the scope `returns:approve` may.'),
  },
  { title: 'OfferForeseen', description: 'Money in minor units of `currency`.' },
)

/** A price that is offered to the customer of an order, and to nobody else (decision 49). */
export function priceOffers(server: Server, deps: Deps) {
  offer(server, deps)
  foresee(server, deps)
  list(server, deps)
}

function offer(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/price-offers/:offerId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'offerPrice',
        summary: 'Offer a price to the customer of an order',
        description:
          'The customer may buy these goods at this price until then, once, whatever the catalogue says meanwhile; where the catalogue becomes cheaper they pay that. They are told by mail. It binds the seller (avtaleloven §§ 2 and 7) and is not taken back. Anybody of the staff may give as much below the prices of the catalogue for an order as one person may give beyond duty; above that it takes the scope `returns:approve`, and above what two may give it is nobody’s: 409 `price-offer-limit`. The program that calls chooses the id: said again alike it is the same (200).',
        tags: ['orders'],
        params: Type.Object({ ...OrderParams.properties, offerId: Id }),
        body: OfferBody,
        response: { 200: OfferView, 201: OfferView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, offerId: id }, body, caller }, reply) => {
      onlyPeople(caller)
      const wanted = wantedIn(body)
      const { made, isNew, order } = await transact(deps, async (trx) => {
        // Under the lock of the order, so that nobody gives in two offers what they may not give in one.
        const order = (await lockOrder(trx, orderId)) ?? unknown()
        const known = await readOffer(trx, id)
        if (known) return { made: same(known, orderId, wanted), isNew: false, order }
        return { ...(await make(trx, deps, order, { id, wanted, caller })), order }
      })
      return reply.status(isNew ? 201 : 200).send(viewOf(made, order, deps.clock.now()))
    },
  )
}

type Wanted = ReturnType<typeof wantedIn>
const approvesOf = ({ scopes }: Caller) => scopes.has('returns:approve')

async function make(trx: Trx, deps: Deps, order: StoredOrder, asked: { id: string; wanted: Wanted; caller: Caller }) {
  const { id, wanted, caller } = asked
  const at = deps.clock.now()
  const { lines, given, products } = await foreseeOffer(trx, order, wanted, { at, approves: approvesOf(caller) })
  const by = { offeredAt: at.toString(), offeredBy: caller.subject }
  const made: StoredOffer = { id, orderId: order.id, ...wanted, lines, given, ...by }
  // Whoever offers under the same id about another order may have been first.
  if (!(await insertOffer(trx, made)))
    return { made: same((await readOffer(trx, id))!, order.id, wanted), isNew: false }
  await tellOffer(trx, deps, order, made, products)
  return { made, isNew: true }
}

function foresee(server: Server, deps: Deps) {
  server.post(
    '/orders/:id/price-offers/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewPriceOffer',
        summary: 'See what would follow of offering a price',
        description:
          'Nothing is done: what the goods cost in the catalogue, what would be given below that, what was given for the order before, and how much who may give. Refused as it would be.',
        tags: ['orders'],
        params: OrderParams,
        body: OfferBody,
        response: { 200: ForeseenView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body, caller }) => {
      onlyPeople(caller)
      const order = await findOrder(deps, caller, id)
      const { currency, until, ...wanted } = wantedIn(body)
      const who = { at: deps.clock.now(), approves: approvesOf(caller) }
      const { lines, given, givenBefore, limits } = await foreseeOffer(
        deps.db,
        order,
        { ...wanted, currency, until },
        who,
      )
      return { lines, currency, until, given, givenBefore, ...limits, reasons: reasonsFor(order) }
    },
  )
}

function list(server: Server, deps: Deps) {
  server.get(
    '/orders/:id/price-offers',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listPriceOffers',
        summary: 'The prices that were offered to the customer of an order',
        description: 'The oldest first, with whether each was taken, and by which order.',
        tags: ['orders'],
        params: OrderParams,
        response: { 200: Type.Object({ items: Type.Array(OfferView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, caller }) => {
      const order = await findOrder(deps, caller, id)
      const now = deps.clock.now()
      return { items: (await offersOf(deps.db, id)).map((each) => viewOf(each, order, now)) }
    },
  )
}

function onlyPeople({ scopes }: Caller) {
  if (scopes.has('service')) throw httpError(403, 'person-needed', 'A person offers a price, by a token of their own.')
}

const unknown = (): never => {
  throw orderUnknown()
}

/** As it is kept: goods in the order of their SKUs, so that the same said in another order is the same. */
const wantedIn = ({ lines, currency, until, reason }: OfferBody) => ({
  lines: lines.toSorted(({ sku: one }, { sku: other }) => (one < other ? -1 : 1)),
  currency,
  until: Temporal.Instant.from(until).round('millisecond').toString(),
  reason: asKept(reason),
})

/** The offer that there is, if it is what was said again. Throws 409 if not. */
function same(known: StoredOffer, orderId: string, wanted: Wanted): StoredOffer {
  const lines = known.lines.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPrice }))
  const said = [known.orderId, known.currency, known.until, known.reason, ...lines]
  const isSame = sayOf(said) === sayOf([orderId, wanted.currency, wanted.until, wanted.reason, ...wanted.lines])
  if (!isSame) throw refusalError(RECORDED)
  return known
}
const sayOf = (parts: (string | Wanted['lines'][number])[]) =>
  JSON.stringify(parts.map((part) => (typeof part === 'string' ? part : [part.sku, part.quantity, part.unitPrice])))

const reasonsFor = ({ state: { placed } }: StoredOrder) => termsOf(placed.terms.edition).offerBinds().reasons

function viewOf(offer: StoredOffer, order: StoredOrder, now: Temporal.Instant): Static<typeof OfferView> {
  const { usedBy, until, ...rest } = offer
  const ended = Temporal.Instant.compare(now, until) >= 0
  const status = usedBy !== undefined ? 'used' : ended ? 'ended' : 'open'
  return { ...rest, until, status, ...(usedBy !== undefined && { usedBy }), reasons: reasonsFor(order) }
}
