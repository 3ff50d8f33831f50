import { randomUUID } from 'node:crypto'
import { createCaller, payAt } from '@vilkar/local/shopper.ts'
import type { Stack } from '@vilkar/local/stack.ts'
import { playStory } from '@vilkar/local/story.ts'
import type { Party } from './requests.ts'

/** Stands in the orders of a customer who is none of the parties: nobody but staff may ever be told it. */
export const SECRET = 'Zacharias Hemmelig-Marker'
const SECRET_ORDERS = 2

const CUSTOMER = ['orders:place', 'orders:read', 'orders:cancel', 'returns:read', 'returns:write']
const ALL = [
  ...CUSTOMER,
  'products:write',
  'mail:events',
  'shipments:read',
  'shipments:write',
  'privacy:read',
  'privacy:write',
  'privacy:ask',
  'holdings:write',
  'service',
  'staff',
]

/** The token of each party; the liar's is of nobody's making. */
export async function tokensOf({ issuer }: Pick<Stack, 'issuer'>): Promise<Record<Party, string | undefined>> {
  return {
    all: await issuer.tokenFor('all', ALL),
    stranger: await issuer.tokenFor('stranger', CUSTOMER),
    nobody: undefined,
    liar: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGwifQ.AAAA',
  }
}

/** A shop in which something happened: the story's orders, sent, received and withdrawn from, and those of a customer with a secret. */
export async function openShop({ urls }: Pick<Stack, 'urls'>) {
  await playStory(urls, () => {})
  const call = createCaller(async (role) => (await fetch(`${urls.control}/tokens/${role}`)).text())
  const address = { name: SECRET, street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
  for (let i = 0; i < SECRET_ORDERS; i += 1) {
    const lines = [{ sku: 'SENSOR-1', quantity: 2 }]
    const cart = { lines, currency: 'NOK', customerKind: 'consumer', country: 'NO', locale: 'en' }
    const quote = await call('customer', 'POST', `${urls.orders}/quotes`, { body: cart })
    const { body: order } = await call('customer', 'POST', `${urls.orders}/orders`, {
      headers: { 'idempotency-key': randomUUID() },
      body: {
        quoteId: quote.body.id,
        acceptedTermsSha256: quote.body.terms.sha256,
        customer: { kind: 'consumer', name: SECRET },
        ...{ email: 'secret@shop.example', shippingAddress: address, locale: 'en' },
      },
    })
    await payAt(order.payment.url)
  }
}
