import { transact } from '@vilkar/server/transact.ts'
import type { Deps, Trx } from '../deps.ts'
import { dueFor } from '../order/payment.ts'
import type { StoredOrder } from '../order/state.ts'
import { untaken } from './portions.ts'
import { isSessionPayable, type PaymentSession } from './session.ts'
import { changeSession, lockSession } from './session-store.ts'

/**
 * Notes that nobody can pay by this session any more, as the provider says. Another is opened when the customer comes
 * back: not before, for sessions end one after the other while nobody pays.
 */
export const recordEnded = (deps: Deps, { id, orderId, opened }: PaymentSession) =>
  transact(deps, async (trx) => {
    const { order, session } = await lockSession(trx, { id, orderId })
    if (!isSessionPayable(session, order.state)) return
    const data = { sessionId: opened!.id, at: deps.clock.now().toString() }
    await changeSession(trx, session, { type: 'RecordEnded', data })
  })

/**
 * Has another session opened under the same link, in place of one of which nothing can come any more, for what is to be
 * paid by now; whether it did. `dropped` is a payment that came of the old one and is worth nothing.
 */
export async function reopenSession(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  { id, orderId, opened }: PaymentSession,
  { dropped, locked }: { dropped?: string; locked?: StoredOrder } = {},
): Promise<boolean> {
  const { order, session } = await lockSession(trx, { id, orderId }, locked)
  if (!isSessionPayable(session, order.state)) return false
  const data = { sessionId: opened!.id, amount: dueFor(order.state), portion: untaken(order.state), dropped }
  const { changed } = await changeSession(trx, session, { type: 'Reopen', data })
  if (changed) await jobs.enqueue(trx, 'start-payment', [{ data: { operationId: id } }])
  return changed
}
