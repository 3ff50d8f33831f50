import type { ServiceName } from '@vilkar/contracts/event.ts'
import { type Call, payAt } from '@vilkar/local/shopper.ts'
import { eventually } from '@vilkar/testing/eventually.ts'

export const home = { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
const consumer = { kind: 'consumer' as const, name: 'Kari Eksempel' }
export const business = { kind: 'business' as const, name: 'Eksempel AS', organisationNumber: '999615147' }

type Customer = typeof consumer | typeof business
type Cart = {
  sku: string
  quantity?: number
  customer?: Customer
  email?: string
  currency?: 'NOK' | 'EUR'
  address?: typeof home
}
type Placed = { id: string; number: string; payment: { url: string }; totals: { total: number } }

/** What people do with the house, over HTTP alone. `stocked` remembers how many units of each SKU there were at first. */
export function createShop({
  call,
  urls: { orders, shipping, returns },
  stocked,
}: {
  call: Call
  urls: Record<ServiceName, string>
  stocked: Map<string, number>
}) {
  const read = async (orderId: string) => (await call('support', 'GET', `${orders}/orders/${orderId}`)).body

  /** A product of the caller's own. */
  async function stock(units: number) {
    const sku = `SKU-${crypto.randomUUID().slice(0, 8).toUpperCase()}`
    const name = { nb: 'Kabel', en: 'Cable' }
    const body = { name, priceNok: 19_900, priceEur: 1_390, vatRate: 2500, stock: units }
    await call('warehouse', 'PUT', `${orders}/products/${sku}`, { body })
    stocked.set(sku, units)
    return sku
  }

  /** Asks for a quote; nobody could be paid for one that is answered with 409. */
  const quoteFor = ({ sku, quantity = 1, customer = consumer, currency = 'NOK', address = home }: Cart) => {
    const lines = [{ sku, quantity }]
    const body = { lines, currency, customerKind: customer.kind, country: address.country, locale: 'en' }
    return call('storefront', 'POST', `${orders}/quotes`, { body, expect: [201, 409] })
  }

  /** Asks for a quote and makes it the body of a placement. */
  async function cart(wanted: Cart) {
    const { customer = consumer, email = 'kari@example.com', address = home } = wanted
    const { body: quote } = await quoteFor(wanted)
    return {
      quoteId: quote.id,
      acceptedTermsSha256: quote.terms.sha256,
      customer,
      email,
      shippingAddress: address,
      locale: 'en',
    }
  }
  const send = (body: object, key: string = crypto.randomUUID(), expect = [201], url = orders) =>
    call('storefront', 'POST', `${url}/orders`, { body, headers: { 'idempotency-key': key }, expect })

  const place = async (wanted: Cart): Promise<Placed> => (await send(await cart(wanted))).body

  /** Approves the payment on the hosted page. */
  const pay = ({ payment }: Placed) => payAt(payment.url)

  /** Waits until the contract of a paid order is formed and its shipment requested; answers the shipment's id. */
  async function shipmentOf({ id }: Placed): Promise<string> {
    await eventually('the contract to be formed', async () => (await read(id)).status === 'formed')
    return eventually('the shipment to be requested', async () => {
      const { body } = await call('warehouse', 'GET', `${shipping}/shipments?orderId=${id}`)
      return body.items[0]?.id
    })
  }

  async function dispatch(shipmentId: string, orderId: string) {
    const body = { carrier: 'Posten', trackingNumber: 'NO12345' }
    await call('warehouse', 'PUT', `${shipping}/shipments/${shipmentId}/dispatch`, { body })
    return eventually('the payment to be captured', async () => {
      const order = await read(orderId)
      return order.payment.captured > 0 && order
    })
  }

  async function deliver(shipmentId: string, orderId: string, receivedBy = home.name) {
    const body = { receivedBy, takenBy: 'customer' }
    await call('warehouse', 'PUT', `${shipping}/shipments/${shipmentId}/delivery`, { body })
    await eventually('the delivery to be known', async () => (await read(orderId)).status === 'delivered')
  }

  const withdraw = (orderId: string) =>
    eventually('returns to know the order', async () => {
      const said = { body: {}, expect: [201, 404] }
      const { status, body } = await call('storefront', 'POST', `${returns}/orders/${orderId}/withdrawals`, said)
      return status === 201 && body
    })

  return { read, stock, quoteFor, cart, send, place, pay, shipmentOf, dispatch, deliver, withdraw }
}
export type Shop = ReturnType<typeof createShop>
