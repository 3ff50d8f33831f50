import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { beginReconciliation, countFindings } from '../jobs/reconcile-day.ts'

const PAGE_SIZE = 100
const MAX_PAGE_SIZE = 500
const MAX_DRIFT = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

const Day = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
  errorMessage: 'must be a day as year, month and day, such as 2026-01-15',
  description: 'A day in Europe/Oslo.',
  examples: ['2026-01-15'],
})
const Moment = Type.String({ format: 'date-time' })
const Side = Type.Object({ captured: Type.Integer(), refunded: Type.Integer(), capturable: Type.Integer() })
const Finding = Type.Object({
  orderId: Type.String(),
  number: Type.String(),
  paymentId: Type.String(),
  currency: Type.String(),
  ledger: Side,
  provider: Type.Optional(Side),
  inFlight: Type.Boolean({ description: 'A money operation had no outcome yet when it was compared.' }),
  drift: Type.Array(Type.Object({ kind: Type.String() }, { additionalProperties: true })),
})
const Report = Type.Object({
  date: Day,
  askedAt: Moment,
  finishedAt: Moment,
  counts: Type.Object({ payments: Type.Integer(), drift: Type.Integer(), inFlight: Type.Integer() }),
  drift: Type.Array(Finding, { description: `Where the books differ, at most ${MAX_DRIFT}.` }),
  payments: Type.Array(Finding, {
    description: 'A page of all that was compared, by order. After KEEP_FOR only what differs is left of it.',
  }),
  next: Type.Optional(Type.String({ description: '`after` of the next page.' })),
})

/** The daily comparison of the provider's books with the ledger: the stored report, and asking for one. For staff. */
export function reconciliation(server: Server, deps: Deps) {
  const { db, clock } = deps

  server.get(
    '/payments/reconciliation',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readReconciliation',
        summary: 'Read how a day compares with the provider’s books',
        description:
          'For every order whose money moved that day or is still open: what the provider holds against what the ledger says, and where they differ. Made once a day for the day before.',
        tags: ['payments'],
        querystring: Type.Object(
          {
            date: Day,
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Report, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ query: { date, after, limit = PAGE_SIZE } }) => {
      const day = dayOf(date)
      const run = await db
        .selectFrom('reconciliation_run')
        .select(['id', 'asked_at', 'finished_at', 'counts'])
        .where('day', '=', day)
        .where('finished_at', 'is not', null)
        .orderBy('finished_at', 'desc')
        .executeTakeFirst()
      if (run === undefined)
        throw httpError(404, 'report-unknown', `${day} has not been compared. Ask for it, or come again later.`)
      const counts = run.counts ?? (await countFindings(db, run.id))
      const findings = db.selectFrom('reconciliation_finding').select('body').where('run_id', '=', run.id)
      const drift = await findings.where('drift', '=', true).orderBy('order_id').limit(MAX_DRIFT).execute()
      const orders = db
        .selectFrom('reconciliation_finding')
        .select('order_id')
        .distinct()
        .where('run_id', '=', run.id)
        .where('order_id', '>', after ?? FIRST)
        .orderBy('order_id')
        .limit(limit)
      const page = await findings.where('order_id', 'in', orders).orderBy('order_id').orderBy('payment_id').execute()
      return {
        date: day,
        askedAt: Temporal.Instant.from(run.asked_at).toString(),
        finishedAt: Temporal.Instant.from(run.finished_at!).toString(),
        counts,
        drift: drift.map(({ body }) => body),
        payments: page.map(({ body }) => body),
        ...(page.length >= limit && { next: page.at(-1)!.body.orderId }),
      }
    },
  )

  server.post(
    '/payments/reconciliation',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'reconcileDay',
        summary: 'Have a day compared with the provider’s books',
        description: 'The provider is asked by a job; the report of the day is the newest one that is finished.',
        tags: ['payments'],
        body: Type.Object({ date: Day }, { additionalProperties: false }),
        response: { 202: Type.Null({ description: 'It is being compared.' }), ...problems(400, 401, 403) },
      },
    },
    async ({ body, caller }, reply) => {
      const day = dayOf(body.date)
      const now = clock.now()
      if (Temporal.PlainDate.compare(day, osloDay(now)) > 0)
        throw httpError(400, 'invalid-input', `${day} has not begun.`)
      await transact(deps, (trx) =>
        beginReconciliation(trx, deps, { day, askedBy: caller.subject, at: now.toString() }),
      )
      return reply.status(202).send(undefined as never)
    },
  )
}

/** The day as ISO writes it. A day that no calendar has is the caller's mistake: 400. */
function dayOf(text: string) {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    throw httpError(400, 'invalid-input', `${text} is not a day.`)
  }
}
