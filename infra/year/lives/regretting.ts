import { someOf } from '@vilkar/storm/people/some-of.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import { decideOtherwise, giveBackDeduction, haveLabel } from './agreeing.ts'
import { type Bought, buy, pay } from './buying.ts'
import { send } from './sending.ts'

type Units = { lineId: string; quantity: number }
const ways = ['storefront', 'phone', 'letter', 'function', 'unclear'] as const

/** What an order still lets its customer give back, by the desk's own answer. */
async function returnableOf({ ask, urls }: World, { id }: Bought): Promise<Units[]> {
  const { body } = await ask('support', 'GET', `${urls.returns}/orders/${id}/eligibility`)
  return ((body.lines ?? []) as { lineId: string; returnable: number }[])
    .filter(({ returnable }) => returnable > 0)
    .map(({ lineId, returnable }) => ({ lineId, quantity: returnable }))
}

/** Withdraws from some units by one way or another, in time or not, and sends them back, or does not. */
export async function* withdraw(world: World, order: Bought, random: Random): Life {
  const returnable = await returnableOf(world, order)
  if (returnable.length === 0) return
  const lines = someOf(returnable, random)
  await declare(world, order, { lines, way: random.pick(ways), random })
  if (random.chance(0.3)) await decideOtherwise(world, order, 'withdrawal', lines)
  // The desk has a day to find out what an unclear letter means.
  yield 1
  const { body } = await world.ask('support', 'GET', `${world.urls.returns}/orders/${order.id}/returns`)
  for (const { id, status } of body.items as { id: string; status: string }[])
    if (status !== 'closed') {
      if (random.chance(0.2)) yield* haveInstead(world, order, { returnId: id, random })
      // Where the way back is the seller's to pay; whoever pays it themselves is told so.
      if (random.chance(0.3)) await haveLabel(world, id, random)
      yield* sendBack(world, id, random)
      if (!random.chance(0.3)) continue
      yield 30
      await giveBackDeduction(world, order, id)
    }
}

type Instead = { returnId: string; random: Random }

/** Buys something else, and says that it is had instead; some never pay for it. */
async function* haveInstead(world: World, order: Bought, { returnId, random }: Instead): Life {
  const { ask, urls } = world
  const other = await buy(world, order.n, random, `year-${order.n}-instead-of-${returnId}`)
  const isPaid = random.chance(0.9)
  if (isPaid) await pay(other, 'approve')
  yield 1
  const exchange = `${urls.returns}/orders/${order.id}/exchanges/${crypto.randomUUID()}`
  await ask('storefront', 'PUT', exchange, { returnId, newOrderId: other.id })
  if (isPaid) yield* send(world, other, random)
}

type Declaring = { lines: Units[]; way: (typeof ways)[number]; random: Random }

async function declare({ ask, urls, clock }: World, order: Bought, { lines, way, random }: Declaring) {
  const withdrawals = `${urls.returns}/orders/${order.id}/withdrawals`
  if (way === 'storefront') await ask('storefront', 'POST', withdrawals, { lines })
  else if (way === 'phone') await ask('support', 'POST', withdrawals, { lines, channel: 'phone' })
  else if (way === 'letter') {
    const noticeSentAt = clock
      .now()
      .subtract({ hours: 24 * random.between(1, 4) })
      .toString()
    await ask('support', 'POST', withdrawals, { lines, channel: 'letter', noticeSentAt })
  } else if (way === 'function') {
    const { name, number: orderNumber, email } = order
    const drafted = await ask('storefront', 'POST', `${urls.returns}/withdrawal-function/drafts`, {
      ...{ name, orderNumber, email, lines },
    })
    if (drafted.status < 300)
      await ask('storefront', 'POST', `${urls.returns}/withdrawal-function/confirmations`, {
        draft: drafted.body.draft,
      })
  } else
    await ask('support', 'POST', `${urls.returns}/statements`, {
      ...{ channel: 'email', statement: `I am sorry about what I bought of you. ${order.id}` },
      ...{ name: order.name, email: order.email },
    })
}

/** The goods of a withdrawal go back: shown by a receipt or not, whole or not, or never. */
async function* sendBack({ ask, urls, clock }: World, returnId: string, random: Random): Life {
  const url = `${urls.returns}/returns/${returnId}`
  if (random.chance(0.12)) return
  yield random.between(1, 16)
  if (random.chance(0.4)) {
    const sent = { carrier: 'Posten', trackingNumber: `B${returnId.slice(-12).toUpperCase()}` }
    await ask('storefront', 'PUT', `${url}/proof-of-sending`, { ...sent, sentAt: clock.now().toString() })
    // Some are sent, and never arrive.
    if (random.chance(0.1)) return
  }
  yield random.between(1, 5)
  const { body } = await ask('warehouse', 'GET', url)
  const coming = (body.left ?? body.lines ?? []) as Units[]
  if (coming.length === 0) return
  if (random.chance(0.5)) {
    await ask('warehouse', 'PUT', `${url}/receipt`, {})
    if (random.chance(0.3)) return
  }
  const units = coming.map(({ lineId, quantity }) => ({
    ...{ lineId, quantity, complete: random.chance(0.95), fitForSale: random.chance(0.8) },
    ...{
      wear: random.pick(['none', 'tried', 'tried', 'used'] as const),
      seal: random.pick(['intact', 'broken'] as const),
    },
  }))
  await ask('warehouse', 'PUT', `${url}/inspection`, { units: random.chance(0.03) ? [] : units })
}

/** Sends some units back by the offer of the terms, which asks that they are as new; or keeps them after all. */
export async function* takeUpOffer(world: World, order: Bought, random: Random): Life {
  const { ask, urls } = world
  const returnable = await returnableOf(world, order)
  if (returnable.length === 0) return
  const lines = someOf(returnable, random)
  const { status, body } = await ask('storefront', 'POST', `${urls.returns}/orders/${order.id}/voluntary-returns`, {
    lines,
  })
  if (status !== 201 && random.chance(0.3)) await decideOtherwise(world, order, 'voluntary-return', lines)
  if (status !== 201) return
  const url = `${urls.returns}/voluntary-returns/${body.id}`
  yield random.between(1, 12)
  if (random.chance(0.15)) return
  if (random.chance(0.1)) return void (await ask('storefront', 'PUT', `${url}/giving-up`))
  const condition = () => ({
    unused: random.chance(0.85),
    undamaged: random.chance(0.9),
    originalPackaging: random.chance(0.9),
  })
  const units = lines.map((line) => ({ ...line, ...condition(), fitForSale: random.chance(0.8) }))
  if (random.chance(0.4)) {
    await ask('warehouse', 'PUT', `${url}/receipt`, {})
    yield 1
  }
  await ask('warehouse', 'PUT', `${url}/check`, { units })
}
