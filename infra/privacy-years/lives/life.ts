import { developersLife } from './developers-site.ts'
import type { Me } from './me.ts'
import { memberLife } from './member-portal.ts'
import { photoLife } from './photo-store.ts'
import { shopLife } from './shop.ts'
import { dispute, wish } from './wishes.ts'

type Act = (me: Me) => Promise<unknown>
/** What was before the systems began to tell, and what people do, each by how often. */
export type Life = { before: Act; acts: readonly (readonly [often: number, act: Act])[] }

const lives: Record<string, Life> = {
  shop: shopLife,
  'photo-store': photoLife,
  'developers-site': developersLife,
  'member-portal': memberLife,
}
/** So many of the acts of anybody are about their data. */
const WISHES = 0.06
const DISPUTES = 0.02
/** One of so many falls silent for about two years. */
const SILENCE = 0.12

/** Lives somebody's years: what was before, and then one thing after another, with days or years between. */
export async function live(me: Me, play: string, within: number) {
  const { before, acts } = lives[play]!
  const all = acts.flatMap(([often, act]) => Array<Act>(often).fill(act))
  const { random, later } = me
  const next = () => later(random.chance(SILENCE) ? random.between(700, 800) : random.between(2, 160), goOn)
  async function goOn() {
    const act = random.chance(WISHES) ? wish : random.chance(DISPUTES) ? dispute : random.pick(all)
    await act(me)
    next()
  }
  later(random.between(1, within), async () => {
    await before(me)
    next()
  })
}
