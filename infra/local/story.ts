import { eventually } from '@vilkar/testing/eventually.ts'
import { shop, stockUp } from './catalogue.ts'
import { beispiel, kari } from './customers.ts'
import { type Call, createCaller, payAt, type Urls } from './shopper.ts'
import type { Tell } from './timeline.ts'
import { day, moment, money } from './words.ts'

const PRICES_SHOWN = { incl: 'Prices are shown with VAT.', excl: 'Prices are shown without VAT.' }
const TAKEN = {
  'at-shipment': 'The money is taken when the goods are sent.',
  early: 'The money is taken before they are sent.',
}

/**
 * Plays one consumer order and one business order through the whole house, as their people would, and tells each step
 * with the clause behind it. Throws when a step does not end as it must.
 */
export async function playStory(urls: Urls, tell: Tell) {
  const call = createCaller(async (role) => (await fetch(`${urls.control}/tokens/${role}`)).text())
  await stockUp(call, urls, tell)
  await consumerOrder(call, urls, tell)
  await businessOrder(call, urls, tell)
}

/** A consumer's purchase until the goods are there, with nothing said of it afterwards; answers the order's id. */
export async function playPurchase(call: Call, urls: Urls, tell: Tell): Promise<string> {
  const { order } = await buy(call, urls, tell, {
    ...kari,
    ...{ lines: [{ sku: 'SENSOR-1', quantity: 1 }], deliveryOption: 'parcel' },
  })
  return order.id
}

type Shopping = (typeof kari | typeof beispiel) & {
  lines: { sku: string; quantity: number }[]
  deliveryOption: string
}

/** Quote, order, payment, confirmation, dispatch, capture and delivery: what both orders have in common. */
async function buy(call: Call, urls: Urls, tell: Tell, shopping: Shopping) {
  const { quote, order } = await place(call, urls, tell, shopping)
  const url = `${urls.orders}/orders/${order.id}`
  await payAt(order.payment.url)
  await form(call, urls, tell, url, shopping)
  await send(call, urls, tell, url, order, shopping)
  return { order, url, total: quote.totals.total as number }
}

async function place(
  call: Call,
  urls: Urls,
  tell: Tell,
  { customer, address, currency, email, lines, deliveryOption }: Shopping,
) {
  const locale = 'en'
  const { body: quote } = await call('storefront', 'POST', `${urls.orders}/quotes`, {
    body: {
      ...{ seller: shop(), lines, currency, customerKind: customer.kind, deliveryOption, locale },
      country: address.country,
    },
  })
  tell(
    'quoted',
    `${money(quote.totals.total, currency)} in all, of which VAT ${money(quote.totals.vat, currency)}. ${PRICES_SHOWN[quote.priceDisplay.show as 'incl']} ${TAKEN[quote.capture.timing as 'early']}`,
    ...quote.priceDisplay.reasons,
    ...quote.capture.reasons,
  )
  const body = {
    quoteId: quote.id,
    acceptedTermsSha256: quote.terms.sha256,
    customer,
    email,
    shippingAddress: address,
    locale,
  }
  const { body: order } = await call('storefront', 'POST', `${urls.orders}/orders`, {
    body,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  tell(
    'placed',
    `Order ${order.number}, under the terms of ${day(order.terms.edition.split('/')[1])}. The units are kept until ${moment(order.payment.reservedUntil)}.`,
  )
  return { quote, order }
}

/** The payment is approved; the confirmation reaches the customer and the contract is formed. */
async function form(call: Call, urls: Urls, tell: Tell, url: string, { email, currency }: Shopping) {
  const formed = await eventually('the contract to be formed', async () => {
    const { body: seen } = await call('storefront', 'GET', url)
    return seen.status === 'formed' && seen
  })
  const mails = (await call('storefront', 'GET', `${urls.control}/mails?to=${encodeURIComponent(email)}`)).body.items
  for (const { subject, attachments } of mails)
    tell('mailed', `"${subject}"${attachments.map((each: { filename: string }) => ` + ${each.filename}`).join('')}`)
  tell(
    'formed',
    `The contract is formed on ${moment(formed.formedAt)}. ${money(formed.payment.authorised, currency)} is authorised, nothing is taken.`,
    ...(await reasonsOf(call, url, 'ContractFormed')),
  )
}

/** The goods go to the carrier, which takes the payment, and two days later to the customer. */
async function send(
  call: Call,
  urls: Urls,
  tell: Tell,
  url: string,
  order: { id: string; number: string },
  { currency, address }: Shopping,
) {
  const requested = await eventually('the shipment to be requested', async () => {
    const { body: page } = await call('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${order.id}`)
    return page.items[0]
  })
  const shipment = `${urls.shipping}/shipments/${requested.id}`
  const trackingNumber = `NO${order.number.slice(3, 8)}`
  await call('warehouse', 'PUT', `${shipment}/dispatch`, { body: { carrier: 'Posten', trackingNumber } })
  const captured = await eventually('the payment to be captured', async () => {
    const { body: seen } = await call('storefront', 'GET', url)
    return seen.payment.captured > 0 && seen
  })
  const taken = `${money(captured.payment.captured, currency)} is taken.`
  tell('dispatched', 'The carrier has the goods.')
  tell('captured', taken, ...(await reasonsOf(call, url, 'PaymentCaptured')))
  const { body: underway } = await call('warehouse', 'GET', `${shipment}/risk`)
  tell('on its way', `If the parcel is lost now, that is the ${underway.bearer}’s loss.`, ...underway.reasons)

  await call('support', 'POST', `${urls.control}/clock`, { body: { advance: 'P2D' } })
  const parcel = `${urls.carriers}/__sim/parcels/bring/${trackingNumber}`
  await call('warehouse', 'POST', parcel, { body: { code: 'DELIVERED', signedBy: address.name } })
  await eventually(
    'the delivery to be known',
    async () => (await call('storefront', 'GET', url)).body.status === 'delivered',
  )
  const { body: risk } = await call('warehouse', 'GET', `${shipment}/risk`)
  tell(
    'delivered',
    `Two days later Posten tells that ${address.name} signed for the parcel. What happens to them is the ${risk.bearer}’s risk${risk.since ? ` since ${moment(risk.since)}` : ' still'}.`,
    ...risk.reasons,
  )
}

async function consumerOrder(call: Call, urls: Urls, tell: Tell) {
  tell('first', 'A consumer, Kari, buys a sensor and two cables.')
  const lines = [
    { sku: 'SENSOR-1', quantity: 1 },
    { sku: 'CABLE-2', quantity: 2 },
  ]
  const { order, total } = await buy(call, urls, tell, {
    ...kari,
    lines,
    deliveryOption: 'parcel',
  })

  await call('support', 'POST', `${urls.control}/clock`, { body: { advance: 'P5D' } })
  const eligibility = await eventually('the returns service to know of the delivery', async () => {
    const { body } = await call('support', 'GET', `${urls.returns}/orders/${order.id}/eligibility`)
    return body.lines[0].withdrawal.until !== undefined && body
  })
  const [first] = eligibility.lines
  tell(
    'asked',
    `Five days later Kari asks what holds for ${first.sku}: withdrawal until ${day(first.withdrawal.until)}, voluntary return until ${day(first.voluntaryReturn.until)}, complaints until ${day(first.complaint.until)}. The ${first.returnCost.bearer} pays for sending it back.`,
    ...first.withdrawal.reasons,
  )

  const { body: withdrawal } = await call('storefront', 'POST', `${urls.returns}/orders/${order.id}/withdrawals`, {
    body: { statement: 'I withdraw from the whole order.' },
  })
  tell(
    'withdrawn',
    `Kari withdraws from the whole order. The goods are to be sent back by ${day(withdrawal.sendBackBy)}, and ${money(withdrawal.refundEstimate, 'NOK')} will be paid back.`,
    ...withdrawal.reasons,
  )
  await eventually('the receipt by mail', async () => {
    const { items } = (await call('support', 'GET', `${urls.control}/mails?to=kari@example.com`)).body
    return items.some(({ subject }: { subject: string }) => /withdrawal|angremelding/.test(subject))
  })
  tell('mailed', 'The withdrawal is acknowledged by mail at once.')

  await call('support', 'POST', `${urls.control}/clock`, { body: { advance: 'P3D' } })
  const { body: received } = await call('warehouse', 'PUT', `${urls.returns}/returns/${withdrawal.id}/receipt`, {
    body: { fitForSale: withdrawal.lines.map(({ lineId, quantity }: Line) => ({ lineId, quantity })) },
  })
  tell(
    'received',
    `Three days later the goods are back, fit for sale and in stock again. ${money(received.refund.amount, 'NOK')} is to be paid back by ${day(received.refund.dueOn)}.`,
    ...received.refund.reasons,
  )
  const closed = await eventually('the refund to arrive', async () => {
    const { body } = await call('support', 'GET', `${urls.returns}/returns/${withdrawal.id}`)
    return body.status === 'closed' && body
  })
  tell('refunded', `${money(closed.closed.amount, 'NOK')} is paid back the way it was paid. The return is closed.`)
  if (closed.closed.amount !== total)
    throw new Error(`The consumer paid ${total} and got ${closed.closed.amount} back.`)
}

type Line = { lineId: string; quantity: number }

async function businessOrder(call: Call, urls: Urls, tell: Tell) {
  tell('then', 'A business in Germany buys ten cables in euro.')
  const { order } = await buy(call, urls, tell, {
    ...beispiel,
    lines: [{ sku: 'CABLE-2', quantity: 10 }],
    deliveryOption: 'express',
  })
  const refused = await eventually('the returns service to know the order', async () => {
    const answer = await call('storefront', 'POST', `${urls.returns}/orders/${order.id}/withdrawals`, {
      body: {},
      expect: [404, 409],
    })
    return answer.status === 409 && answer
  })
  if (refused.body.type !== '/problems/withdrawal-refused')
    throw new Error(`The business was answered ${JSON.stringify(refused.body)}`)
  tell('refused', `The business wants to withdraw: ${refused.body.detail}`, ...refused.body.reasons)
}

async function reasonsOf(call: Call, orderUrl: string, type: string) {
  const { body } = await call('storefront', 'GET', `${orderUrl}/history`)
  return body.items.find((item: { type: string }) => item.type === type)?.reasons ?? []
}
