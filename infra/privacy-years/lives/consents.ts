import type { Me } from './me.ts'

const TEXT = 'Ja takk, send meg nyheter og tilbud. Jeg kan når som helst si nei.'
const DAYS_TO_ANSWER = 5
const form = { text: TEXT, language: 'nb', source: 'play-form' }

/** Says yes: signed in, by a form that asks back by mail, or as a child whose guardian is asked. A record of it is held where mails are sent from. */
export async function sayYes(me: Me, purpose = 'newsletter') {
  const { ask, whose, person, random, later } = me
  if (person.unsure) return
  if (person.isChild) return askGuardian(me, purpose)
  const isKnown = random.chance(0.6)
  const body = { ...whose, ...form, purpose, given: true, age: me.age, ...(isKnown && { proven: true }) }
  await ask('storefront', 'PUT', '/consents', body)
  me.count(`consent:${isKnown ? 'signed-in' : 'asked-back'}`)
  if (isKnown) return agreed(me, purpose)
  if (random.chance(0.8))
    later(random.between(1, DAYS_TO_ANSWER), () => followLink(me, person.email, () => agreed(me, purpose)))
}

/** A child's yes is asked of a guardian; `then` comes once they have consented. */
export async function askGuardian(me: Me, purpose: string, then: () => Promise<unknown> = () => agreed(me, purpose)) {
  const { ask, whose, person, random, later, age } = me
  const guardianEmail = `guardian-of-${person.email}`
  await ask('storefront', 'PUT', '/consents', { ...whose, ...form, purpose, given: true, proven: true, age }, [409])
  await ask('storefront', 'POST', '/guardian-consents', { ...whose, ...form, purpose, age, guardianEmail })
  me.count('consent:guardian-asked')
  if (random.chance(0.7)) later(random.between(1, DAYS_TO_ANSWER), () => followLink(me, guardianEmail, then))
}

/** Follows the link of the last mail that asked, unless nothing was wished meanwhile but to be left in peace. */
async function followLink(me: Me, address: string, then: () => Promise<unknown>) {
  const link = /\S+\/consent-confirmations\?link=\S+/.exec(me.mailbox.to(address).at(-1)?.text ?? '')?.[0]
  if (link === undefined || me.person.unsure) return
  await me.ask('nobody', 'POST', link)
  await then()
}

async function agreed(me: Me, purpose: string) {
  me.say(purpose, 'yes')
  if (purpose !== 'newsletter' || !me.isKept('newsletter') || me.whole('newsletter').length > 0) return
  await me.make('newsletter', 'joined')
}

/** Says no, by one of the ways there are. What is held for the mails goes with it. */
export async function sayNo(me: Me, purpose = 'newsletter'): Promise<void> {
  const { ask, whose, random, later } = me
  const way = random.pick(['door', 'link', 'objection', 'request', 'letter'])
  me.count(`no:${way}`)
  if (way === 'door') await ask('storefront', 'PUT', '/consents', { ...whose, ...form, purpose, given: false })
  else if (way === 'letter')
    await ask('support', 'PUT', '/consents', { ...whose, ...form, purpose, given: false, by: 'staff' })
  else if (way === 'link') {
    const link = await unsubscribeLink(me)
    if (link === undefined) return later(1, () => sayNo(me, purpose))
    await ask('nobody', 'POST', link)
  } else if (way === 'objection') await me.request('object', { purpose: 'direct-marketing', known: random.chance(0.5) })
  else await me.request('withdraw-consent', { purpose, known: random.chance(0.5) })
  me.say(way === 'objection' ? 'all' : way === 'link' ? 'newsletter' : purpose, 'no')
  for (const kept of me.whole('newsletter')) await me.happen(kept, 'left')
}

/** The link that stands in each newsletter; undefined for who gets none. */
async function unsubscribeLink({ ask, whose }: Me) {
  const search = new URLSearchParams({ ...whose, purpose: 'newsletter', similarGoods: 'true' })
  const { body } = await ask('support', 'GET', `/permission?${search}`)
  return /<([^>]+)>/.exec(body.headers?.['List-Unsubscribe'] ?? '')?.[1]
}

/** Chooses of cookies, in a browser of their own. */
export async function chooseCookies(me: Me) {
  const accepted = me.random.pick([[], ['analytics-cookies'], ['analytics-cookies', 'marketing-cookies']])
  const browser = `browser-of-the-play-${me.seed}-${me.person.n}`
  const { controller } = me
  await me.ask('storefront', 'PUT', '/cookie-choices', { controller, browser, accepted, text: TEXT, language: 'nb' })
  me.choices.push(me.time.at())
  me.count('cookies-chosen')
}
