import type { Trx } from '../deps.ts'
import type { Operation } from './outcome.ts'
import { lessShare } from './portions.ts'

/** The shipment or return, or whole order, that a capture or refund or a part of one is for. */
export const purposeOf = ({ cause }: Pick<Operation, 'cause'>) => cause.split('/')[0]!
/** Names a part of what an operation is for. */
export const partOf = (operation: Operation, number: number) => `${purposeOf(operation)}/${number}`

/** All operations of its kind that are for the same as this one, which is among them. */
export const partsOf = (trx: Trx, operation: Operation) => {
  const cause = purposeOf(operation)
  return trx
    .selectFrom('payment_operation')
    .select(['id', 'status', 'amount', 'detail'])
    .where('order_id', '=', operation.order_id)
    .where('kind', '=', operation.kind)
    .where((eb) => eb.or([eb('cause', '=', cause), eb('cause', 'like', `${cause}/%`)]))
    .execute()
}

/**
 * The whole that this part completes, in minor units, and how much of it was told before; undefined while other parts are
 * not done. The order and the return hear of a refund once, when all of it is back.
 */
export async function completedBy(trx: Trx, operation: Operation) {
  const parts = await partsOf(trx, operation)
  if (parts.some(({ id, status }) => id !== operation.id && status !== 'done')) return undefined
  const toldBefore = sumOf(parts.flatMap(({ detail }) => detail.byHand ?? []))
  return { amount: sumOf(parts) + toldBefore, toldBefore }
}

/** How much of these refunds, in minor units, the order has not heard of: those that are not done, with all their parts. */
export function untoldOf(refunds: Pick<Operation, 'cause' | 'status' | 'amount'>[]) {
  const open = new Set(refunds.filter(({ status }) => status !== 'done').map(purposeOf))
  return sumOf(refunds.filter((refund) => open.has(purposeOf(refund))))
}

const sumOf = (amounts: { amount: number }[]) => amounts.reduce((sum, { amount }) => sum + amount, 0)

/** What was moved by hand, taken into the ledger since, and is not for anything yet: each with how much of it, in minor units. */
export async function unassigned(trx: Trx, { order_id, kind, currency }: Operation) {
  const operations = await trx
    .selectFrom('payment_operation')
    .selectAll()
    .where('order_id', '=', order_id)
    .where('kind', '=', kind)
    .where('currency', '=', currency)
    .execute()
  const used = operations.flatMap(({ detail }) => detail.byHand ?? [])
  return operations
    .filter(({ status, detail }) => status === 'done' && detail.adopted)
    .map(({ id, provider_id, amount }) => ({
      ...{ id, providerId: provider_id! },
      amount: amount - sumOf(used.filter(({ operationId }) => operationId === id)),
    }))
    .filter(({ amount }) => amount > 0)
}

/**
 * Lets what was moved by hand be a part of what an operation asks for, as far as it goes. What is left to ask for may be
 * nothing.
 */
export async function takeByHand(
  trx: Trx,
  operation: Operation,
  movement: { id: string; amount: number },
): Promise<Operation> {
  const part = Math.min(movement.amount, operation.amount)
  const portion = lessShare(operation.detail.portion!, part)
  const byHand = [...(operation.detail.byHand ?? []), { operationId: movement.id, amount: part }]
  const rest = { amount: operation.amount - part, detail: { ...operation.detail, portion, byHand } }
  await trx
    .updateTable('payment_operation')
    .set({ amount: rest.amount, detail: JSON.stringify(rest.detail) })
    .where('id', '=', operation.id)
    .execute()
  return { ...operation, ...rest }
}
