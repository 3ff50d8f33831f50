import { payAt } from '@vilkar/local/shopper.ts'
import { home, places } from '@vilkar/storm/people/places.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { World } from '../world.ts'

/** Goods of every kind that the rules tell apart; prices in minor units. */
export const goods = {
  LAMP: { priceNok: 49_900, priceEur: 4_490, vatRate: 2500, traits: {} },
  SENSOR: { priceNok: 129_900, priceEur: 11_490, vatRate: 2500, traits: { longLived: true } },
  EARPLUGS: { priceNok: 19_900, priceEur: 1_790, vatRate: 2500, traits: { hygieneSealed: true } },
  SIGN: { priceNok: 89_900, priceEur: 7_990, vatRate: 2500, traits: { madeToOrder: true } },
  TEA: { priceNok: 9_900, priceEur: 890, vatRate: 1500, traits: {} },
}

export async function stockUp({ ask, urls }: World) {
  for (const [sku, { priceNok, priceEur, vatRate, traits }] of Object.entries(goods)) {
    const body = { name: { nb: sku, en: sku }, priceNok, priceEur, vatRate, traits, stock: 1_000_000 }
    const { status } = await ask('warehouse', 'PUT', `${urls.orders}/products/${sku}`, body)
    if (status >= 300) throw new Error(`${sku} was not taken: ${status}`)
  }
}

export type Bought = {
  /** Whose order it is. */
  n: number
  id: string
  number: string
  name: string
  email: string
  isConsumer: boolean
  paymentUrl: string
}

/** Quotes and places an order from somewhere in the world; at home, where the payment provider takes nothing from there. */
export async function buy({ ask, urls, diary }: World, n: number, random: Random, key = `year-${n}`): Promise<Bought> {
  const kind = random.chance(0.9) ? 'consumer' : 'business'
  const skus = Object.keys(goods).filter(() => random.chance(0.35))
  const lines = (skus.length > 0 ? skus : ['LAMP']).map((sku) => ({ sku, quantity: random.between(1, 3) }))
  const locale = random.pick(['nb', 'en'] as const)
  const quoteIn = (country: string, currency: string) =>
    ask('storefront', 'POST', `${urls.orders}/quotes`, { lines, customerKind: kind, locale, country, currency })
  let from = random.chance(0.8) ? home : random.pick(places)
  let quoted = await quoteIn(from.country, from === home ? 'NOK' : 'EUR')
  if (quoted.status >= 400) {
    from = home
    quoted = await quoteIn(home.country, 'NOK')
  }
  const name = `Customer ${n}`
  const email = `customer-${n}@example.com`
  const customer = kind === 'consumer' ? { kind, name } : { kind, name, organisationNumber: from.organisationNumber }
  const { status, body } = await ask(
    'storefront',
    'POST',
    `${urls.orders}/orders`,
    {
      ...{ quoteId: quoted.body.id, acceptedTermsSha256: quoted.body.terms.sha256, customer, email, locale },
      shippingAddress: { name, ...from.address },
    },
    { 'idempotency-key': key },
  )
  if (status !== 201) throw new Error(`Order ${n} was not taken: ${JSON.stringify(body)}`)
  const { id, number, payment } = body
  diary.bought(n, { id, name, email })
  return { n, id, number, name, email, isConsumer: kind === 'consumer', paymentUrl: payment.url }
}

/** Goes to the payment page and presses a button there. */
export const pay = ({ paymentUrl }: Bought, choice: 'approve' | 'decline') => payAt(paymentUrl, choice)

export const statusOf = async ({ ask, urls }: World, { id }: Bought): Promise<string> =>
  (await ask('support', 'GET', `${urls.orders}/orders/${id}`)).body.status
