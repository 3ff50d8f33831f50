import type { Deps, Trx } from './deps.ts'
import { paymentsOf, sumsOfPayment } from './ledger.ts'
import type { Portion } from './payment-lines.ts'
import type { Operation } from './settlement.ts'

/** What of a refund goes back to which payment. */
type Part = { paymentId: string; amount: number }

/**
 * Money goes back the way it came (clause 6): to the oldest payment that took as much and has not given or promised it
 * back, or, when after an expiry no single one did, to several. Undefined while less was taken than is to be given back.
 */
async function allot(trx: Trx, orderId: string, amount: number): Promise<Part[] | undefined> {
  const promised = await trx
    .selectFrom('payment_operation')
    .select(['amount', 'detail'])
    .where('order_id', '=', orderId)
    .where('kind', '=', 'refund')
    .where('status', 'in', ['planned', 'sent', 'stuck'])
    .execute()
  const held: Part[] = []
  for (const paymentId of await paymentsOf(trx, orderId)) {
    const { captured, refunded } = await sumsOfPayment(trx, orderId, paymentId)
    const toCome = promised.filter(({ detail }) => detail.paymentId === paymentId)
    held.push({ paymentId, amount: toCome.reduce((left, refund) => left - refund.amount, captured - refunded) })
  }
  const whole = held.find((payment) => payment.amount >= amount)
  if (whole) return [{ ...whole, amount }]
  let left = amount
  const parts = held.flatMap(({ paymentId, amount: most }) => {
    const part = Math.min(most, left)
    left -= part
    return part > 0 ? [{ paymentId, amount: part }] : []
  })
  return left === 0 ? parts : undefined
}

/**
 * Says to which payment a refund goes back: one that was never sent, or that a person has asked for once more. One that
 * goes back to several becomes as many operations, each with the job that carries it out. Undefined while there is not
 * enough to give back: the returns service may be heard before shipping is.
 */
export async function assignRefund(trx: Trx, { jobs }: Deps, operation: Operation): Promise<Operation | undefined> {
  const { id, order_id, amount, currency, detail } = operation
  const parts = await allot(trx, order_id, amount)
  if (parts === undefined) return undefined
  const [first, ...others] = parts
  let rest = detail.portion!
  const take = ({ paymentId, amount: part }: Part) => {
    const { taken, left } = parted(rest, part)
    rest = left
    return { amount: part, detail: { paymentId, portion: taken } }
  }
  const own = take(first!)
  if (others.length > 0) {
    await trx
      .updateTable('payment_operation')
      .set({ amount: own.amount, detail: JSON.stringify(own.detail) })
      .where('id', '=', id)
      .execute()
    const before = (await partsOf(trx, operation)).length
    for (const [index, other] of others.entries()) {
      const part = take(other)
      const cause = partOf(operation, before + index + 1)
      const { id: operationId } = await trx
        .insertInto('payment_operation')
        .values({
          ...{ id: crypto.randomUUID(), order_id, kind: 'refund', cause, currency },
          ...{ amount: part.amount, detail: JSON.stringify(part.detail) },
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await jobs.enqueue(trx, 'settle-payment', [{ data: { operationId } }])
    }
  }
  return { ...operation, ...own }
}

/** The return, or cancelled order, that a refund or a part of one is for. */
export const refundedFor = ({ cause }: Pick<Operation, 'cause'>) => cause.split('/')[0]!
const partOf = (operation: Operation, number: number) => `${refundedFor(operation)}/${number}`

/** All operations that one refund came to, this one included. */
const partsOf = (trx: Trx, operation: Operation) => {
  const cause = refundedFor(operation)
  return trx
    .selectFrom('payment_operation')
    .select(['id', 'status', 'amount', 'detail'])
    .where('order_id', '=', operation.order_id)
    .where('kind', '=', 'refund')
    .where((eb) => eb.or([eb('cause', '=', cause), eb('cause', 'like', `${cause}/%`)]))
    .execute()
}

/**
 * The whole refund that this part completes, in minor units, and how much of it was told before; undefined while other
 * parts of it are not done. The order and the return hear of it once, when all of it is back.
 */
export async function completedRefund(trx: Trx, operation: Operation) {
  const parts = await partsOf(trx, operation)
  if (parts.some(({ id, status }) => id !== operation.id && status !== 'done')) return undefined
  const sumOf = (some: typeof parts) => some.reduce((sum, { amount }) => sum + amount, 0)
  return {
    amount: sumOf(parts),
    toldBefore: sumOf(parts.filter(({ id, detail }) => id !== operation.id && detail.adopted)),
  }
}

/**
 * Lets what was given back elsewhere, and taken into the ledger since, be a part of a refund that waits. What is
 * left of it to ask for may be nothing.
 */
export async function takeAsPart(trx: Trx, waiting: Operation, adopted: Operation): Promise<Operation> {
  const cause = partOf(waiting, (await partsOf(trx, waiting)).length + 1)
  await trx.updateTable('payment_operation').set({ cause }).where('id', '=', adopted.id).execute()
  const amount = Math.max(0, waiting.amount - adopted.amount)
  const { left } = parted(waiting.detail.portion!, waiting.amount - amount)
  const detail = { ...waiting.detail, portion: left }
  await trx
    .updateTable('payment_operation')
    .set({ amount, detail: JSON.stringify(detail) })
    .where('id', '=', waiting.id)
    .execute()
  return { ...waiting, amount, detail }
}

/** A portion in two: `amount` of it, line by line and delivery last, and what is left. */
function parted({ lines, deliveryAmount }: Portion, amount: number): { taken: Portion; left: Portion } {
  let wanted = amount
  const most = (available: number) => {
    const part = Math.min(available, wanted)
    wanted -= part
    return part
  }
  const shares = lines.map((line) => ({ line, part: most(line.amount) }))
  const delivery = most(deliveryAmount)
  const of = (amountOf: (share: (typeof shares)[number]) => number) =>
    shares.flatMap((share) => (amountOf(share) > 0 ? [{ ...share.line, amount: amountOf(share) }] : []))
  return {
    taken: { lines: of(({ part }) => part), deliveryAmount: delivery },
    left: { lines: of(({ line, part }) => line.amount - part), deliveryAmount: deliveryAmount - delivery },
  }
}
