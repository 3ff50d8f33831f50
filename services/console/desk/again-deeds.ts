import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed, Idle } from '../pages/deed.ts'
import { citesOf, facts, inARow, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { eventOf } from './codes.ts'
import { aboutOf, WRITERS, type Writer } from './mails.ts'
import { againWords } from './words.ts'
import { orderLink } from './work-list.ts'

/** The services that hear events of others, and of which staff has events tried again. */
export const HEARING = ['orders', 'shipping', 'returns'] as const
export type Hearing = (typeof HEARING)[number]
/** Stands in an address where all that failed in a service is meant. */
export const ALL = 'all'
export const isWriter = (name: string | undefined): name is Writer => WRITERS.some((each) => each === name)

/** So many orders, shipments or cases are told apart; of more, how many there are. */
const SHOWN = 20

/** Where trying again is looked at first, of one order, shipment, case or mail, or of all. */
export const pathOfEvents = (service: Hearing, aggregate: string = ALL) =>
  `/desk/work/failed-events/${service}/${aggregate}`
export const pathOfMails = (service: Writer, mail: string = ALL) => `/desk/work/unsent-mails/${service}/${mail}`

type Foreseen = Awaited<ReturnType<typeof foreseeEvents>>
type MailsForeseen = Awaited<ReturnType<typeof foreseeMails>>

/** What would follow of trying events again, as the service finds out by trying it and taking it back. Nothing is done. */
function foreseeEvents({ clients: { orders, shipping, returns } }: View, service: Hearing, aggregate: string) {
  const asked = { body: aggregate === ALL ? {} : { aggregateId: aggregate } }
  if (service === 'orders') return answered(orders.POST('/dead-letters/revival/preview', asked))
  if (service === 'shipping') return answered(shipping.POST('/dead-letters/revival/preview', asked))
  return answered(returns.POST('/dead-letters/revival/preview', asked))
}

/** Which mails would go to whom. None is sent. */
function foreseeMails({ clients: { orders, returns } }: View, service: Writer, mail: string) {
  const asked = { body: mail === ALL ? {} : { mailId: mail } }
  if (service === 'orders') return answered(orders.POST('/mails/unsent/retry/preview', asked))
  return answered(returns.POST('/mails/unsent/retry/preview', asked))
}

function revive({ clients: { orders, shipping, returns } }: View, service: Hearing, aggregate: string) {
  const asked = { body: aggregate === ALL ? {} : { aggregateId: aggregate } }
  if (service === 'orders') return answered(orders.POST('/dead-letters/revival', asked))
  if (service === 'shipping') return answered(shipping.POST('/dead-letters/revival', asked))
  return answered(returns.POST('/dead-letters/revival', asked))
}

function sendAgain({ clients: { orders, returns } }: View, service: Writer, mail: string) {
  const asked = { body: mail === ALL ? {} : { mailId: mail } }
  if (service === 'orders') return answered(orders.POST('/mails/unsent/retry', asked))
  return answered(returns.POST('/mails/unsent/retry', asked))
}

/** The orders of which a look at what follows shows whose they are. */
export const ordersOfEvents = ({ items }: Foreseen) => items.flatMap(({ orderId }) => orderId ?? [])

/** Somebody has events tried again that failed, after a look at which, at what waits behind them, and at what comes of it. */
export function trying(view: View, service: Hearing, aggregate: string, told: (seen: Foreseen) => void): Deed {
  const say = againWords(view.language)
  return {
    title: say('events'),
    lead: html`<p>${say(aggregate === ALL ? 'eventsLeadAll' : 'eventsLead', { service: view.say(`service_${service}`) })}</p>`,
    fields: () => html``,
    async consequences() {
      const seen = await foreseeEvents(view, service, aggregate)
      told(seen)
      return eventsFollow(view, seen)
    },
    act: () => revive(view, service, aggregate),
    after: () => '/desk/work#dead',
    back: '/desk/work#dead',
  }
}

function eventsFollow(view: View, { failed, items }: Foreseen): Html | Idle {
  const say = againWords(view.language)
  if (failed === 0) return { idle: html`<p>${say('noEvents')}</p>` }
  return html`<p><strong>${say('howManyEvents', { count: failed })}</strong></p>
${items.slice(0, SHOWN).map((each) => aggregateFollows(view, each))}
${items.length > SHOWN && html`<p class="quiet">${say('andOthers', { count: items.length - SHOWN })}</p>`}`
}

const COLORS = { applied: 'success', fails: 'danger', waits: 'warning', unknown: 'neutral' } as const

function aggregateFollows(view: View, { aggregateId, orderId, rehearsed, ...seen }: Foreseen['items'][number]): Html {
  const say = againWords(view.language)
  const { events, tells, mails, reasons } = seen
  const isApplied = events.some(({ outcome }) => outcome === 'applied')
  const mailsSaid = mails.map(({ kind, to }) =>
    say('mailTo', { mail: aboutOf(view, { kind }), to: to ?? say('erased') }),
  )
  return html`<section class="stack">
<p>${orderId === undefined ? html`<code>${aggregateId.slice(0, 8)}</code>` : html`${say('ofOrder')} ${orderLink(orderId)}`}</p>
<ul class="list">${events.map(
    ({ type, failed, outcome, error }) =>
      html`<li>${eventOf(view, type)} ${tag(COLORS[outcome], say(`outcome_${outcome}`))} ${!failed && html`<span class="quiet">${say('behind')}</span>`}${error !== undefined && html` <span class="quiet" lang="en">${error}</span>`}</li>`,
  )}</ul>
${!rehearsed && html`<p class="quiet">${say('notTried')}</p>`}
${
  isApplied &&
  facts([
    [
      say('tells'),
      tells.length === 0
        ? say('nothing')
        : html`${tells.map((type, n) => html`${n > 0 && ', '}${eventOf(view, type)}`)}`,
    ],
    [say('mails'), mailsSaid.length === 0 ? say('nothing') : inARow(view, mailsSaid)],
  ])
}${citesOf(view, reasons)}</section>`
}

/** Somebody has mails tried again that no mail server took, after a look at which go to whom. */
export function sending(view: View, service: Writer, mail: string, told: (seen: MailsForeseen) => void): Deed {
  const say = againWords(view.language)
  return {
    title: say('sendMails'),
    lead: html`<p>${say(mail === ALL ? 'mailsLeadAll' : 'mailsLead', { service: view.say(`service_${service}`) })}</p>`,
    fields: () => html``,
    async consequences() {
      const seen = await foreseeMails(view, service, mail)
      told(seen)
      return mailsFollow(view, seen)
    },
    act: () => sendAgain(view, service, mail),
    after: () => '/desk/work#unsent',
    back: '/desk/work#unsent',
  }
}

function mailsFollow(view: View, { count, items }: MailsForeseen): Html | Idle {
  const say = againWords(view.language)
  if (count === 0) return { idle: html`<p>${say('noMails')}</p>` }
  return html`<p><strong>${say('howManyMails', { count })}</strong></p>
<ul class="list">${items.map(({ kind, to, subject, written, createdAt, tries, error, reasons }) => {
    const follows = kind === 'confirmation' ? say('formsContract') : undefined
    return html`<li class="ruling"><p><strong>${aboutOf(view, { kind })}</strong></p>
${facts([
  [say('to'), to ?? say('erased')],
  [say('subject'), subject ?? (written ? undefined : say('unwritten'))],
  [say('since'), timeOf(view, createdAt)],
  [say('tries'), tries],
  [say('lastError'), error && html`<span lang="en">${error}</span>`],
  [say('thenFollows'), follows],
])}${citesOf(view, reasons)}</li>`
  })}</ul>
${count > items.length && html`<p class="quiet">${say('andOthers', { count: count - items.length })}</p>`}
<p>${say('sentOnce')}</p>`
}
