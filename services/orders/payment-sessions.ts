import type { PaymentSession } from './database.ts'
import { type Deps, type Trx, transact } from './deps.ts'
import { lockOrder } from './handle.ts'
import { isOpen } from './payment-decisions.ts'

/** Whether nobody can pay by this session any more: its time is up, or the provider said so. */
export const hasEnded = ({ expiresAt }: PaymentSession, now: Temporal.Instant) =>
  expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0

/**
 * Notes that nobody can pay by this session any more, as the provider says. Another is opened when the customer comes
 * back: not before, for sessions end one after the other while nobody pays.
 */
export const noteEnd = (deps: Deps, start: { id: string; order_id: string }, session: PaymentSession) =>
  transact(deps, (trx) =>
    ofSession(trx, start, session, ({ detail }) => ({
      detail: JSON.stringify({ ...detail, session: { ...session, expiresAt: deps.clock.now().toString() } }),
    })),
  )

/**
 * Has another session opened under the same link, in place of this one, of which nothing can come any more: neither an
 * approval nor a payment of it is remembered.
 */
export async function reopen(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  start: { id: string; order_id: string },
  session: PaymentSession,
) {
  const reopened = await ofSession(trx, start, session, ({ attempt, detail: { portion } }) => ({
    status: 'planned' as const,
    attempt: attempt + 1,
    first_sent_at: null,
    detail: JSON.stringify({ portion }),
    request: null,
  }))
  if (reopened) await jobs.enqueue(trx, 'start-payment', [{ data: { operationId: start.id } }])
}

/** Changes the start while it still has this session, and its order can be paid; whether it did. */
async function ofSession(
  trx: Trx,
  { id, order_id }: { id: string; order_id: string },
  session: PaymentSession,
  change: (start: { attempt: number; detail: object & { portion?: object } }) => object,
) {
  const { state } = (await lockOrder(trx, order_id))!
  const found = await trx
    .selectFrom('payment_operation')
    .select(['detail', 'attempt', 'cause'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (found.detail.session?.id !== session.id || !isOpen(found, state)) return false
  await trx.updateTable('payment_operation').set(change(found)).where('id', '=', id).execute()
  return true
}
