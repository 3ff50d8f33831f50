import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import { AGREED, agree } from './agreeing.ts'
import { askOfData } from './asking.ts'
import { buy, pay, statusOf } from './buying.ts'
import { complain } from './complaining.ts'
import { haveOffered } from './offered.ts'
import { takeUpOffer, withdraw } from './regretting.ts'
import { send } from './sending.ts'

const afterwards = { silence: 5, withdraw: 6, 'take-up-offer': 3, complain: 4 } as const

/**
 * One customer: buys on a day of the year, gets what was bought or not, and does what people do with it. Every stage has chances of its
 * own: what came of the one, which may hang on the day of the week, changes nothing of what is wanted in the next.
 */
export async function* live(world: World, n: number, { random, days }: { random: Random; days: number }): Life {
  yield random.between(0, days - 1)
  const order = await buy(world, n, random.fork())
  const [onTheWay, wishing, offered] = [random.fork(), random.fork(), random.fork()]
  // Some leave the page as it is; their order ends by itself.
  if (random.chance(0.04)) return
  await pay(order, random.chance(0.04) ? 'decline' : 'approve')
  yield 0
  // The provider tells the shop in its own time.
  if ((await statusOf(world, order)).startsWith('awaiting')) yield 1
  if ((await statusOf(world, order)) !== 'formed') return
  if (random.chance(0.06)) await cancel(world, order.id, random)
  if (random.chance(0.15)) await agree(world, order, random.pick(AGREED))
  const asking = random.fork()
  const asksBefore = asking.chance(0.12) ? asking.between(0, 3) : undefined
  yield* send(world, order, onTheWay)
  for (let wish = wishing.between(1, 3); wish > 0; wish -= 1) {
    // Some ask before all else, some while what they wanted is under way, and some when it is over.
    if (wish === asksBefore && (yield* askOfData(world, order, asking))) return
    yield* wishOf(world, { order, random: wishing.fork() })
  }
  if (asksBefore === 0 && (yield* askOfData(world, order, asking))) return
  if (offered.chance(0.1)) yield* haveOffered(world, order, offered)
}

/** Cancels the whole order, or some units of a line, before they leave or too late. */
async function cancel({ ask, urls }: World, id: string, random: Random) {
  const url = `${urls.orders}/orders/${id}`
  if (random.chance(0.5)) return void (await ask('storefront', 'PUT', `${url}/cancellation`, { by: 'customer' }))
  const { body } = await ask('support', 'GET', url)
  const { lineId, quantity } = random.pick(body.lines as { lineId: string; quantity: number }[])
  const some = { by: 'customer', quantity: random.between(1, quantity) }
  await ask('storefront', 'PUT', `${url}/lines/${lineId}/cancellation`, some)
}

/** What a customer wants with what they have: weighted, and after a while that makes it in time for some and late for others. */
async function* wishOf(
  world: World,
  { order, random }: { order: Awaited<ReturnType<typeof buy>>; random: Random },
): Life {
  const wishes = Object.entries(afterwards).flatMap(([wish, weight]) => Array<string>(weight).fill(wish))
  const wish = random.pick(wishes)
  if (wish === 'silence') return
  if (wish === 'withdraw') {
    yield random.between(0, 18)
    yield* withdraw(world, order, random)
  } else if (wish === 'take-up-offer') {
    yield random.between(10, 34)
    yield* takeUpOffer(world, order, random)
  } else {
    yield random.between(5, 90)
    yield* complain(world, order, random)
  }
}
