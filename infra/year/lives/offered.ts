import { home } from '@vilkar/storm/people/places.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import { type Bought, goods, pay } from './buying.ts'
import { send } from './sending.ts'

const FOR_DAYS = 4
/** So much below the catalogue a unit is offered, in minor units. */
const LESS = 10_000

/** Is offered lamps at a price of their own: some buy them, with time left or too late, and some try to have them twice. */
export async function* haveOffered(world: World, order: Bought, random: Random): Life {
  const { ask, urls, clock } = world
  const offerId = crypto.randomUUID()
  const quantity = random.between(1, 3)
  const lines = [{ sku: 'LAMP', quantity, unitPrice: goods.LAMP.priceNok - LESS }]
  const until = clock.now().add({ hours: 24 * FOR_DAYS })
  const { status } = await ask('support', 'PUT', `${urls.orders}/orders/${order.id}/price-offers/${offerId}`, {
    ...{ lines, currency: 'NOK', until: until.toString(), reason: 'They asked nicely.' },
  })
  if (status !== 201) return
  yield random.chance(0.3) ? FOR_DAYS + 1 : random.between(0, FOR_DAYS - 1)
  const times = random.chance(0.3) ? 2 : 1
  for (let time = 1; time <= times; time += 1) {
    const onTheWay = random.fork()
    const bought = await buyOffered(world, order, { offerId, quantity, time })
    if (!bought) continue
    await pay(bought, 'approve')
    yield 1
    yield* send(world, bought, onTheWay)
  }
}
type Offered = { offerId: string; quantity: number; time: number }

async function buyOffered(world: World, { n, name, email, isConsumer }: Bought, offered: Offered) {
  const { ask, urls } = world
  const { offerId, quantity, time } = offered
  const kind = isConsumer ? 'consumer' : 'business'
  const quoted = await ask('storefront', 'POST', `${urls.orders}/quotes`, {
    ...{ lines: [{ sku: 'LAMP', quantity }], customerKind: kind, locale: 'nb', country: home.country, currency: 'NOK' },
    priceOffer: offerId,
  })
  if (quoted.status >= 400) return undefined
  const number = isConsumer ? {} : { organisationNumber: home.organisationNumber }
  const { status, body } = await ask(
    'storefront',
    'POST',
    `${urls.orders}/orders`,
    {
      ...{ quoteId: quoted.body.id, acceptedTermsSha256: quoted.body.terms.sha256, email, locale: 'nb' },
      ...{ customer: { kind, name, ...number }, shippingAddress: { name, ...home.address } },
    },
    { 'idempotency-key': `year-${n}-offered-${offerId}-${time}` },
  )
  if (status !== 201) return undefined
  const { id, number: orderNumber, payment } = body
  return { n, id, number: orderNumber, name, email, isConsumer, paymentUrl: payment.url } as Bought
}
