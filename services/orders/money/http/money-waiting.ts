import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency } from '@vilkar/contracts/parts.ts'
import { AfterMoment, behind } from '@vilkar/server/cursors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { endingAuthorisations, uncapturedShipments } from '../waiting.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100
const Page = Type.Object(
  {
    after: Type.Optional(AfterMoment),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
  },
  { additionalProperties: false },
)

const UncapturedShipment = Type.Object(
  {
    operationId: Type.String({ ...Id, description: 'The capture that waits.' }),
    orderId: Id,
    number: Type.String({ description: 'Of the order.' }),
    shipmentId: Id,
    amount: Amount,
    currency: Currency,
    status: Type.String({ description: 'How far the capture has come, as `MoneyOperation` has it.' }),
    dispatchedAt: Instant,
    dueAt: Type.String({ ...Instant, description: 'From then on a person is called (`SHIPPED_NOT_CAPTURED_AFTER`).' }),
  },
  { title: 'UncapturedShipment' },
)

const EndingAuthorisation = Type.Object(
  {
    orderId: Id,
    number: Type.String({ description: 'Of the order.' }),
    provider: Type.String(),
    paymentId: Type.String({ description: "The provider's name of the authorisation." }),
    left: Type.Integer({ minimum: 1, description: 'What is still to be taken of it.' }),
    currency: Currency,
    expiresAt: Type.String({ ...Instant, description: 'The last moment of a capture; it may be over.' }),
  },
  { title: 'EndingAuthorisation' },
)

/** Money that may be lost while nobody looks: goods that left unpaid, and authorisations that end. Work lists. */
export function moneyWaiting(server: Server, deps: Deps) {
  uncaptured(server, deps)
  ending(server, deps)
}

function uncaptured(server: Server, { db, settings }: Deps) {
  server.get(
    '/payments/uncaptured',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listUncaptured',
        summary: 'What was shipped and is not captured',
        description:
          'Shipments that left and whose capture is not done nor claimed of the customer, what left the longest ago first; most are there for a moment only.',
        tags: ['payments'],
        querystring: Page,
        response: {
          200: Type.Object({ items: Type.Array(UncapturedShipment), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      const rows = await uncapturedShipments(db, behind(after), limit + 1)
      const page = rows.slice(0, limit).map(({ id, order_id, number, purpose_id, amount, ...row }) => {
        const dispatchedAt = Temporal.Instant.from(row.dispatched_at)
        return {
          ...{ operationId: id, orderId: order_id, number, shipmentId: purpose_id, amount: Number(amount) },
          ...{ currency: row.currency, status: row.status, dispatchedAt: dispatchedAt.toString() },
          dueAt: dispatchedAt.add(settings.captureAlarmAfter).toString(),
        }
      })
      const last = page.at(-1)
      return { items: page, next: rows.length > limit ? `${last!.dispatchedAt}/${last!.operationId}` : undefined }
    },
  )
}

function ending(server: Server, { db, clock, settings }: Deps) {
  server.get(
    '/payments/authorisations/ending',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listEndingAuthorisations',
        summary: 'Authorisations that end soon or have ended with money still to be taken',
        description:
          'Of orders that are neither cancelled nor still to be paid, the soonest first: those that end within `AUTHORISATION_EXTEND_BEFORE`. The provider is asked to extend each once; what it did not extend is here still.',
        tags: ['payments'],
        querystring: Page,
        response: {
          200: Type.Object({ items: Type.Array(EndingAuthorisation), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      const before = clock.now().toZonedDateTimeISO('UTC').add(settings.authorisationExtendBefore).toInstant()
      const rows = await endingAuthorisations(db, { before: before.toString(), after: behind(after) }, limit + 1)
      const page = rows
        .slice(0, limit)
        .map(({ order_id, number, provider, payment_id, left, currency, expires_at }) => ({
          ...{ orderId: order_id, number, provider, paymentId: payment_id, left: Number(left), currency },
          expiresAt: Temporal.Instant.from(expires_at).toString(),
        }))
      const last = page.at(-1)
      return { items: page, next: rows.length > limit ? `${last!.expiresAt}/${last!.orderId}` : undefined }
    },
  )
}
