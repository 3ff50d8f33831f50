import { createHash } from 'node:crypto'
import { Id } from '@vilkar/contracts/event.ts'
import { Locale, Sha256 } from '@vilkar/contracts/parts.ts'
import { createBatcher } from '@vilkar/messaging/batcher.ts'
import type { Progress } from '@vilkar/messaging/progress.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { IdempotencyKey, keyReused, readIdempotencyKey } from '@vilkar/server/idempotency-key.ts'
import { Email, Name } from '@vilkar/server/person.ts'
import { asciiEmail, asKept } from '@vilkar/server/person-text.ts'
import { httpError, invalidField, problem, problems, refusalError } from '@vilkar/server/problems.ts'
import { traceparent } from '@vilkar/tracing/tracing.ts'
import canonicalize from 'canonicalize'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { paymentUrlOf } from '../../money/payment-link.ts'
import { OrderView, viewOf } from '../../order/http/order-view.ts'
import { type Placement, placeOrders } from '../place-orders.ts'
import { AddressInput, addressOf, countryName } from './address.ts'

const strict = { additionalProperties: false }

export const PlaceOrderBody = Type.Object(
  {
    quoteId: Id,
    acceptedTermsSha256: Type.String({
      ...Sha256,
      description: '`terms.sha256` of the quote, which the customer accepted.',
    }),
    customer: Type.Union([
      Type.Object({ kind: Type.Literal('consumer'), name: Name }, strict),
      Type.Object(
        {
          kind: Type.Literal('business'),
          name: Name,
          organisationNumber: Type.String({
            maxLength: 30,
            description:
              'Of the register of the country of the billing address, else of the shipping address, or a VAT id that begins with its country.',
            examples: ['999615147', 'NO 999 615 147 MVA', 'DE 136695976'],
          }),
        },
        strict,
      ),
    ]),
    email: Email,
    shippingAddress: AddressInput,
    billingAddress: Type.Optional(AddressInput),
    marketingOptOut: Type.Optional(
      Type.Literal(true, {
        description:
          'The customer was shown, where they gave the address, an easy and free way to say no to mails about similar goods. Only then such mails may be sent without a consent (markedsføringsloven § 15).',
      }),
    ),
    locale: Locale,
  },
  { ...strict, title: 'PlaceOrder' },
)
type PlaceOrderBody = Static<typeof PlaceOrderBody>

/** `POST /orders`: the order is placed, its stock reserved and the payment begun; no contract yet (clause 4). */
export function placeOrder(server: Server, { progress, ...deps }: Deps & { progress?: Progress }) {
  // One transaction at a time: what arrives meanwhile shares the next, and under load that is cheaper than two at once.
  const place = createBatcher({ run: placeOrders(deps), maxInFlight: 1, progress, name: 'place orders' })
  const inFlight = new Set<string>()

  server.post(
    '/orders',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'placeOrder',
        summary: 'Place an order',
        description:
          'Turns a quote into an order. Answers as soon as the order and the payment intent are stored; send the customer to `payment.url`. Idempotent by `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same key and body get the stored answer with `Idempotent-Replayed: true`. Its units are kept until `payment.reservedUntil`; it can be paid after that too, and then gets what is still there. Unpaid orders of one customer (the address for mails, and the subject of a token without the scope `service`) keep only so much: 409 `reservation-limit`.',
        tags: ['orders'],
        headers: IdempotencyKey,
        body: PlaceOrderBody,
        response: { 201: OrderView, ...problems(400, 401, 403, 404, 409, 413, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const key = readIdempotencyKey(request.headers)
      const personal = await personalOf(request.body)
      const { subject } = request.caller
      const slot = `${subject}\n${key}`
      if (inFlight.has(slot)) {
        reply.header('retry-after', '1')
        throw httpError(
          409,
          'request-in-flight',
          'A request with this Idempotency-Key is being worked on. Ask again in a second.',
        )
      }
      inFlight.add(slot)
      try {
        const result = await place(placementOf(deps, request.body, personal, request.caller, key))
        if (result.kind === 'key-reused') throw keyReused()
        if (result.kind === 'refused') throw refusalError(result.refusal)
        if (result.replayed) reply.header('idempotent-replayed', 'true')
        const { id } = JSON.parse(result.body) as { id: string }
        return reply
          .status(201)
          .header('location', `/orders/${id}`)
          .type('application/json; charset=utf-8')
          .serializer((body: unknown) => body as string)
          .send(result.body as never)
      } catch (error) {
        if ((error as Error).cause !== 'overloaded') throw error
        reply.header('retry-after', '1')
        throw Object.assign(new Error('Overloaded'), {
          statusCode: 503,
          problem: problem(
            503,
            'overloaded',
            'Too many orders at once. Nothing was changed; try again in a second with the same key.',
          ),
        })
      } finally {
        inFlight.delete(slot)
      }
    },
  )
}

/** The registers of the world's businesses are loaded for the first that buys. */
async function numberOf(text: string, country: string) {
  const { organisationNumber } = await import('../organisation-number.ts')
  return organisationNumber(text, country)
}

/** Who buys, as it is kept. Throws 400 for what the register, the post or the mail of the country would not know. */
async function personalOf({ customer, email, shippingAddress, billingAddress }: PlaceOrderBody) {
  const shipping = addressOf('body.shippingAddress', shippingAddress)
  const billing = billingAddress && addressOf('body.billingAddress', billingAddress)
  const { country } = billing ?? shipping
  const number = customer.kind === 'business' ? await numberOf(customer.organisationNumber, country) : undefined
  if (number === null) {
    const message = `is not an organisation number or VAT id of ${countryName(country)}; one of another country begins with it, such as NO 999 615 147 MVA`
    throw invalidField('body.customer.organisationNumber', message)
  }
  return {
    email: asciiEmail(email)!,
    name: asKept(customer.name),
    ...(number !== undefined && { organisationNumber: number }),
    shippingAddress: shipping,
    ...(billing && { billingAddress: billing }),
  }
}

function placementOf(
  { clock, settings }: Deps,
  body: PlaceOrderBody,
  personal: Awaited<ReturnType<typeof personalOf>>,
  { subject, scopes }: Caller,
  key: string,
): Placement {
  const { customer, shippingAddress } = body
  const at = clock.now()
  return {
    orderId: uuidv7(),
    at,
    trace: traceparent(),
    quoteId: body.quoteId,
    acceptedSha256: body.acceptedTermsSha256,
    paymentDueAt: at.add(settings.paymentDueAfter).toString(),
    reservedUntil: at.add(settings.reserveUnpaidFor).toString(),
    // A program that speaks for many is no customer: then only the address says who orders (decision 20).
    ...(!scopes.has('service') && !scopes.has('staff') && { customer: subject }),
    customerKind: customer.kind,
    country: shippingAddress.country,
    locale: body.locale,
    ...(body.marketingOptOut && { marketingOptOut: true }),
    personal: { placedBy: subject, ...personal },
    idempotency: {
      subject,
      key,
      fingerprint: createHash('sha256').update(canonicalize(body)!).digest('hex'),
    },
    answer: (stored, operationId) =>
      JSON.stringify(viewOf(stored, { url: paymentUrlOf(settings.publicUrl, operationId) })),
  }
}
