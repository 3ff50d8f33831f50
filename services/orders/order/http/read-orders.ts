import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { type Caller, maySee } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { asciiEmail } from '@vilkar/server/person-text.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { orderById } from '../handle.ts'
import type { StoredOrder } from '../state.ts'
import { foundBy } from './found-by.ts'
import { OrderView, viewOf } from './order-view.ts'

const PAGE_SIZE = 20
const MAX_PAGE_SIZE = 100
/** No series of documents comes so far. */
const MOST_NUMBER = Number.MAX_SAFE_INTEGER
export const OrderParams = Type.Object({ id: Id })

const HistoryEntry = Type.Object({
  type: Type.String(),
  at: Type.String(),
  version: Type.Optional(Type.Integer({ description: 'Number of the event; a refusal changes nothing and has none.' })),
  reasons: Type.Optional(Reasons),
  data: Type.Object({}, { additionalProperties: true }),
})

/** The doors that only read: one order, pages of orders, and what happened to one with the rulings behind it. */
export function readOrders(server: Server, deps: Deps) {
  const { db, settings } = deps

  server.get(
    '/orders/:id',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'readOrder',
        summary: 'Read an order',
        tags: ['orders'],
        params: OrderParams,
        response: { 200: OrderView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params, caller }) => {
      const stored = await findOrder(deps, caller, params.id)
      return viewOf(stored, await deps.findPaymentPage(deps, stored))
    },
  )

  server.get(
    '/orders',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'findOrders',
        summary: 'Find orders, newest first',
        tags: ['orders'],
        querystring: Type.Object(
          {
            number: Type.Optional(Type.String({ maxLength: 40 })),
            email: Type.Optional(Type.String({ maxLength: 254 })),
            name: Type.Optional(
              Type.String({ maxLength: 200, description: 'The customer’s whole name, in small letters or large.' }),
            ),
            recipient: Type.Optional(
              Type.String({ maxLength: 200, description: 'The whole name that goods are sent to, such as of a gift.' }),
            ),
            address: Type.Optional(
              Type.String({
                maxLength: 200,
                description:
                  'Where goods go: a street from its beginning, a postal code, a city, a postal code with its city, or a street and those behind a comma.',
              }),
            ),
            phone: Type.Optional(
              Type.String({
                maxLength: 40,
                description: 'A telephone number of the delivery; its last eight digits count.',
              }),
            ),
            organisationNumber: Type.Optional(Type.String({ maxLength: 40, description: 'Of a business that buys.' })),
            document: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: MOST_NUMBER,
                description: 'The number of an invoice or credit note.',
              }),
            ),
            payment: Type.Optional(
              Type.String({ maxLength: 200, description: 'The payment provider’s name of a payment.' }),
            ),
            status: Type.Optional(OrderView.properties.status),
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(OrderView), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({
      query: { number, email, organisationNumber, status, after, limit = PAGE_SIZE, document, payment, ...sought },
      caller,
    }) => {
      let found = db
        .selectFrom('orders')
        .select(['id', 'version', 'state', 'personal'])
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (!caller.scopes.has('staff')) found = found.where(sql`personal ->> 'placedBy'`, '=', caller.subject)
      if (number !== undefined) found = found.where('number', '=', number)
      if (email !== undefined)
        found = found.where(sql`lower(personal ->> 'email')`, '=', (asciiEmail(email) ?? email).toLowerCase())
      for (const condition of foundBy(sought)) found = found.where(condition)
      if (organisationNumber !== undefined)
        found = found.where(sql`personal ->> 'organisationNumber'`, '=', organisationNumber)
      if (document !== undefined)
        found = found.where('id', 'in', (eb) =>
          eb.selectFrom('sales_document').select('order_id').where('sales_document.number', '=', document),
        )
      if (payment !== undefined)
        found = found.where('id', 'in', (eb) =>
          eb.selectFrom('payment_account').select('order_id').where('payment_account.payment_id', '=', payment),
        )
      if (status !== undefined) found = found.where('status', '=', status)
      if (after !== undefined) found = found.where('id', '<', after)
      const rows: StoredOrder[] = await found.execute()
      const page = rows.slice(0, limit)
      return { items: page.map((stored) => viewOf(stored)), next: rows.length > limit ? page.at(-1)!.id : undefined }
    },
  )

  server.get(
    '/orders/:id/history',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'readOrderHistory',
        summary: 'What happened to an order, and why',
        description:
          'Its events in order, each with the rulings behind it, and every request about it that was refused.',
        tags: ['orders'],
        params: OrderParams,
        response: { 200: Type.Object({ items: Type.Array(HistoryEntry) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params, caller }) => {
      const { id } = await findOrder({ db, settings }, caller, params.id)
      const [events, refusals] = await Promise.all([
        readHistory(db, id),
        db
          .selectFrom('refusal')
          .select(['command', 'code', 'detail', 'reasons', 'refused_at'])
          .where('aggregate_id', '=', id)
          .orderBy('id')
          .execute(),
      ])
      const told = events.map(({ type, time, aggregateversion, data: { reasons, ...data } }) => ({
        type,
        at: time,
        version: aggregateversion,
        reasons: reasons as Reasons | undefined,
        data: caller.scopes.has('staff') ? data : withoutStaff(type, data),
      }))
      const refused = refusals.map(({ command, code, detail, reasons, refused_at }) => ({
        type: `${command} refused`,
        at: Temporal.Instant.from(refused_at).toString(),
        reasons,
        data: { code, detail },
      }))
      return { items: [...told, ...refused].sort((a, b) => Temporal.Instant.compare(a.at, b.at)) }
    },
  )
}

/** What the seller's people said to each other is not the customer's; what came of it is told. */
const withoutStaff = (type: string, { personal, ...data }: Record<string, unknown>) =>
  OF_STAFF.has(type) ? data : { ...data, ...(personal !== undefined && { personal }) }
const OF_STAFF = new Set(['CancellationProposed', 'CancellationProposalEnded'])

/** The order, if the caller may see it; for anybody else it does not exist. */
export async function findOrder(
  { db }: Pick<Deps, 'db' | 'settings'>,
  caller: Caller,
  id: string,
): Promise<StoredOrder> {
  const stored = await orderById(db, id)
  if (stored === undefined || !maySee(caller, stored.personal.placedBy)) throw orderUnknown()
  return stored
}

export const orderUnknown = () => httpError(404, 'order-unknown', 'There is no such order.')
