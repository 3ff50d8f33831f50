import type { Deps, Trx } from './deps.ts'
import { paymentsOf, sumsOfPayment } from './ledger.ts'
import type { Portion } from './payment-lines.ts'
import type { Operation } from './settlement.ts'

/** What of a refund goes back to which payment. */
type Part = { paymentId: string; amount: number }

/**
 * Money goes back the way it came (clause 6): to the oldest payment that took as much and has not given it back, or, when
 * after an expiry no single one did, to several. Undefined while less was taken than is to be given back.
 */
async function allot(trx: Trx, orderId: string, amount: number): Promise<Part[] | undefined> {
  const held: Part[] = []
  for (const paymentId of await paymentsOf(trx, orderId)) {
    const { captured, refunded } = await sumsOfPayment(trx, orderId, paymentId)
    held.push({ paymentId, amount: captured - refunded })
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
 * Says to which payment a refund that was never sent goes back. One that goes back to several becomes as many operations,
 * each with the job that carries it out. Throws while there is not enough to give back.
 */
export async function assignRefund(trx: Trx, { jobs }: Deps, operation: Operation): Promise<Operation> {
  const { id, order_id, amount, cause, currency, detail } = operation
  const parts = await allot(trx, order_id, amount)
  // The returns service may be heard before shipping is: what was not taken yet cannot be given back.
  if (parts === undefined) throw new Error('The refund waits for the capture that it gives back.')
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
    for (const [index, other] of others.entries()) {
      const part = take(other)
      const { id: operationId } = await trx
        .insertInto('payment_operation')
        .values({
          ...{ id: crypto.randomUUID(), order_id, kind: 'refund', cause: partOf(cause, index + 2), currency },
          ...{ amount: part.amount, detail: JSON.stringify(part.detail) },
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await jobs.enqueue(trx, 'settle-payment', [{ data: { operationId } }])
    }
  }
  return { ...operation, ...own }
}

const partOf = (cause: string, number: number) => `${cause}/${number}`
/** The return, or cancelled order, that a refund or a part of one is for. */
export const refundedFor = ({ cause }: Pick<Operation, 'cause'>) => cause.split('/')[0]!

/**
 * The whole refund that this part completes, in minor units; undefined while other parts of it are not done. The order
 * and the return hear of it once, when all of it is back.
 */
export async function completedRefund(trx: Trx, operation: Operation): Promise<number | undefined> {
  const cause = refundedFor(operation)
  const parts = await trx
    .selectFrom('payment_operation')
    .select(['id', 'status', 'amount'])
    .where('order_id', '=', operation.order_id)
    .where('kind', '=', 'refund')
    .where((eb) => eb.or([eb('cause', '=', cause), eb('cause', 'like', `${cause}/%`)]))
    .execute()
  if (parts.some(({ id, status }) => id !== operation.id && status !== 'done')) return undefined
  return parts.reduce((sum, { amount }) => sum + amount, 0)
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
