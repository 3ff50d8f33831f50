import type { PaymentProvider, Reconciled } from '@vilkar/payments/port.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { callProvider } from '../../money/call-provider.ts'
import { changeOperation, insertOperation, lockOperation } from '../../money/operation-store.ts'
import { alarm, decideRefund, dispatch, formed } from '../alarming.ts'
import type { OrdersForTest } from '../orders-service.ts'
import { aRefund, at } from './an-operation.ts'
import { paidTwice } from './paid-twice.ts'

/** A worker whose call took longer than its claim: meanwhile another went on with the operation. */
const anotherAttempt = { status: 'planned', attempt: 2, payment_id: null, first_sent_at: null } as const

/** An operation that a worker is about to send once more, when something happens to it. */
async function lateWorker(t: Test, meanwhile: { status: 'planned' | 'done'; attempt: number }) {
  const { house, id } = await formed(t)
  const operationId = crypto.randomUUID()
  const planned = { ...aRefund, id: operationId, orderId: id }
  const sent = { type: 'SendOperation', data: { at, paymentId: 'p-1' } } as const
  const locked = await house.db.transaction().execute(async (trx) => {
    const operation = await insertOperation(trx, { type: 'PlanOperation', data: planned })
    await changeOperation(trx, operation!, sent)
    return lockOperation(trx, operationId)
  })
  let calls = 0
  const provider = {
    ...house.deps.providers.current,
    async reconcile() {
      await house.db.updateTable('money_operation').set(meanwhile).where('id', '=', operationId).execute()
      return { kind: 'ok', value: { verdict: 'not_executed' } as Reconciled }
    },
    async refund() {
      calls += 1
      return { kind: 'unknown' }
    },
  } as unknown as PaymentProvider
  const call = callProvider(house.deps, { ...locked!, provider, wasSent: true, wasTried: true })
  const row = () =>
    house.db.selectFrom('money_operation').selectAll().where('id', '=', operationId).executeTakeFirstOrThrow()
  return { call, calls: () => calls, row }
}

t.test('a worker that comes back late', async (t) => {
  for (const meanwhile of [
    { status: 'planned', attempt: 2 },
    { status: 'done', attempt: 1 },
  ] as const)
    t.test(`sends nothing of what is ${meanwhile.status} at attempt ${meanwhile.attempt} by now`, async (t) => {
      const { call, calls, row } = await lateWorker(t, meanwhile)
      await t.rejects(call, /Another worker/)
      t.equal(calls(), 0)
      t.hasStrict(await row(), meanwhile)
    })

  t.test('has what it gave back booked on the payment that it went back to', async (t) => {
    const { house, id, first } = await paidTwice(t)
    const meanwhile = tellLate(house, id, anotherAttempt)
    await decideRefund(house, id, first)
    const [refunded] = await eventually('the refund', async () => {
      const entries = await refundsBooked(house, id)
      return entries.length > 0 && entries
    })
    const [earlier] = house.klarna.orders()
    t.strictSame(refunded, { payment_id: earlier!.order_id, amount: first })
    t.equal(earlier!.refunded_amount, first)
    t.hasStrict(await meanwhile.row(), { status: 'done', payment_id: earlier!.order_id })
  })

  t.test('calls for a person when part of it was given back by hand meanwhile', async (t) => {
    const { house, id } = await formed(t)
    await dispatch(house, id)
    await eventually(
      'the capture',
      async () =>
        (await house.db
          .selectFrom('ledger_entry')
          .selectAll()
          .where('order_id', '=', id)
          .where('kind', '=', 'captured')
          .executeTakeFirst()) ?? false,
    )
    const meanwhile = tellLate(house, id, { ...anotherAttempt, amount: 400 })
    await decideRefund(house, id, 1_000)
    const { detail } = await alarm(house, 'payment-stuck-operation')
    const row = await meanwhile.row()
    t.hasStrict(detail, { operationId: row.id, reason: 'moved_by_hand_meanwhile' })
    t.hasStrict(row, { status: 'ambiguous', last_result: { kind: 'does_not_fit', candidates: [{ amount: 1_000 }] } })
    t.strictSame(await refundsBooked(house, id), [])
  })
})

/** The provider gives money back, and before that is heard the refund has become something else here. */
function tellLate(house: OrdersForTest, orderId: string, becomes: object) {
  const provider = house.deps.providers.current
  const refund = provider.refund.bind(provider)
  Object.assign(provider, {
    async refund(ask: Parameters<typeof refund>[0]) {
      Object.assign(provider, { refund })
      const result = await refund(ask)
      await house.db.updateTable('money_operation').set(becomes).where('id', '=', ask.intent.intentId).execute()
      return result
    },
  })
  const row = () =>
    house.db
      .selectFrom('money_operation')
      .selectAll()
      .where('kind', '=', 'refund')
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow()
  return { row }
}

const refundsBooked = ({ db }: OrdersForTest, orderId: string) =>
  db
    .selectFrom('ledger_entry')
    .select(['payment_id', 'amount'])
    .where('kind', '=', 'refunded')
    .where('order_id', '=', orderId)
    .execute()
