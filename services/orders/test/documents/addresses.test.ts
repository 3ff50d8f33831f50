import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { sendOperation } from '../../money/jobs/send-operation.ts'
import { onAddressChangeAnswered } from '../../order/reactions/on-address-change-answered.ts'
import { historyOf, pageOf, tell } from '../alarming.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

const house = await startOrdersForTest(t)
const { reaches } = paying(house)
await house.stock('SENSOR-1')
const OLD = house.address.street
const NEW = 'Parkveien 12'

/** A paid order of two sensors, of which somebody asks that they go elsewhere. */
async function toGoElsewhere() {
  const quote = await house.quote({ lines: [{ sku: 'SENSOR-1', quantity: 2 }] })
  const key = { 'idempotency-key': crypto.randomUUID() }
  const { body: order } = await house.call('storefront', 'POST', '/orders', house.orderOf(quote), key)
  house.klarna.approve(await pageOf(order.payment.url))
  await reaches(order.id, 'formed')
  const ask = async (street: string) => {
    const body = { shippingAddress: { ...house.address, street }, why: 'I have moved.' }
    await house.call('storefront', 'PUT', `/orders/${order.id}/shipping-address`, body)
    const { requestId } = (await historyOf(house, order.id)).at(-1).data
    return { answer: (left: string[], changed = true) => answer(order.id, requestId, changed, left) }
  }
  return { id: order.id as string, ask }
}

const answer = (orderId: string, requestId: string, changed: boolean, left: string[]) =>
  transact(house.deps, (trx) => {
    const answeredAt = house.clock.now().toString()
    return onAddressChangeAnswered(trx, house.deps, { orderId, requestId, changed, left, answeredAt })
  })
const dispatch = (orderId: string, shipmentId: string) => {
  const data = { orderId, shipmentId, at: house.clock.now().toString(), lines: [{ lineId: '1', quantity: 1 }] }
  return tell(house, { type: 'RecordDispatch', data })
}
/** Where the goods of each invoice went, in the order in which they were issued. */
const streetsOf = (orderId: string, count: number) =>
  eventually(`${count} invoices`, async () => {
    const rows = await house.db
      .selectFrom('sales_document')
      .select('buyer')
      .where('order_id', '=', orderId)
      .orderBy('position')
      .execute()
    return rows.length === count && rows.map(({ buyer }) => buyer!.shippingAddress.street)
  })

t.test('an invoice names the address that its goods went to, whichever is heard first', async (t) => {
  t.test('the answer, then the parcel: it went to the new one', async (t) => {
    const { id, ask } = await toGoElsewhere()
    await (await ask(NEW)).answer([])
    await dispatch(id, crypto.randomUUID())
    t.strictSame(await streetsOf(id, 1), [NEW])
  })
  t.test('the parcel, then the answer: its capture waits for that, and is asked for at once', async (t) => {
    const { id, ask } = await toGoElsewhere()
    const { answer } = await ask(NEW)
    await dispatch(id, crypto.randomUUID())
    const operation = await house.db
      .selectFrom('money_operation')
      .select('id')
      .where('order_id', '=', id)
      .executeTakeFirstOrThrow()
    await t.rejects(sendOperation(house.deps).run({ operationId: operation.id }), /not answered yet/)
    await answer([])
    t.strictSame(await streetsOf(id, 1), [NEW])
  })
  t.test('a parcel that had left, or was packed, went to the one of before, and the next to the new one', async (t) => {
    const [packed, next] = [crypto.randomUUID(), crypto.randomUUID()]
    const { id, ask } = await toGoElsewhere()
    const { answer } = await ask(NEW)
    await answer([packed])
    await dispatch(id, packed)
    t.strictSame(await streetsOf(id, 1), [OLD])
    await dispatch(id, next)
    t.strictSame(await streetsOf(id, 2), [OLD, NEW])
  })
  t.test('and of several changes, the last that came in time for it', async (t) => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    const { id, ask } = await toGoElsewhere()
    await (await ask(NEW)).answer([first])
    await (await ask('Tredje gate 3')).answer([first, second], false)
    await (await ask('Fjerde gate 4')).answer([first, second])
    await dispatch(id, first)
    t.strictSame(await streetsOf(id, 1), [OLD])
    await dispatch(id, second)
    t.strictSame(await streetsOf(id, 2), [OLD, NEW])
  })
})
