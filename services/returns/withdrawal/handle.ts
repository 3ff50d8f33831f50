import type { ReturnsEvent, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import { createCommandHandler, type Stored } from '@vilkar/decider/command-handler.ts'
import type { ReturnFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import type { Database, KnownOrder, ReturnPersonal } from '../database.ts'
import { type DeclaredReturn, decider, type Return, type ReturnCommand } from './return.ts'

export type StoredReturn = Stored<DeclaredReturn, ReturnPersonal>

/** The only way a return changes. */
export const handle = createCommandHandler<
  Database,
  Return,
  DeclaredReturn,
  ReturnCommand,
  ReturnsEvent,
  ReturnPersonal
>({
  service: 'returns',
  decider,
  idOf: ({ data }) => data.returnId,
  refusedUnder: ({ type, data }) => (type === 'DeclareWithdrawal' ? data.facts.orderId : data.returnId),
  async load(trx, id) {
    await lockOrderOf(trx, id)
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
  async save(trx, { id, version, state, personal }) {
    const row = { version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) }
    const { orderId, declaredAt } = state.declared
    await trx
      .insertInto('return')
      .values({ id, order_id: orderId, declared_at: declaredAt, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
  },
  followUps: (trx, { stored, events }) =>
    changeFacts(trx, stored.state.declared.orderId, (facts) => events.reduce(withReturn, facts)),
})

/** Whoever changes a return changes its order's facts too, which the inbox may hold already: so they are always locked first. */
const lockOrderOf = (trx: Transaction<Database>, returnId: string) =>
  trx
    .selectFrom('order_facts')
    .select('order_id')
    .where('order_id', '=', (eb) => eb.selectFrom('return').select('order_id').where('id', '=', returnId))
    .forUpdate()
    .execute()

/** The order's facts, locked, changed and saved. Does nothing for an order that is not known here. */
export async function changeFacts(
  trx: Transaction<Database>,
  orderId: string,
  change: (facts: KnownOrder) => KnownOrder,
) {
  const known = await trx
    .selectFrom('order_facts')
    .select('facts')
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst()
  if (known === undefined) return
  await trx
    .updateTable('order_facts')
    .set({ facts: JSON.stringify(change(known.facts)) })
    .where('order_id', '=', orderId)
    .execute()
}

/** What our own events add to the facts that later rights depend on. */
function withReturn(facts: KnownOrder, { type, data }: ReturnsEvent): KnownOrder {
  if (type === 'WithdrawalDeclared') {
    const { returnId, lines, deliveryAmount, declaredAt: noticeReceivedAt } = data
    const parts = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
    const declared = { returnId, lines: parts, noticeReceivedAt, deliveryRefunded: deliveryAmount > 0 }
    return { ...facts, returns: [...facts.returns, { ...declared, outcome: 'open' }] }
  }
  const change = changeOf({ type, data } as ReturnsEvent)
  return {
    ...facts,
    returns: facts.returns.map((each) => (each.returnId === data.returnId ? { ...each, ...change } : each)),
  }
}

function changeOf({ type, data }: ReturnsEvent): Partial<ReturnFacts> {
  if (type === 'ReturnSent') return { proofOfSendingAt: data.sentAt }
  if (type === 'ReturnReceived') return { goodsReceivedAt: data.receivedAt }
  if (type !== 'ReturnClosed') return {}
  return { outcome: 'closed', ...(data.outcome === 'refunded' && { refunded: data.amount }) }
}
