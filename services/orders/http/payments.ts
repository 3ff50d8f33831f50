import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { OperationDetail } from '../database.ts'
import { type Deps, transact } from '../deps.ts'
import { isOpen } from '../payment-decisions.ts'

const PaymentParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
const WAIT_MS = 5_000
const POLL_MS = 50

/** Where customers are sent to pay, and where the provider calls back. The random id in the path is the only key. */
export function payments(server: Server, deps: Deps) {
  server.get(
    '/payments/:id',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Go and pay',
        description:
          'Redirects a customer to the hosted payment page of an order, as soon as the provider has opened it.',
        tags: ['payments'],
        params: PaymentParams,
        response: {
          303: Type.Null({ description: 'The hosted payment page is at Location.' }),
          ...problems(400, 404, 409, 503),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      const deadline = performance.now() + WAIT_MS
      for (;;) {
        const { status, open, session } = await readStart(deps, id)
        if (!open) throw httpError(409, 'payment-over', `There is nothing to pay: the order is ${status}.`)
        if (session && status !== 'awaiting-payment' && hasEnded(session, deps.clock.now())) await reopen(deps, id)
        else if (session) return reply.header('cache-control', 'no-store').redirect(session.url, 303)
        if (performance.now() > deadline) {
          reply.header('retry-after', '3')
          throw httpError(
            503,
            'payment-page-not-ready',
            'The payment page is not open yet. Try again in a few seconds.',
          )
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
  )

  server.post(
    '/payments/:provider/notifications/:id',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The payment provider says that something changed',
        description: 'A hint, never believed: the truth is read from the provider by a job.',
        tags: ['payments'],
        params: Type.Object({ provider: Type.Literal(deps.provider.name), id: Type.String({ format: 'uuid' }) }),
        response: { 202: Type.Null({ description: 'Noted.' }), ...problems(400, 404) },
      },
    },
    async ({ params: { id } }, reply) => {
      const start = await deps.db
        .selectFrom('payment_operation')
        .select('order_id')
        .where('id', '=', id)
        .where('kind', '=', 'start')
        .executeTakeFirst()
      if (start === undefined) throw httpError(404, 'payment-unknown', 'There is no such payment.')
      await transact(deps, (trx) => deps.jobs.enqueue(trx, 'check-payment', [{ data: { orderId: start.order_id } }]))
      return reply.status(202).send(null)
    },
  )
}

async function readStart({ db }: Deps, id: string) {
  const row = await db
    .selectFrom('payment_operation')
    .innerJoin('orders', 'orders.id', 'payment_operation.order_id')
    .select(['payment_operation.detail', 'payment_operation.cause', 'orders.state'])
    .where('payment_operation.id', '=', id)
    .where('kind', '=', 'start')
    .executeTakeFirst()
  if (row === undefined) throw httpError(404, 'payment-unknown', 'There is no such payment.')
  return { status: row.state.status, open: isOpen(row, row.state), session: row.detail.session }
}

type Session = NonNullable<OperationDetail['session']>

const hasEnded = ({ expiresAt }: Session, now: Temporal.Instant) =>
  expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0

/** Who is asked to pay again has no deadline, but payment pages have: a link to one that ended opens another. */
const reopen = (deps: Deps, id: string) =>
  transact(deps, async (trx) => {
    const { detail, attempt, status } = await trx
      .selectFrom('payment_operation')
      .select(['detail', 'attempt', 'status'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const { session, ...rest } = detail
    if (status !== 'done' || session === undefined || !hasEnded(session, deps.clock.now())) return
    await trx
      .updateTable('payment_operation')
      .set({ status: 'planned', attempt: attempt + 1, first_sent_at: null, detail: JSON.stringify(rest) })
      .where('id', '=', id)
      .execute()
    await deps.jobs.enqueue(trx, 'start-payment', [{ data: { operationId: id } }])
  })
