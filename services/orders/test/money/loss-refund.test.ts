import { example } from '@vilkar/contracts/test/examples.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { reactions } from '../../service.ts'
import { formed, historyOf } from '../alarming.ts'

const PRICE = 10_000
const DELAYED = {
  match: { method: 'POST', path: '/captures' },
  phase: 'before',
  action: { type: 'status', status: 503 },
}

/** A paid order of three sensors, and what shipping and returns tell of it. */
async function sold(t: Test) {
  const { house, id, order, read } = await formed(t)
  const hear = (name: 'ShipmentDispatched' | 'LossSettled' | 'RefundDecided', changes: object) =>
    transact(house.deps, (trx) => {
      const envelope = example(name)
      const data = { ...envelope.data, orderId: id, ...changes }
      return reactWith(reactions as never, house.deps)(trx as never, { ...envelope, data } as never)
    })
  const line = (quantity: number) => ({ lineId: '1', quantity })
  return {
    house,
    order,
    id,
    read,
    stock: async () => (await house.call('support', 'GET', '/products/SENSOR-1')).body.stock as number,
    dispatch: async (quantity: number) => {
      const shipmentId = crypto.randomUUID()
      const handedOverAt = house.clock.now().toString()
      await hear('ShipmentDispatched', { shipmentId, handedOverAt, lines: [line(quantity)] })
      return shipmentId
    },
    /** A parcel is lost and the customer wants their money: what shipping tells, and what returns decides of it. */
    lose: async (shipmentId: string, quantity: number, deliveryAmount = 0) => {
      const returnId = crypto.randomUUID()
      const settledAt = house.clock.now().toString()
      const settled = {
        shipmentId,
        reportId: crypto.randomUUID(),
        choice: 'refund',
        lines: [line(quantity)],
        settledAt,
      }
      await hear('LossSettled', { ...settled, replacementId: undefined })
      const lines = [{ ...line(quantity), amount: quantity * PRICE }]
      const amount = quantity * PRICE + deliveryAmount
      const decide = () => hear('RefundDecided', { returnId, lines, amount, deliveryAmount, decidedAt: settledAt })
      await decide()
      await decide()
      return returnId
    },
    captured: (amount: number) =>
      eventually('the capture', async () => (await read()).payment.captured === amount || undefined),
    refunded: (amount: number) =>
      eventually('the refund', async () => (await read()).payment.refunded === amount || undefined),
    refunds: async () => {
      const told = (await historyOf(house, id)).filter((event: { type: string }) => event.type === 'PaymentRefunded')
      return told.map(({ data }: { data: { returnId: string; amount: number } }) => [data.returnId, data.amount])
    },
    creditNotes: async () => {
      const { items } = (await house.call('support', 'GET', `/orders/${id}/documents`)).body
      return items.filter(({ series }: { series: string }) => series === 'credit-note')
    },
    atKlarna: () => house.klarna.orders().map(({ refunds }) => refunds.map((refund) => refund.refunded_amount)),
  }
}

t.test(
  'units that a carrier lost are paid back once, by themselves, with a credit note, and go into no stock',
  async (t) => {
    const { dispatch, lose, captured, refunded, refunds, creditNotes, atKlarna, stock, order } = await sold(t)
    const lost = await dispatch(2)
    await dispatch(1)
    await captured(order.totals.total)
    const before = await stock()
    const returnId = await lose(lost, 2)
    await refunded(2 * PRICE)
    t.strictSame(await refunds(), [[returnId, 2 * PRICE]])
    t.strictSame(atKlarna(), [[2 * PRICE]])
    const notes = await eventually('the credit note', async () => {
      const found = await creditNotes()
      return found.length > 0 && found
    })
    t.hasStrict(notes, [{ amount: 2 * PRICE, vat: [{ gross: 2 * PRICE, vat: 4_000 }] }])
    t.equal(notes.length, 1)
    t.equal(await stock(), before)
  },
)

t.test('with all of the order lost, all that was paid goes back, the delivery too', async (t) => {
  const { dispatch, lose, captured, refunded, atKlarna, order } = await sold(t)
  const [one, other] = [await dispatch(1), await dispatch(2)]
  await captured(order.totals.total)
  await lose(one, 1)
  await lose(other, 2, order.delivery.price)
  await refunded(order.totals.total)
  t.strictSame(atKlarna()[0]!.toSorted(), [PRICE, order.totals.total - PRICE].toSorted())
})

t.test('a loss that is decided before the payment was taken is paid back once it is', async (t) => {
  const { house, dispatch, lose, captured, refunded, refunds, order } = await sold(t)
  house.klarna.faults.add(DELAYED as never)
  const lost = await dispatch(3)
  const returnId = await lose(lost, 3, order.delivery.price)
  await captured(order.totals.total)
  await refunded(order.totals.total)
  t.strictSame(await refunds(), [[returnId, order.totals.total]])
})
