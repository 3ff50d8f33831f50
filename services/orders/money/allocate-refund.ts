import type { OperationDetail } from '../database.ts'
import type { Deps, Trx } from '../deps.ts'
import { paymentsOf, sumsOfPayment } from './ledger.ts'
import { partOf, partsOf } from './operation-parts.ts'
import type { Operation } from './outcome.ts'
import { parted } from './portions.ts'

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
    const left = toCome.reduce((rest, refund) => rest - refund.amount, captured - refunded)
    held.push({ paymentId, amount: Math.max(0, left) })
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
    return { paymentId, amount: part, portion: taken }
  }
  const { amount: ownAmount, ...ownDetail } = take(first!)
  const own = { amount: ownAmount, detail: { ...detail, ...ownDetail } }
  if (others.length > 0) {
    await trx
      .updateTable('payment_operation')
      .set({ amount: own.amount, detail: JSON.stringify(own.detail) })
      .where('id', '=', id)
      .execute()
    const before = (await partsOf(trx, operation)).length
    for (const [index, other] of others.entries()) {
      const { amount: partAmount, ...partDetail } = take(other)
      const cause = partOf(operation, before + index + 1)
      const { id: operationId } = await trx
        .insertInto('payment_operation')
        .values({
          ...{ id: crypto.randomUUID(), order_id, kind: 'refund', cause, currency },
          ...{ amount: partAmount, detail: JSON.stringify(partDetail satisfies OperationDetail) },
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await jobs.enqueue(trx, 'settle-payment', [{ data: { operationId } }])
    }
  }
  return { ...operation, ...own }
}
