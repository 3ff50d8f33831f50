import { CONTROLLER } from '@vilkar/storm/people/data.ts'
import type { Random } from '@vilkar/storm/random.ts'
import type { Life } from '../calendar.ts'
import type { World } from '../world.ts'
import type { Bought } from './buying.ts'

const kinds = ['access', 'access', 'erase', 'erase', 'object', 'withdraw-consent'] as const
const ways = ['signed-in', 'link', 'letter'] as const
type Kind = (typeof kinds)[number]
type Way = (typeof ways)[number]

/** Asks something about their data, by one way or another. Answers whether it was to be erased: who is wants nothing more. */
export async function* askOfData(world: World, order: Bought, random: Random): AsyncGenerator<number, boolean> {
  const kind = random.pick(kinds)
  yield* askBy(world, order, { kind, way: random.pick(ways), random })
  return kind === 'erase'
}

type Asking = { kind: Kind; way: Way; random: Random }

/** Of a consent somebody takes back what they gave before. Some press the button twice. */
export async function* askBy(world: World, order: Bought, { kind, way, random }: Asking): Life {
  if (kind === 'withdraw-consent') await consent(world, order)
  if (kind === 'erase') world.diary.askedForErasure(order.n)
  const about = kind === 'object' ? { purpose: 'direct-marketing' } : {}
  if (way === 'link') yield* followLink(world, order, { kind, ...about })
  else if (way === 'letter') await write(world, order, { kind, ...about, daysAgo: random.between(0, 9) })
  else await press(world, order, { kind, ...about, isTwice: random.chance(0.3) })
}

type About = { kind: Kind; purpose?: string }

const consent = ({ ask, urls }: World, { email }: Bought) =>
  ask('storefront', 'PUT', `${urls.privacy}/consents`, {
    ...{ controller: CONTROLLER, kind: 'email', value: email, purpose: 'newsletter', given: true },
    ...{ text: 'Send me news.', language: 'en', source: 'checkout', proven: true, age: 40 },
  })

const identifiersOf = ({ email }: Bought) => [{ kind: 'email', value: email }]

/** In the shop, signed in: twice in one moment it is two requests, each of which is answered. */
async function press({ ask, urls }: World, order: Bought, { isTwice, ...about }: About & { isTwice: boolean }) {
  const body = { ...about, controller: CONTROLLER, identifiers: identifiersOf(order), replyTo: order.email }
  const once = () =>
    ask('storefront', 'PUT', `${urls.privacy}/requests/${crypto.randomUUID()}`, { ...body, channel: 'signed-in' })
  await Promise.all(isTwice ? [once(), once()] : [once()])
}

/** By a letter that came days ago, which somebody of the staff writes down, words and all. */
async function write({ ask, urls, clock }: World, order: Bought, { daysAgo, ...about }: About & { daysAgo: number }) {
  const receivedOn = clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate().subtract({ days: daysAgo }).toString()
  await ask('support', 'PUT', `${urls.privacy}/requests/${crypto.randomUUID()}`, {
    ...{ ...about, controller: CONTROLLER, channel: 'letter', receivedOn, identifiers: identifiersOf(order) },
    words: `I am ${order.name}, you reach me at ${order.email}, and ask you for what is my right.`,
  })
}

/** Without an account: the shop mails a link to the address, and who follows it has asked. */
async function* followLink({ ask, urls, mailbox }: World, { email }: Bought, about: About): Life {
  const { status } = await ask('storefront', 'POST', `${urls.privacy}/request-links`, {
    ...{ ...about, controller: CONTROLLER, email, language: 'en' },
  })
  if (status !== 202) throw new Error(`${email} was not sent a link: ${status}`)
  yield 1
  const links = new RegExp(`${urls.privacy}/request-confirmations\\?link=\\S+`, 'g')
  const link = mailbox
    .to(email)
    .flatMap(({ text }) => text.match(links) ?? [])
    .at(-1)
  if (link === undefined) throw new Error(`${email} got no link.`)
  const followed = await fetch(link, { method: 'POST' })
  if (!followed.ok) throw new Error(`The link to ${email} answered ${followed.status}.`)
}
