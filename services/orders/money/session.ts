import type { OperationDetail, PaymentSession } from '../database.ts'
import { type Deps, type Trx, transact } from '../deps.ts'
import { lockOrder } from '../order/handle.ts'
import { dueFor, isOpen } from '../order/payment.ts'
import { untaken } from './portions.ts'

/** Whether nobody can pay by this session any more: its time is up, or the provider said so. */
export const hasEnded = ({ expiresAt }: PaymentSession, now: Temporal.Instant) =>
  expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0

type Start = { id: string; order_id: string }

/**
 * Notes that nobody can pay by this session any more, as the provider says. Another is opened when the customer comes
 * back: not before, for sessions end one after the other while nobody pays.
 */
export const noteEnd = (deps: Deps, start: Start, session: PaymentSession) =>
  transact(deps, async (trx) => {
    const { found } = await lockStart(trx, start, session)
    if (found === undefined || !isUnused(found)) return
    const ended = { ...session, expiresAt: deps.clock.now().toString() }
    await trx
      .updateTable('payment_operation')
      .set({ detail: JSON.stringify({ ...found.detail, session: ended }) })
      .where('id', '=', start.id)
      .execute()
  })

/**
 * Has another session opened under the same link, in place of one of which nothing can come any more, for what is to be
 * paid by now; whether it did. `dropped` is a payment that came of the old one and is worth nothing.
 */
export async function reopen(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  start: Start,
  session: PaymentSession,
  dropped?: string,
): Promise<boolean> {
  const { found, state } = await lockStart(trx, start, session)
  if (found === undefined || (dropped === undefined && !isUnused(found))) return false
  const { attempt, detail } = found
  const reopened: OperationDetail = {
    portion: untaken(state),
    dropped: [...(detail.dropped ?? []), ...(dropped === undefined ? [] : [dropped])],
  }
  await trx
    .updateTable('payment_operation')
    .set({
      status: 'planned',
      attempt: attempt + 1,
      amount: dueFor(state),
      first_sent_at: null,
      detail: JSON.stringify(reopened),
      request: null,
    })
    .where('id', '=', start.id)
    .execute()
  await jobs.enqueue(trx, 'start-payment', [{ data: { operationId: start.id } }])
  return true
}

/** No approval of it is in use and no payment of it is known: what ends a session leaves nothing behind. */
const isUnused = ({ detail }: { detail: OperationDetail }) =>
  detail.approvalToken === undefined && detail.paymentId === undefined

/** The start, locked, if it still has this session and its order can be paid; and that order. */
async function lockStart(trx: Trx, { id, order_id }: Start, session: PaymentSession) {
  const { state } = (await lockOrder(trx, order_id))!
  const found = await trx
    .selectFrom('payment_operation')
    .select(['detail', 'attempt', 'cause'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const still = found.detail.session?.id === session.id && isOpen(found, state)
  return { state, found: still ? found : undefined }
}
