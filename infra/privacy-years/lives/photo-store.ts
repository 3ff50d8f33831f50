import { sayNo, sayYes } from './consents.ts'
import type { Life } from './life.ts'
import type { Me } from './me.ts'

const DAY = 24 * 3_600_000

/** Somebody who has pictures printed: as a guest or with an account, again after nearly two years, or never again. */
export const photoLife: Life = {
  async before(me) {
    const { random, ago } = me
    if (random.chance(0.5)) await me.make('account', 'opened', { at: ago(random.between(1, 900)) })
    if (random.chance(0.4)) await me.make('saved-photos', 'saved', { at: ago(random.between(1, 740)) })
    if (random.chance(0.4)) await remember(me, random.between(1, 740))
    if (random.chance(0.2)) await me.make('contact', 'written', { at: ago(random.between(1, 740)) })
    if (random.chance(0.1)) await me.make('cookies', 'chosen')
  },
  acts: [
    [4, visit],
    [2, (me) => me.make('guest-photos', 'uploaded')],
    [3, save],
    [4, order],
    [1, (me) => me.make('contact', 'written')],
    [1, writeAgain],
    [1, closeAccount],
    [1, deleteProject],
    [3, sayYes],
    [1, (me) => sayYes(me, 'advertising-audience')],
    [2, sayNo],
  ],
}

/** A visit is over when whoever came has gone: an hour or two ago, by the time its end is known. */
function visit(me: Me) {
  return me.make('visit', 'ended', { at: me.time.at() - me.random.between(0, 7_200_000) })
}

async function save(me: Me) {
  if (me.whole('account').length === 0) await me.make('account', 'opened')
  await me.make('saved-photos', 'saved')
}

/** What was ordered before the systems began to tell. */
async function remember(me: Me, days: number) {
  const at = me.ago(days)
  const orders = await me.make('order', 'ordered', { at })
  await me.happen(orders, 'document', at)
  if (days < 70) await me.make('ordered-photos', 'ordered', { at })
}

async function order(me: Me) {
  const { random, time } = me
  const [orders] = me.whole('order')
  const one = orders ?? (await me.make('order', 'ordered'))
  if (orders) await me.happen(orders, 'ordered')
  await me.happen(one, 'document')
  const photos = await me.make('ordered-photos', 'ordered')
  // Some are printed late: what is being printed cannot go.
  if (random.chance(0.15)) photos.busyUntil = time.at() + DAY * random.between(3, 80)
  for (const saved of me.whole('saved-photos')) await me.happen(saved, 'new-order')
  if (random.chance(0.3)) me.later(random.between(640, 735), () => order(me))
}

async function writeAgain(me: Me) {
  const [contact] = me.whole('contact')
  if (contact) await me.happen(contact, 'written')
}

/** Whoever deletes their account picks what becomes of the rest: deleted, or kept for its time. */
async function closeAccount(me: Me) {
  const [account] = me.whole('account')
  if (account === undefined) return
  await me.happen(account, 'deleted')
  const { controller, identifiers } = me
  const choice = me.random.chance(0.3) ? 'delete' : 'keep'
  const request = me.newId()
  const { body } = await me.ask('storefront', 'PUT', `/account-deletions/${request}`, {
    controller,
    identifiers,
    choice,
  })
  me.count(`account:${choice}`)
  if (body.erasureRequested !== true) return
  me.person.erasures.push({ request, receivedAt: me.time.at(), answered: false })
  me.wishEverythingGone()
}

async function deleteProject(me: Me) {
  const [saved] = me.whole('saved-photos')
  if (saved) await me.remove(saved)
}
