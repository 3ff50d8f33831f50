import { Day, Id } from '@vilkar/contracts/event.ts'
import { LinePart } from '@vilkar/contracts/parts.ts'
import { AfterDay, behind } from '@vilkar/server/cursors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { awaitedOf, lateSince } from '../delay.ts'
import type { StoredOrder } from '../state.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100

const LateOrder = Type.Object(
  {
    orderId: Id,
    number: Type.String(),
    promise: Type.Union([Type.Literal('estimate'), Type.Literal('last-day')], {
      description:
        'estimate: it was expected by then. last-day: it is late by law or agreement; a business that agreed on no day is owed it within a reasonable time, which a person judges.',
    }),
    dueOn: Type.String({ ...Day, description: 'The promised day that has passed.' }),
    extraTimeUntil: Type.Optional(Type.String({ ...Day, description: 'The last day that the customer set since.' })),
    unsent: Type.Array(LinePart, { description: 'Units that have not left.' }),
    underway: Type.Array(LinePart, { description: 'Units that are on their way.' }),
  },
  { title: 'LateOrder' },
)

/** Orders of which a promised day has passed while the customer still waits: a work list. */
export function lateOrders(server: Server, { db }: Deps) {
  server.get(
    '/orders/late',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listLateOrders',
        summary: 'Orders whose delivery is late, the longest first',
        description:
          'An order is on it from when its customer was told that a promised day has passed, until all has come or nothing is waited for any more.',
        tags: ['orders'],
        querystring: Type.Object(
          {
            after: Type.Optional(AfterDay),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(LateOrder), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      const day = sql<string>`to_char(late_since, 'YYYY-MM-DD')`
      let found = db.selectFrom('orders').select(['id', 'version', 'state', 'personal', day.as('day')])
      if (after !== undefined) {
        const { at, id } = behind(after)
        found = found.where(sql<boolean>`(late_since, id) > (${at}::date, ${id}::uuid)`)
      }
      const late = found.where('late_since', 'is not', null).orderBy('late_since').orderBy('id')
      const rows = await late.limit(limit + 1).execute()
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        items: page.flatMap(itemOf),
        next: rows.length > limit ? `${last!.day}/${last!.id}` : undefined,
      }
    },
  )
}

/** What is late of an order; nothing where a row says so still and its order does not. */
function itemOf({ id, state }: StoredOrder): Static<typeof LateOrder>[] {
  const late = lateSince(state)
  if (late === undefined) return []
  const extraTimeUntil = state.additionalPeriods?.at(-1)?.until
  return [
    {
      ...{ orderId: id, number: state.placed.number, promise: late.promise, dueOn: late.lastDay.toString() },
      ...(extraTimeUntil !== undefined && { extraTimeUntil }),
      ...awaitedOf(state),
    },
  ]
}
