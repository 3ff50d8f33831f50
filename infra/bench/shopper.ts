import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { createClient } from './load.ts'

/** How often a shopper who waits looks at the order; one who is alone looks more often, so that it is not that which is measured. */
const LOOK_EVERY_MS = 250
const LOOK_EVERY_ALONE_MS = 5
type Client = ReturnType<typeof createClient>
export type Placed = { id: string; payment: { url: string } }

/** Quotes and places an order of two lines. */
export const createPlacing = (client: Client) => async (): Promise<Placed> => {
  const first = Math.floor(Math.random() * 900)
  const lines = [
    { sku: `P-${first}`, quantity: 1 },
    { sku: `P-${first + 1}`, quantity: 2 },
  ]
  const cart = JSON.stringify({ lines, currency: 'NOK', customerKind: 'consumer', country: 'NO', locale: 'en' })
  const quote = JSON.parse(await (await client.call('POST', '/quotes', 201, cart)).text())
  const order = JSON.stringify({
    quoteId: quote.id,
    acceptedTermsSha256: quote.terms.sha256,
    customer: { kind: 'consumer', name: 'Kari Eksempel' },
    email: `kari-${randomUUID()}@example.com`,
    shippingAddress: { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
    locale: 'en',
  })
  const placed = await client.call('POST', '/orders', 201, order, { 'idempotency-key': randomUUID() })
  return JSON.parse(await placed.text())
}

/** Follows the link of an order to its page, and approves the payment. */
export async function pay({ payment }: Placed) {
  const page = await pageOf(payment.url)
  await (await fetch(page, { method: 'POST', redirect: 'manual', headers: FORM, body: 'choice=approve' })).arrayBuffer()
}

/** One order, the whole way; gives how long it took from the approval to the contract, in milliseconds. */
export const createShopper = (client: Client, place: () => Promise<Placed>) => async (alone: boolean) => {
  const placed = await place()
  const { id } = placed
  await pay(placed)
  const approved = performance.now()
  for (;;) {
    const { status } = JSON.parse(await (await client.call('GET', `/orders/${id}`, 200)).text())
    if (status === 'formed') return performance.now() - approved
    if (status === 'cancelled' || status === 'unformed') throw new Error(`Order ${id} is ${status}.`)
    await pause(alone ? LOOK_EVERY_ALONE_MS : LOOK_EVERY_MS)
  }
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Where the payment link leads, as soon as it leads anywhere. */
async function pageOf(url: string) {
  for (;;) {
    const hop = await fetch(url, { redirect: 'manual' })
    await hop.arrayBuffer()
    if (hop.status === 303) return hop.headers.get('location')!
    if (hop.status !== 503) throw new Error(`The payment link answered ${hop.status}.`)
    await pause(Number(hop.headers.get('retry-after') ?? 1) * 1_000)
  }
}
