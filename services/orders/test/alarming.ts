import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Test } from 'tap'
import { onRefundDecided } from '../money/reactions/on-refund-decided.ts'
import { handle } from '../order/handle.ts'
import type { OrderCommand } from '../order/state.ts'
import { type OrdersForTest, startOrdersForTest } from './orders-service.ts'

/** The hosted payment page that a payment link leads to, once it is open: its session's id. */
export const pageOf = (paymentUrl: string) =>
  eventually('the payment page to be open', async () => {
    const hop = await fetch(paymentUrl, { redirect: 'manual' })
    return hop.status === 303 && new URL(hop.headers.get('location')!).pathname.split('/').at(-1)!
  })

export type Fault = Parameters<OrdersForTest['klarna']['faults']['add']>[0]

type Wanted = {
  /** Added to what is quoted. */
  request?: object
  product?: object
  /** What befalls Klarna before anybody asks it for anything. */
  fault?: Fault
  watch?: boolean
}

/** A house with an order of three sensors that is paid and whose contract stands. */
export async function formed(t: Test, { request = {}, product = {}, fault, watch = false }: Wanted = {}) {
  const house = await startOrdersForTest(t, { watch })
  if (fault) house.klarna.faults.add(fault)
  await house.stock('SENSOR-1', product)
  const quote = await house.quote({ lines: [{ sku: 'SENSOR-1', quantity: 3 }], ...request })
  const key = { 'idempotency-key': crypto.randomUUID() }
  const { body: order } = await house.call('storefront', 'POST', '/orders', house.orderOf(quote), key)
  house.klarna.approve(await pageOf(order.payment.url))
  const read = async () => (await house.call('support', 'GET', `/orders/${order.id}`)).body
  const stands = await eventually('the contract', async () => {
    const seen = await read()
    return seen.status === 'formed' && seen
  })
  return { house, order: stands, id: order.id as string, read, pageOf }
}

export const alarmsOf = async (house: OrdersForTest, kind: string) =>
  (await house.call('support', 'GET', `/alarms?kind=${kind}`)).body.items
export const alarm = (house: OrdersForTest, kind: string) =>
  eventually(`the alarm ${kind}`, async () => (await alarmsOf(house, kind))[0])
export const resolved = (house: OrdersForTest, kind: string) =>
  eventually(`the end of the alarm ${kind}`, async () => {
    const [one] = await alarmsOf(house, kind)
    return one?.resolvedAt !== undefined && one
  })
export const accountOf = (house: OrdersForTest) =>
  house.db.selectFrom('payment_account').selectAll().executeTakeFirstOrThrow()
export const tell = (house: OrdersForTest, command: OrderCommand) =>
  transact(house.deps, (trx) => handle(trx, command, house.deps))
export const dispatch = (house: OrdersForTest, orderId: string, quantity = 3) => {
  const data = { orderId, shipmentId: crypto.randomUUID(), at: house.clock.now().toString() }
  return tell(house, { type: 'RecordDispatch', data: { ...data, lines: [{ lineId: '1', quantity }] } })
}
export const historyOf = async (house: OrdersForTest, id: string) =>
  (await house.call('support', 'GET', `/orders/${id}/history`)).body.items

export const decideRefund = (house: OrdersForTest, orderId: string, amount: number) =>
  transact(house.deps, (trx) =>
    onRefundDecided(trx, house.deps, {
      orderId,
      returnId: crypto.randomUUID(),
      amount,
      lines: [{ lineId: '1', quantity: 1, amount }],
      deliveryAmount: 0,
    } as never),
  )
