import type { ReturnsEvent, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { createHand, type Stored } from '@vilkar/decider/command-handler.ts'
import type { Database, ReturnPersonal } from '../database.ts'
import { apply } from '../order-facts/projection.ts'
import { lockOrderOfReturn, updateOrder } from '../order-facts/store.ts'
import { type DeclaredReturn, decider, type Return, type ReturnCommand } from './return.ts'

export type StoredReturn = Stored<DeclaredReturn, ReturnPersonal>

/** The only way a return changes. */
export const handle = createHand<Database, Return, DeclaredReturn, ReturnCommand, ReturnsEvent, ReturnPersonal>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  refusedUnder: ({ type, data }) => (type === 'DeclareWithdrawal' ? data.facts.orderId : data.returnId),
  async load(trx, id) {
    await lockOrderOfReturn(trx, id)
    return trx
      .selectFrom('return')
      .select(['id', 'version', 'state', 'personal'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
  },
  personalAfter(before, events) {
    const declared = events.find((event): event is WithdrawalDeclared => event.type === 'WithdrawalDeclared')
    return { ...before, ...declared?.data.personal }
  },
  async save(trx, { id, version, state, personal }, events) {
    const row = { version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) }
    const { orderId, declaredAt } = state.declared
    await trx
      .insertInto('return')
      .values({ id, order_id: orderId, declared_at: declaredAt, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    await updateOrder(trx, orderId, (order) => events.reduce(apply, order))
  },
})
