import { sayNo, sayYes } from './consents.ts'
import type { Life } from './life.ts'
import type { Me } from './me.ts'

/** A customer of a developer: orders now and then, is written to, has a profile made of them or not. */
export const developersLife: Life = {
  async before(me) {
    const { random, ago } = me
    if (random.chance(0.5)) {
      const since = random.between(10, 2_150)
      const order = await me.make('order', 'placed', { at: ago(since), longLived: random.chance(0.5) })
      await me.happen(order, 'document', ago(since - 3))
      await me.happen(order, 'delivered', ago(since - 7))
    }
    if (random.chance(0.4)) await me.make('letter', 'document', { at: ago(random.between(5, 1_460)) })
    if (random.chance(0.5)) await me.make('profile', 'made', { at: ago(random.between(5, 700)) })
  },
  acts: [
    [5, order],
    [2, (me) => me.make('letter', 'document')],
    [3, sayYes],
    [2, (me) => sayYes(me, 'profiling')],
    [2, sayNo],
    [1, (me) => sayNo(me, 'profiling')],
    [2, beProfiled],
    [1, leave],
  ],
}

async function order(me: Me) {
  const { random, later } = me
  const order = await me.make('order', 'placed', { longLived: random.chance(0.5) })
  await me.begin(order)
  later(random.between(1, 3), () => me.happen(order, 'document'))
  later(random.between(4, 12), async () => {
    await me.happen(order, 'delivered')
    await me.end(order)
  })
}

async function beProfiled(me: Me) {
  if (me.whole('profile').length === 0) await me.make('profile', 'made')
}

async function leave(me: Me) {
  for (const profile of me.whole('profile')) await me.happen(profile, 'ended')
}
