import { Day } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { openByDay, type PaidAfter, refundDays } from '../series.ts'
import { Kind } from './case-item.ts'

const DAYS = 90
const MAX_DAYS = 366
const Span = Type.Object(
  { days: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_DAYS, default: DAYS, description: 'Up to today.' })) },
  { additionalProperties: false },
)
const spanOf = { from: Type.String({ ...Day, description: 'The first day.' }), to: Type.String({ ...Day }) }

const RefundDays = Type.Object(
  {
    ...spanOf,
    paid: Type.Integer({ description: 'Refunds that were paid on those days.' }),
    late: Type.Integer({ description: 'Of these, after their last day.' }),
    daysP50: Type.Optional(Type.Integer({ description: 'Half of them were paid within so many days.' })),
    daysP95: Type.Optional(Type.Integer({ description: 'Of a hundred, 95 were paid within so many days.' })),
    items: Type.Array(Type.Object({ days: Type.Integer(), paid: Type.Integer(), late: Type.Integer() }), {
      description: 'By how many days lay between the decision and the payment, the fewest first.',
    }),
  },
  { title: 'RefundDays' },
)
const OpenCases = Type.Object(
  {
    ...spanOf,
    items: Type.Array(
      Type.Object({
        kind: Kind,
        days: Type.Array(Type.Object({ day: Day, open: Type.Integer() }), {
          description: 'Every day of the span; how many were open at its end, or are now.',
        }),
      }),
    ),
  },
  { title: 'OpenCases' },
)

/** How cases fared over the last days, for people to see in a picture. */
export function series(server: Server, { db, clock }: Deps) {
  const since = (days: number) => {
    const to = osloDay(clock.now())
    return { from: to.subtract({ days: days - 1 }).toString(), to: to.toString() }
  }
  server.get(
    '/returns/refund-days',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readRefundDays',
        summary: 'How many days pass from when a refund is decided to when it is paid',
        description: 'By days in Norway, of refunds of every kind of case that were paid in the last days.',
        tags: ['cases'],
        querystring: Span,
        response: { 200: RefundDays, ...problems(400, 401, 403) },
      },
    },
    async ({ query: { days = DAYS } }) => {
      const span = since(days)
      const items = await refundDays(db, span.from)
      const sum = (of: 'paid' | 'late') => items.reduce((all, each) => all + each[of], 0)
      return {
        ...{ ...span, paid: sum('paid'), late: sum('late') },
        ...{ daysP50: withinDays(items, 0.5), daysP95: withinDays(items, 0.95), items },
      }
    },
  )

  server.get(
    '/returns/open-by-day',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readOpenCases',
        summary: 'How many cases were open on each of the last days, by kind',
        tags: ['cases'],
        querystring: Span,
        response: { 200: OpenCases, ...problems(400, 401, 403) },
      },
    },
    async ({ query: { days = DAYS } }) => {
      const span = since(days)
      const byKind = Map.groupBy(await openByDay(db, span), ({ kind }) => kind)
      const items = [...byKind].map(([kind, on]) => ({ kind, days: on.map(({ day, open }) => ({ day, open })) }))
      return { ...span, items }
    },
  )
}

/** Within how many days this share of them was paid; undefined of none. */
function withinDays(items: readonly PaidAfter[], share: number) {
  const all = items.reduce((sum, { paid }) => sum + paid, 0)
  let counted = 0
  return items.find(({ paid }) => {
    counted += paid
    return counted >= all * share
  })?.days
}
