import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { PaymentProvider, Session } from '@vilkar/payments/port.ts'
import { sql } from 'kysely'
import { type Deps, transact } from '../deps.ts'
import { lockOrder } from '../order/handle.ts'
import { isOpen } from '../order/payment.ts'
import type { Operation } from './outcome.ts'

/** What came of an approval: a payment, a customer who must approve anew, or one whom the provider will not have. */
export type Approved = { kind: 'placed'; paymentId: string } | { kind: 'anew' } | { kind: 'turned-down' }

/**
 * Places the order that a customer approved, where the provider leaves that to us. The approval is stored before it is
 * used, and until its outcome is known no other one is: however many are told, at once or again, one order is placed.
 * `seen` is the session as it was read just before.
 * Throws while the outcome is open; then the same bytes are sent under the same approval.
 */
export async function placeApproved(
  deps: Deps,
  provider: PaymentProvider,
  start: Operation,
  approvalToken: string,
  seen: Session,
): Promise<Approved> {
  const claimed = await claim(deps, start, approvalToken)
  if (claimed === undefined) return { kind: 'anew' }
  const { id: intentId, amount, attempt, request } = start
  const result = await provider.authorise({
    intent: {
      intentId,
      attempt,
      idempotencyKey: idempotencyKey({ op: 'authorise', intentId, amount, attempt }),
      firstSentAt: null,
      // A session that says that it placed no order says that no earlier try did: then every refusal can be believed.
      earlierUnknown: claimed.usedBefore && (seen.state === 'completed' || seen.placed !== false),
    },
    approvalToken: claimed.approvalToken,
    request: request!,
  })
  if (result.kind === 'ok') return { kind: 'placed', paymentId: result.value.paymentId }
  if (result.kind === 'pending' && result.paymentId !== undefined)
    return { kind: 'placed', paymentId: result.paymentId }
  // Of an order that is placed already, under a name that we did not hear, the provider tells by its notification.
  if (result.kind !== 'declined' || result.reason === 'already_paid')
    throw new Error(`The approved order is not placed yet: ${result.kind}`, { cause: result })
  deps.log.warn({ orderId: start.order_id, result }, 'an approved order was not placed')
  await forget(deps, start.id, claimed.approvalToken)
  const final = result.reason === 'risk_rejected' || result.reason === 'invalid_request'
  return { kind: final ? 'turned-down' : 'anew' }
}

/** The approval to go on with: the one in use, or else this one from now on. Undefined when there is nothing to pay any more. */
const claim = (deps: Deps, { id, order_id }: Operation, approvalToken: string) =>
  transact(deps, async (trx) => {
    const { state } = (await lockOrder(trx, order_id))!
    const { detail, cause } = await trx
      .selectFrom('payment_operation')
      .select(['detail', 'cause'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (detail.approvalToken !== undefined) return { approvalToken: detail.approvalToken, usedBefore: true }
    // Placed already, perhaps still under review: another approval would be another order.
    if (detail.paymentId !== undefined || !isOpen({ cause }, state)) return undefined
    await trx
      .updateTable('payment_operation')
      .set({ detail: JSON.stringify({ ...detail, approvalToken }) })
      .where('id', '=', id)
      .execute()
    return { approvalToken, usedBefore: false }
  })

/** A refused approval makes room for the next. */
const forget = ({ db }: Deps, id: string, approvalToken: string) =>
  sql`update payment_operation set detail = detail - 'approvalToken'
    where id = ${id} and detail ->> 'approvalToken' = ${approvalToken}`.execute(db)
