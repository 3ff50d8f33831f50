import type { Fate } from '@vilkar/carrier-simulator/fates.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import { agree, haveLabel } from './agreeing.ts'
import { askBy } from './asking.ts'
import { type Bought, buy, pay } from './buying.ts'
import { complain } from './complaining.ts'
import { haveOffered } from './offered.ts'
import { takeUpOffer, withdraw } from './regretting.ts'
import { send } from './sending.ts'

/** Whoever does the likely thing every time: a consumer at home who buys lamps, pays, gets them and is in time. */
const likely: Random = {
  next: () => 0.5,
  fork: () => likely,
  between: (least, most) => Math.floor((least + most) / 2),
  chance: (share) => share > 0.5,
  pick: (values) => values[Math.floor(values.length / 2)]!,
}

/** Customers, from number `first` on, who do what few do: a year has it however short it is and whatever day it begins on. */
export const certainLives = (world: World, first: number): Life[] => [
  takeOfferedPrice(world, first),
  sendBackByLabel(world, first + 1),
  // After the period to withdraw in, and before that of the offer is over.
  boughtThen(world, first + 2, 20, takeUpOffer),
  boughtThen(world, first + 3, 40, complain),
  boughtThen(world, first + 4, 4, withdraw),
  beForgotten(world, first + 5),
  leave(world, first + 6),
  // Told by the carrier that signs, which is believed.
  onlyBuy(world, first + 7, 'imagined'),
  onlyBuy(world, first + 8, 'lost', 'refused'),
]

async function* bought(world: World, n: number, ...fates: Fate[]): AsyncGenerator<number, Bought> {
  const order = await buy(world, n, likely)
  await pay(order, 'approve')
  yield 1
  yield* send(world, order, likely, ...(fates.length > 0 ? fates : (['delivered', 'delivered'] as const)))
  return order
}

async function* onlyBuy(world: World, n: number, ...fates: Fate[]): Life {
  yield* bought(world, n, ...fates)
}

type Wish = (world: World, order: Bought, random: Random) => Life

/** So many days after the goods came. */
async function* boughtThen(world: World, n: number, days: number, wish: Wish): Life {
  const order = yield* bought(world, n)
  yield days
  yield* wish(world, order, likely)
}

async function* takeOfferedPrice(world: World, n: number): Life {
  yield* haveOffered(world, yield* bought(world, n), likely)
}

/** It is agreed that the shop pays for the way back, which needs its label. */
async function* sendBackByLabel(world: World, n: number): Life {
  const order = yield* bought(world, n)
  await agree(world, order, { withdrawalDays: 60, returnCost: 'seller' })
  for await (const days of withdraw(world, order, likely)) {
    const { body } = await world.ask('support', 'GET', `${world.urls.returns}/orders/${order.id}/returns`)
    for (const { id, status } of body.items as { id: string; status: string }[])
      if (status !== 'closed') await haveLabel(world, id, likely)
    yield days
  }
}

/** Takes back a consent, asks for what is held of them, and to be erased: by every way, until nobody may ask back any more. */
async function* beForgotten(world: World, n: number): Life {
  const order = yield* bought(world, n)
  yield* askBy(world, order, { kind: 'withdraw-consent', way: 'link', random: likely })
  yield* askBy(world, order, { kind: 'access', way: 'signed-in', random: likely })
  yield* askBy(world, order, { kind: 'access', way: 'letter', random: likely })
  yield 1
  yield* askBy(world, order, { kind: 'erase', way: 'letter', random: likely })
  yield 10
}

/** Leaves the page as it is: nothing is sold, and after a month nobody knows any more whose order it was. */
async function* leave(world: World, n: number): Life {
  await buy(world, n, likely)
  yield 35
}
