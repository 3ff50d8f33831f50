import { setTimeout as pause } from 'node:timers/promises'
import { createPeople, type People } from '@vilkar/storm/people/people.ts'
import { until } from '@vilkar/storm/people/persist.ts'
import { createRandom, type Random } from '@vilkar/storm/random.ts'
import type { House } from './house.ts'

/** Nobody waits longer for a house that is away than until so many wait. */
const MOST_AT_ONCE = 32

/**
 * Steady load: so many customers a second, each with an order that the warehouse sends and that may be cancelled or withdrawn
 * from, and support at the alarms. `stop` ends it where it stands: nobody begins anything more.
 */
export async function startLoad(house: House, { seed, perSecond }: { seed: number; perSecond: number }) {
  const { witness, urls, simulator, clock, pools } = house
  const people = createPeople({
    ...{ clock, urls, simulator, call: witness.call },
    lives: { set() {}, take: () => undefined },
    books: pools.orders,
    goods: pools,
  })
  await people.stockUp()
  const support = people.attend()
  let going = true
  let customers = 0
  let atOnce = 0
  const failures: unknown[] = []
  async function serve() {
    for (; going; await pause(1_000 / perSecond)) {
      if (atOnce >= MOST_AT_ONCE) continue
      const n = customers++
      atOnce += 1
      live(people, n, createRandom(seed * 1_000_003 + n))
        .catch((error) => failures.push(error))
        .finally(() => {
          atOnce -= 1
        })
    }
  }
  const serving = serve()
  return {
    customers: () => customers,
    /** What people could not make sense of. */
    failures: (): readonly unknown[] => failures,
    async stop() {
      going = false
      witness.curtain()
      // Support waits behind the curtain with everybody else.
      void support.stop()
      await serving
    },
  }
}

/** The life of one order at a provider that never errs. */
async function live(people: People, n: number, random: Random): Promise<void> {
  const order = await people.buy(n, random)
  const declines = random.chance(0.06)
  const regrets = declines || random.chance(0.06)
  await people.pay(order, declines ? 'decline' : 'approve', regrets, random)
  if (regrets) return people.cancel(order.id)
  await until('the contract is formed', async () =>
    ['awaiting-payment', 'awaiting-confirmation'].includes(await people.statusOf(order.id)) ? undefined : true,
  )
  if ((await people.statusOf(order.id)) === 'cancelled') return
  const changeMind = async () => {
    if (order.kind === 'consumer' && random.chance(0.5)) await people.withdraw(order.id, random)
    else await people.cancelSome(order.id, random)
  }
  if (random.chance(0.1)) await people.cancel(order.id)
  else if (random.chance(0.15)) await changeMind()
  const sent = await people.send(order.id, random, async () => {
    if (random.chance(0.1)) await changeMind()
  })
  if (sent && order.kind === 'consumer' && random.chance(0.5)) await people.giveBack(order.id, random)
}
