import { createHash, randomUUIDv7 } from 'node:crypto'
import { Id } from '@vilkar/contracts/event.ts'
import { Address, Locale } from '@vilkar/contracts/parts.ts'
import { createBatcher } from '@vilkar/messaging/batcher.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, invalidField, problem, problems, refusalError } from '@vilkar/server/problems.ts'
import canonicalize from 'canonicalize'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { paymentUrlOf } from '../../money/payment-link.ts'
import { OrderView, viewOf } from '../../order/http/order-view.ts'
import { isOrganisationNumber } from '../organisation-number.ts'
import { type Placement, placeOrders } from '../place-orders.ts'

const strict = { additionalProperties: false }
const Name = Type.String({ minLength: 1, maxLength: 200 })

export const PlaceOrderBody = Type.Object(
  {
    quoteId: Id,
    acceptedTermsSha256: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: '`terms.sha256` of the quote, which the customer accepted.',
    }),
    customer: Type.Union([
      Type.Object({ kind: Type.Literal('consumer'), name: Name }, strict),
      Type.Object(
        {
          kind: Type.Literal('business'),
          name: Name,
          organisationNumber: Type.String({
            pattern: '^[0-9 ]{9,11}$',
            description: 'Norwegian, nine digits.',
            examples: ['999615147'],
          }),
        },
        strict,
      ),
    ]),
    email: Type.String({ format: 'email', maxLength: 254 }),
    shippingAddress: Address,
    billingAddress: Type.Optional(Address),
    locale: Locale,
  },
  { ...strict, title: 'PlaceOrder' },
)
type PlaceOrderBody = Static<typeof PlaceOrderBody>

const KEY = /^"?([\x21\x23-\x7e]{1,200})"?$/

/** `POST /orders`: the order is placed, its stock reserved and the payment begun; no contract yet (clause 4). */
export function placeOrder(server: Server, deps: Deps) {
  // One transaction at a time: what arrives meanwhile shares the next, and under load that is cheaper than two at once.
  const place = createBatcher({ run: placeOrders(deps), maxInFlight: 1 })
  const inFlight = new Set<string>()

  server.post(
    '/orders',
    {
      config: { access: 'orders:place' },
      schema: {
        summary: 'Place an order',
        description:
          'Turns a quote into an order. Answers as soon as the order and the payment intent are stored; send the customer to `payment.url`. Idempotent by `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same key and body get the stored answer with `Idempotent-Replayed: true`.',
        tags: ['orders'],
        headers: Type.Object({
          'idempotency-key': Type.Optional(
            Type.String({ description: 'Required. 1–200 visible ASCII characters; remembered for the caller.' }),
          ),
        }),
        body: PlaceOrderBody,
        response: { 201: OrderView, ...problems(400, 401, 403, 404, 409, 413, 422, 429, 503) },
      },
    },
    async (request, reply) => {
      const key = readKey(request.headers['idempotency-key'])
      checkOrganisationNumber(request.body)
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
        const result = await place(placementOf(deps, request.body, subject, key))
        if (result.kind === 'key-reused') {
          throw httpError(
            422,
            'idempotency-key-reused',
            'This Idempotency-Key was used for another request. Use a new key.',
          )
        }
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

function readKey(header: string | undefined) {
  if (header === undefined)
    throw httpError(
      400,
      'idempotency-key-missing',
      'Send an Idempotency-Key header, so that a repeated request cannot place a second order.',
    )
  const key = KEY.exec(header)?.[1]
  if (key === undefined)
    throw httpError(400, 'idempotency-key-invalid', 'The Idempotency-Key must have 1 to 200 visible ASCII characters.')
  return key
}

function checkOrganisationNumber({ customer }: PlaceOrderBody) {
  if (customer.kind === 'consumer' || isOrganisationNumber(customer.organisationNumber)) return
  const message = 'is not a Norwegian organisation number: its check digit is wrong'
  throw invalidField('body.customer.organisationNumber', message)
}

function placementOf({ clock, settings }: Deps, body: PlaceOrderBody, subject: string, key: string): Placement {
  const { customer, email, shippingAddress, billingAddress } = body
  const at = clock.now()
  return {
    orderId: randomUUIDv7(),
    at,
    quoteId: body.quoteId,
    acceptedSha256: body.acceptedTermsSha256,
    paymentDueAt: at.add(settings.paymentDueAfter).toString(),
    customerKind: customer.kind,
    country: shippingAddress.country,
    locale: body.locale,
    personal: {
      placedBy: subject,
      email,
      name: customer.name,
      ...(customer.kind === 'business' && { organisationNumber: customer.organisationNumber.replaceAll(' ', '') }),
      shippingAddress,
      ...(billingAddress && { billingAddress }),
    },
    idempotency: {
      subject,
      key,
      fingerprint: createHash('sha256').update(canonicalize(body)!).digest('hex'),
    },
    answer: (stored, operationId) =>
      JSON.stringify(viewOf(stored, { url: paymentUrlOf(settings.publicUrl, operationId) })),
  }
}
