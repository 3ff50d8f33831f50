import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { sharedHouse } from './house.ts'

const house = await sharedHouse()
const { shop, call, urls, mailbox, klarna, pools } = house

/** What an answer is once it is as it should be. */
const until = (what: string, url: string, isSo: (body: never) => unknown) =>
  eventually(what, async () => {
    const { status, body } = await call('support', 'GET', url, { expect: [200, 404] })
    return status === 200 && isSo(body as never) && body
  })
const put = (role: 'support' | 'storefront' | 'warehouse', url: string, body: object = {}) =>
  call(role, 'PUT', url, { body })

/** An order of two units that the customer has, one of which does not work, which the seller answers for. */
async function complained(email: string) {
  const sku = await shop.stock(10)
  const order = await shop.place({ sku, quantity: 2, email })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  await shop.dispatch(shipmentId, order.id)
  await shop.deliver(shipmentId, order.id)
  const said = { defect: 'One of them is dead.', lines: [{ lineId: '1', quantity: 1 }] }
  const complaint = await eventually('returns to know of the delivery', async () => {
    const url = `${urls.returns}/orders/${order.id}/complaints`
    const { status, body } = await call('storefront', 'POST', url, { body: said, expect: [201, 404, 409] })
    return status === 201 && body
  })
  const door = `${urls.returns}/complaints/${complaint.id}`
  await put('support', `${door}/assessment`, { outcome: 'accepted' })
  return { sku, order, complaintId: complaint.id as string, door }
}

t.test('a defective unit is replaced through all services, and comes back', async (t) => {
  const email = 'kari.replacement@example.com'
  const { sku, order, complaintId, door } = await complained(email)
  const { cureId } = (await put('storefront', `${door}/choice`, { remedy: 'replacement' })).body.cure

  const sent = `${urls.shipping}/shipments/${cureId}`
  const shipment = await until('shipping to be asked for a new unit', sent, () => true)
  t.match(shipment.lines, [{ lineId: '1', sku, quantity: 1 }])
  await until('returns to know that it is taken on', door, ({ cure }: { cure: { step: string } }) =>
    ['requested', 'dispatched'].includes(cure.step),
  )
  const handedOver = { carrier: 'Posten', trackingNumber: 'NO-NEW-1' }
  await put('warehouse', `${sent}/dispatch`, handedOver)
  await until('the customer to be told', door, ({ cure }: { cure: { step: string } }) => cure.step === 'dispatched')
  await put('warehouse', `${sent}/delivery`, { receivedBy: 'Kari Eksempel', takenBy: 'customer' })
  const cured = await until('it to be put right', door, ({ status }: { status: string }) => status === 'cured')
  const { receivedAt } = (await call('support', 'GET', sent)).body
  t.equal(cured.curedAt, receivedAt)
  t.match(cured.defective, { cureId, lines: [{ lineId: '1', quantity: 1 }] })
  const { rows } = await pools.returns.query(
    `select facts #>> '{lines,0,replacedAt}' as "replacedAt", jsonb_array_length(facts -> 'parcels') as parcels
     from order_facts where order_id = $1`,
    [order.id],
  )
  t.strictSame(rows, [{ replacedAt: receivedAt, parcels: 1 }], 'periods of the new unit count from when it came')

  const inbound = `${urls.shipping}/inbound-parcels/${crypto.randomUUID()}`
  await put('warehouse', inbound, { returnId: complaintId })
  await put('warehouse', `${inbound}/units/${crypto.randomUUID()}`, {
    ...{ lineId: '1', complete: true, wear: 'used', originalPackaging: true, fitForSale: false },
  })
  await put('warehouse', `${inbound}/closing`, { content: 'units' })
  const over = await until('the defective unit to be here', door, ({ defective }: { defective?: object }) => !defective)
  t.ok(over.cure.goodsReceivedAt)
  t.match((await call('support', 'GET', `${urls.returns}/returns/${complaintId}/case`)).body, {
    status: 'cured',
    closedAt: String,
  })

  await house.settle()
  const { payment } = await shop.read(order.id)
  t.match(payment, { captured: order.totals.total, refunded: 0 }, 'nothing is paid for it, nor paid back')
  const [booked] = klarna.orders().filter(({ merchant_reference1 }) => merchant_reference1 === order.number)
  t.equal(booked?.captures?.length, 1)
  const { body: changes } = await call('warehouse', 'GET', `${urls.orders}/products/${sku}/stock-changes`)
  t.strictSame(
    changes.items.map(({ units, reason, stock }: Record<string, unknown>) => [units, reason, stock]),
    [
      [10, 'opened', 10],
      [-1, 'replacement', 7],
    ],
    'what came back is not for sale',
  )
  for (const subject of [
    ...[/received your complaint/, /Answer to your complaint/, /How we put it right/],
    ...[/on their way to you/, /in order again/, /We have the goods/],
  ])
    await eventually(`a mail of ${subject}`, async () =>
      mailbox.to(email).some((mail) => subject.test(mail.subject ?? '')),
    )
})

t.test('a customer who lets the complaint be gets nothing, and the unit is for sale again', async (t) => {
  const { sku, order, door } = await complained('kari.lets-be@example.com')
  const { cureId } = (await put('storefront', `${door}/choice`, { remedy: 'replacement' })).body.cure
  await until('shipping to be asked for a new unit', `${urls.shipping}/shipments/${cureId}`, () => true)
  await put('storefront', `${door}/giving-up`)
  await until(
    'the new unit to be stopped',
    `${urls.shipping}/shipments/${cureId}`,
    ({ status }: { status: string }) => status === 'cancelled',
  )
  await house.settle()
  const { body } = await call('warehouse', 'GET', `${urls.orders}/products/${sku}/stock-changes`)
  t.match(body.items.at(-1), { units: 1, reason: 'replacement-stopped', stock: 8 })
  t.match((await shop.read(order.id)).payment, { captured: order.totals.total, refunded: 0 })
})
