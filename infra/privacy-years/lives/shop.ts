import { chooseCookies, sayNo, sayYes } from './consents.ts'
import type { Life } from './life.ts'
import type { Me } from './me.ts'

const DAY = 24 * 3_600_000

/** A customer of a shop: buys with and without an account, asks for help, complains, subscribes, and is silent for years. */
export const shopLife: Life = {
  async before(me) {
    const { random, ago } = me
    if (random.chance(0.5)) {
      const since = random.between(10, 2_150)
      const order = await me.make('order', 'placed', { at: ago(since), longLived: random.chance(0.5) })
      await me.happen(order, 'document', ago(since - 3))
      await me.happen(order, 'delivered', ago(since - 7))
      if (random.chance(0.4)) {
        await me.begin(order)
        await me.end(order, ago(random.between(Math.max(0, since - 700), Math.max(0, since - 20))))
      }
    }
    if (random.chance(0.5)) await me.make('account', 'activity', { at: ago(random.between(1, 760)) })
    if (random.chance(0.2))
      await me.make('support', 'closed', { at: ago(random.between(5, 1_150)), longLived: random.chance(0.4) })
    if (random.chance(0.2)) await me.make('letter', 'document', { at: ago(random.between(5, 1_460)) })
    if (random.chance(0.2)) await me.make('cookie-log', 'ended', { at: ago(random.between(5, 700)) })
  },
  acts: [
    [6, order],
    [4, visitAccount],
    [2, askForHelp],
    [3, sayYes],
    [2, sayNo],
    [1, chooseCookies],
    [1, (me) => me.make('letter', 'document')],
  ],
}

async function visitAccount(me: Me) {
  const [account] = me.whole('account')
  if (account === undefined) await me.make('account', 'activity')
  else await me.happen(account, 'activity')
}

async function order(me: Me) {
  const { random, later, time } = me
  const order = await me.make('order', 'placed', { longLived: random.chance(0.5) })
  const [account] = me.whole('account')
  if (account) await me.happen(account, 'activity')
  if (random.chance(0.08)) return later(random.between(1, 3), () => me.happen(order, 'cancelled'))
  later(random.between(1, 3), () => me.happen(order, 'document'))
  later(random.between(4, 9), async () => {
    await me.happen(order, 'delivered')
    if (random.chance(0.1)) order.busyUntil = time.at() + DAY * random.between(10, 60)
  })
  if (random.chance(0.2)) later(random.between(12, 600), () => complain(me, order))
}

async function complain(me: Me, order: Awaited<ReturnType<Me['make']>>) {
  if (order.state !== 'whole') return
  await me.begin(order)
  me.later(me.random.between(5, 90), async () => {
    if (me.random.chance(0.5)) await me.happen(order, 'document')
    await me.end(order)
  })
}

async function askForHelp(me: Me) {
  const support = await me.make('support', 'opened', { longLived: me.random.chance(0.4) })
  me.later(me.random.between(1, 40), () => me.happen(support, 'closed'))
}
