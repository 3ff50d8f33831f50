import { queueMail } from '@vilkar/mail/outgoing.ts'
import { httpError } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { resolveMoneyAlarms } from '../alarms/alarms.ts'
import type { Deps, Trx } from '../deps.ts'
import { handle } from '../order/handle.ts'
import type { ClaimedDetail } from '../order/mails/claimed.ts'
import type { Portion, StoredOrder } from '../order/state.ts'
import { keepDecision, type Statement } from './decisions.ts'
import type { Operation } from './operation.ts'
import { changeOperation } from './operation-store.ts'
import { notClaimed } from './operation-words.ts'
import type { Locked } from './outcome.ts'
import { inBoth, less, parted, totalOf } from './portions.ts'
import { claimsOf, issueDocument } from './sales-documents.ts'

/** How long a customer has to pay what is claimed of them, from the day of its invoice. */
const DUE_AFTER = { days: 14 }

/**
 * What left and was refused for good is claimed of the customer, once the authorisation has run out and they have been asked to
 * pay again: nothing is asked of the provider any more. The sale has its invoice from then on (bokføringsforskriften § 5-1-1),
 * which the mail about the claim brings. Said twice it happens once. Refused with 409 before that.
 */
export async function claimOperation(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  said: Statement,
): Promise<Operation> {
  const {
    operation: after,
    changed,
    refusal,
  } = await changeOperation(trx, operation, { type: 'ClaimOperation', data: {} })
  if (refusal) throw httpError(409, refusal.code, refusal.detail)
  if (!changed) return after
  const now = deps.clock.now()
  const at = now.toString()
  const { id: operationId, orderId, purpose, amount, portion } = operation
  const data = { orderId, at, shipmentId: purpose.id, amount }
  const claimed = await handle(trx, { type: 'ClaimPayment', data }, deps, order)
  if (claimed.refusal) throw httpError(409, claimed.refusal.code, claimed.refusal.detail)
  await keepDecision(trx, deps, operation, 'claimed', said)
  await resolveMoneyAlarms(trx, order.id, at)
  const account = sellerOf(order.state.placed.terms.edition).bankAccount
  const payable = { dueOn: osloDay(now).add(DUE_AFTER).toString(), ...(account !== undefined && { account }) }
  const shipmentId = purpose.kind === 'shipment' ? purpose.id : undefined
  const restsOn = { operationId, payable }
  const number = await issueDocument(trx, {
    series: 'invoice',
    order,
    restsOn,
    amount,
    portion: portion!,
    shipmentId,
    at,
  })
  const detail = { amount, number, ...payable } satisfies ClaimedDetail
  await queueMail(trx, deps.jobs, { aboutId: orderId, recipient: order.personal.email, at, kind: 'claimed', detail })
  return after
}

/**
 * Of a claim no more than `stands` is claimed any more (minor units; 0: all of it is given up), by agreement or since something was
 * wrong with the sale: a credit note takes back the rest. Said twice it happens once, and a claim that is smaller stays as it is.
 * A claim that is only lost is no smaller sale: it keeps its invoice (merverdiavgiftsloven § 4-7). Throws 409 for what is no claim.
 */
export async function reduceClaim(
  trx: Trx,
  deps: Deps,
  { order, operation }: Locked,
  stands: number,
  said: Statement,
): Promise<Operation> {
  if (operation.status !== 'claimed') throw httpError(409, notClaimed.code, notClaimed.detail)
  const claim = (await claimsOf(trx, order.id)).find(({ operationId }) => operationId === operation.id)
  const over = claim === undefined ? 0 : totalOf(claim.left) - stands
  if (over <= 0) return operation
  await keepDecision(trx, deps, operation, 'reduced', said)
  await credit(trx, deps, order, claim!, parted(claim!.left, over).taken)
  return operation
}

/**
 * Of a refund this much was never taken: what of it stands on invoices of claims is taken off them by credit notes. The oldest
 * claim goes first. Answers how much that is, in minor units, and the order after it.
 */
export async function creditUnpaid(
  trx: Trx,
  deps: Deps,
  order: StoredOrder,
  unpaid: Portion,
): Promise<{ credited: number; order: StoredOrder }> {
  let rest = unpaid
  let after = order
  for (const claim of await claimsOf(trx, order.id)) {
    const part = inBoth(rest, claim.left)
    if (totalOf(part) === 0) continue
    after = await credit(trx, deps, after, claim, part)
    rest = less(rest, part)
  }
  return { credited: totalOf(unpaid) - totalOf(rest), order: after }
}

type Claim = Awaited<ReturnType<typeof claimsOf>>[number]

async function credit(
  trx: Trx,
  deps: Deps,
  order: StoredOrder,
  { operationId, shipmentId }: Claim,
  portion: Portion,
): Promise<StoredOrder> {
  const at = deps.clock.now().toString()
  const issue = {
    series: 'credit-note',
    order,
    restsOn: { operationId },
    amount: totalOf(portion),
    portion,
    at,
  } as const
  const number = await issueDocument(trx, issue)
  const about = { aboutId: order.id, recipient: order.personal.email, at }
  await queueMail(trx, deps.jobs, { ...about, kind: 'credit-note', detail: { number } })
  const data = { orderId: order.id, at, shipmentId, amount: totalOf(portion) }
  const { stored } = await handle(trx, { type: 'ReduceClaim', data }, deps, order)
  return stored!
}
