import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { PaymentProvider, Session } from '@vilkar/payments/port.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../deps.ts'
import { isSessionPayable, type PaymentSession } from './session.ts'
import { changeSession, lockSession } from './session-store.ts'

/** What came of an approval: a payment, a customer who must approve anew, or one whom the provider will not have. */
export type Approved = { kind: 'placed'; paymentId: string } | { kind: 'needs-new-approval' } | { kind: 'turned-down' }

/**
 * Places the order that a customer approved, where the provider leaves that to us. The approval is stored before it is
 * used, and until its outcome is known no other one is: however many are told, at once or again, one order is placed.
 * `seen` is the provider's session as it was read just before.
 * Throws while the outcome is open; then the same bytes are sent under the same approval.
 */
export async function placeApprovedOrder(
  deps: Deps,
  provider: PaymentProvider,
  session: PaymentSession,
  approvalToken: string,
  seen: Session,
): Promise<Approved> {
  const claimed = await claimApproval(deps, session, approvalToken)
  if (claimed === undefined) return { kind: 'needs-new-approval' }
  const { id: intentId, amount, attempt, request } = session
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
  deps.log.warn({ orderId: session.orderId, result }, 'an approved order was not placed')
  await forgetApproval(deps, session, claimed.approvalToken)
  const final = result.reason === 'risk_rejected' || result.reason === 'invalid_request'
  return { kind: final ? 'turned-down' : 'needs-new-approval' }
}

/** The approval to go on with: the one in use, or else this one from now on. Undefined when there is nothing to pay any more. */
const claimApproval = (deps: Deps, { id, orderId }: PaymentSession, approvalToken: string) =>
  transact(deps, async (trx) => {
    const { order, session } = await lockSession(trx, { id, orderId })
    if (session.approvalToken !== undefined) return { approvalToken: session.approvalToken, usedBefore: true }
    if (!isSessionPayable(session, order.state)) return undefined
    // Placed already, perhaps still under review: another approval would be another order.
    const { changed } = await changeSession(trx, session, { type: 'ClaimApproval', data: { approvalToken } })
    return changed ? { approvalToken, usedBefore: false } : undefined
  })

/** A refused approval makes room for the next. */
const forgetApproval = (deps: Deps, { id, orderId }: PaymentSession, approvalToken: string) =>
  transact(deps, async (trx) => {
    const { session } = await lockSession(trx, { id, orderId })
    await changeSession(trx, session, { type: 'ForgetApproval', data: { approvalToken } })
  })
