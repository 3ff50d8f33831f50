import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { onRefundDecided } from '../money/reactions/on-refund-decided.ts'
import { handle } from '../order/handle.ts'
import { pageOf } from './alarming.ts'
import type { OrdersForTest } from './orders-service.ts'

/** What customers, the warehouse and the returns service do with a payment, for tests. */
export function paying(house: OrdersForTest) {
  const { call, deps, klarna } = house

  const read = async (id: string) => (await call('support', 'GET', `/orders/${id}`)).body
  const payments = async (id: string) => (await call('support', 'GET', `/orders/${id}/payments`)).body
  const reaches = (id: string, status: string) =>
    eventually(`order to be ${status}`, async () => {
      const order = await read(id)
      return order.status === status && order
    })

  /** An order whose payment page is open. */
  async function placed() {
    const { body: order } = await house.place()
    return { ...order, session: await pageOf(order.payment.url) }
  }

  /** An order that is paid and confirmed. */
  async function formed() {
    const order = await placed()
    klarna.approve(order.session)
    return reaches(order.id, 'formed')
  }

  const dispatch = (orderId: string, shipmentId: string = crypto.randomUUID()) =>
    transact(deps, (trx) =>
      handle(
        trx,
        {
          type: 'RecordDispatch',
          data: {
            orderId,
            shipmentId,
            at: house.clock.now().toString(),
            lines: [{ lineId: '1', quantity: 1 }],
          },
        },
        deps,
      ),
    )

  const refund = (orderId: string, amount: number, returnId: string = crypto.randomUUID()) =>
    transact(deps, (trx) =>
      onRefundDecided(trx, deps, {
        orderId,
        returnId,
        amount,
        lines: [{ lineId: '1', quantity: 1, amount }],
        deliveryAmount: 0,
      } as never),
    )

  /** The order's payments once they are as hoped for. */
  const paymentsWhen = (what: string, id: string, holds: (view: Awaited<ReturnType<typeof payments>>) => boolean) =>
    eventually(what, async () => {
      const view = await payments(id)
      return holds(view) && view
    })

  return { read, payments, paymentsWhen, reaches, placed, formed, dispatch, refund }
}
