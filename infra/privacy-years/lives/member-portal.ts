import { afterDay, dayOf } from '../check/days.ts'
import { askGuardian, sayNo, sayYes } from './consents.ts'
import type { Life } from './life.ts'
import type { Me } from './me.ts'

/** A member of a club: joins, pays each year, leaves at once or with the year, and asks the portal about what is the club's. */
export const memberLife: Life = {
  async before(me) {
    const { random, ago } = me
    for (let year = random.between(0, 5); year > 0; year -= 1)
      await me.make('payment', 'paid', { at: ago(365 * year + random.between(0, 200)) })
    if (random.chance(0.5)) await me.make('account', 'opened', { at: ago(random.between(1, 900)) })
    if (random.chance(0.6)) await becomeMember(me, ago(random.between(1, 900)))
  },
  acts: [
    [4, join],
    [3, (me) => me.make('payment', 'paid')],
    [2, leave],
    [1, closeAccount],
    [3, sayYes],
    [2, sayNo],
    [1, askAboutTheClub],
  ],
}

async function join(me: Me) {
  if (me.whole('account').length === 0) await me.make('account', 'opened')
  await becomeMember(me)
  await me.make('payment', 'paid')
}

/** Who is a child becomes a member once a guardian has consented to that. */
async function becomeMember(me: Me, at?: number) {
  if (me.person.isChild) return askGuardian(me, 'membership', () => me.make('member', 'joined'))
  await me.make('member', 'joined', { ...(at !== undefined && { at }) })
}

/** At once, or with the last day of the year, which is told beforehand. */
async function leave(me: Me) {
  const [member] = me.whole('member').filter(({ happened }) => !happened.some(({ what }) => what === 'ended'))
  if (member === undefined) return
  if (me.random.chance(0.5)) return me.happen(member, 'ended')
  const { year } = dayOf(me.time.at())
  await me.happen(member, 'ended', afterDay(Temporal.PlainDate.from({ year, month: 12, day: 31 })) - 1)
}

async function closeAccount(me: Me) {
  const [account] = me.whole('account')
  if (account) await me.happen(account, 'ended')
}

/** The club decides about its register: what is asked of the portal waits to be passed on, and nothing goes. */
async function askAboutTheClub(me: Me) {
  const { status } = await me.request('erase', { purpose: 'membership' })
  if (status !== 'to-pass-on') throw new Error(`A request about a membership is ${status}, and not to be passed on.`)
}
