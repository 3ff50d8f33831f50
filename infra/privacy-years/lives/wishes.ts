import { idOf } from '../systems/mood.ts'
import type { Me } from './me.ts'

type Restriction = Me['person']['restrictions'][number]

/** What anybody may want of their data, in whatever company. */
export async function wish(me: Me) {
  const kind = me.random.pick(['erase', 'erase', 'erase', 'restrict', 'access', 'rectify', 'portability', 'object'])
  if (kind === 'erase') return erase(me)
  if (kind === 'restrict') return restrict(me)
  const purpose = kind === 'object' ? { purpose: 'legitimate-interest' } : {}
  const { id } = await me.request(kind, purpose)
  const restriction: Restriction = { from: me.time.at(), keeps: false }
  if (kind === 'object') me.person.restrictions.push(restriction)
  me.later(me.random.between(1, 25), async () => {
    await answer(me, id)
    if (kind === 'object') await lift(me, id, restriction)
  })
}

/** Asks to be erased: known at once, or a stranger's form that staff makes sure of. */
export async function erase(me: Me) {
  const known = me.person.unsure || me.random.chance(0.7)
  const { id } = await me.request('erase', { known })
  const request = { request: id, receivedAt: me.time.at(), answered: false }
  me.person.erasures.push(request)
  if (known) return me.wishEverythingGone()
  me.person.unsure = true
  me.later(me.random.between(1, 6), async () => {
    me.person.unsure = false
    await me.ask('support', 'PUT', `/requests/${id}/identity`, { why: 'Ringte tilbake på kjent nummer.' })
    me.wishEverythingGone()
  })
}

/** Wants their data stored and not used, for a while. */
async function restrict(me: Me) {
  if (me.isRestricted()) return
  const { id } = await me.request('restrict')
  const restriction: Restriction = { from: me.time.at(), keeps: true }
  me.person.restrictions.push(restriction)
  me.later(me.random.between(10, 300), () => lift(me, id, restriction))
}

async function lift(me: Me, id: string, restriction: Restriction) {
  await me.ask('support', 'DELETE', `/requests/${id}/restriction`)
  restriction.until ??= me.time.at()
}

async function answer(me: Me, id: string) {
  const { body } = await me.ask('support', 'GET', `/requests/${id}`)
  if (body.answeredAt !== undefined) return
  const outcome = me.random.chance(0.9) ? 'done' : 'refused'
  await me.ask('support', 'PUT', `/requests/${id}/answer`, { outcome, answer: 'Vi har sett på det, og svarer slik.' })
}

/** Staff keeps all of somebody for a dispute, which ends some day. */
export async function dispute(me: Me) {
  const { controller, ask, person, time, random } = me
  const url = `/data-holds/${idOf(`${me.seed} ${controller} hold ${person.n} ${person.holds.length}`)}`
  const body = { controller, person: me.identifiers[0], why: 'Sak for Forbrukerklageutvalget' }
  await ask('support', 'PUT', url, body)
  me.count('hold')
  const hold: { from: number; until?: number } = { from: time.at() }
  person.holds.push(hold)
  me.later(random.between(20, 500), async () => {
    await ask('support', 'DELETE', url)
    hold.until = time.at()
  })
}
