import type { Deps, Trx } from '../deps.ts'
import type { StoredOrder } from '../order/state.ts'
import { isAllGone } from '../order/units.ts'
import { linesOfAccount, paymentsOf, sumsOfPayment } from './ledger.ts'
import type { Operation } from './operation.ts'
import { changeOperation, insertOperation } from './operation-store.ts'
import { enqueueOperation, partsOf } from './plan.ts'
import { atMost, type Portion, parted, totalOf } from './portions.ts'

/** What of a refund goes back to which payment, in minor units. */
type Share = { paymentId: string; amount: number }

/**
 * Money goes back the way it came (clause 6): to the oldest payment that took as much and has not given or promised it
 * back, or, when after an expiry no single one did, to several. Undefined while less was captured than is to go back.
 */
async function allocate(
  trx: Trx,
  operations: Operation[],
  { orderId, amount }: Operation,
): Promise<Share[] | undefined> {
  const promised = operations.filter(
    ({ kind, status }) => kind === 'refund' && (status === 'planned' || status === 'sent' || status === 'ambiguous'),
  )
  const held: Share[] = []
  for (const paymentId of await paymentsOf(trx, orderId)) {
    const { captured, refunded } = await sumsOfPayment(trx, orderId, paymentId)
    const toCome = promised.filter((refund) => refund.paymentId === paymentId)
    const left = toCome.reduce((rest, refund) => rest - refund.amount, captured - refunded)
    held.push({ paymentId, amount: Math.max(0, left) })
  }
  const whole = held.find((payment) => payment.amount >= amount)
  if (whole) return [{ ...whole, amount }]
  let left = amount
  const shares = held.flatMap(({ paymentId, amount: most }) => {
    const share = Math.min(most, left)
    left -= share
    return share > 0 ? [{ paymentId, amount: share }] : []
  })
  return left === 0 ? shares : undefined
}

/** Refunds that have no outcome yet and that are to give back some of what was captured. */
const isPromised = ({ kind, status, paymentId }: Operation) =>
  kind === 'refund' &&
  (status === 'sent' || status === 'ambiguous' || (status === 'planned' && paymentId !== undefined))

/**
 * What of a refund can be given back now: of each line no more than was captured for it and has not gone back. All of it,
 * where nobody knows the lines since a person moved some of it by hand.
 */
export async function refundable(trx: Trx, operations: Operation[], refund: Operation): Promise<Portion> {
  const accounts = await linesOfAccount(trx, refund.orderId)
  const portion = refund.portion!
  if (accounts === undefined || operations.some(({ byHand }) => byHand.length > 0)) return portion
  const promised = operations.filter((each) => each.id !== refund.id && isPromised(each)).map((each) => each.portion!)
  const promisedOf = (lineId: string) =>
    promised.reduce(
      (sum, { lines, deliveryAmount }) =>
        lines.reduce((more, line) => (line.lineId === lineId ? more + line.amount : more), sum) +
        (lineId === '' ? deliveryAmount : 0),
      0,
    )
  return atMost(portion, (lineId) => {
    const { captured, refunded } = accounts.get(lineId) ?? { captured: 0, refunded: 0 }
    return captured - refunded - promisedOf(lineId)
  })
}

/** Whether nothing is to be captured any more that a refund could wait for. */
const isAllTaken = ({ state }: StoredOrder, operations: Operation[]) =>
  (state.status === 'cancelled' || isAllGone(state)) &&
  operations.every(({ kind, status }) => kind !== 'capture' || status === 'done' || status === 'claimed')

/**
 * Says to which payment a refund goes back: one that was never sent, or that a person has asked for once more. One that
 * goes back to several becomes as many operations, each with the job that carries it out. Undefined while there is not
 * enough to give back: the returns service may be heard before shipping is. Once nothing is to be captured any more, it gives
 * back what was captured of it: what was not captured was let go. `operations` are all of the order.
 */
export async function allocateRefund(
  trx: Trx,
  deps: Pick<Deps, 'jobs'>,
  order: StoredOrder,
  refund: Operation,
  operations: Operation[],
): Promise<Operation | 'nothing-taken' | undefined> {
  const portion = await refundable(trx, operations, refund)
  const less = totalOf(portion) < totalOf(refund.portion!)
  if (less && !isAllTaken(order, operations)) return undefined
  const amount = less ? totalOf(portion) : refund.amount
  if (amount === 0) return 'nothing-taken'
  const shares = await allocate(trx, operations, { ...refund, amount })
  if (shares === undefined) return undefined
  const [first, ...others] = shares
  let rest = portion
  const take = ({ paymentId, amount }: Share) => {
    const { taken, left } = parted(rest, amount)
    rest = left
    return { paymentId, amount, portion: taken }
  }
  const { operation } = await changeOperation(trx, refund, { type: 'AllocateRefund', data: take(first!) })
  const before = partsOf(operations, refund).length
  const { orderId, kind, purpose, currency } = refund
  for (const [index, other] of others.entries()) {
    const data = { id: crypto.randomUUID(), orderId, kind, purpose, currency, part: before + index + 1, ...take(other) }
    if ((await insertOperation(trx, { type: 'PlanOperation', data })) === undefined)
      throw new Error(`Part ${data.part} of the refund for ${purpose.kind} ${purpose.id} is planned already.`)
    await enqueueOperation(trx, deps, data.id)
  }
  return operation
}
