import { answered } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { input, oneOf, type SentForm, select, textarea } from '../pages/forms.ts'
import { day, facts } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { type Controller, chosenOf, controllerField } from './frame.ts'
import { heldTable, identifiersIn, personFields, readHeld } from './held.ts'
import { CHANNELS, KINDS } from './request-parts.ts'
import { called, privacyWords } from './words.ts'

/** What data are used for, where a request is about one purpose of it. */
const PURPOSES = [
  ...(['direct-marketing', 'legitimate-interest', 'newsletter', 'profiling'] as const),
  ...(['membership', 'receipt', 'payment', 'account'] as const),
]
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Writing down what somebody asked for by letter, mail or telephone. */
export function newRequest(view: View, controllers: readonly Controller[]): Deed {
  const say = privacyWords(view.language)
  return {
    title: say('newRequest'),
    lead: say('newRequestLead'),
    fields: (typed) => fieldsOf(view, controllers, typed),
    consequences: (sent) => followsOf(view, controllers, sent),
    act: (sent) => write(view, controllers, sent),
    after: ({ id }) => `/privacy/requests/${id}`,
    back: '/privacy',
  }
}

function fieldsOf(view: View, controllers: readonly Controller[], typed: SentForm): Html {
  const say = privacyWords(view.language)
  const kinds = KINDS.map((kind) => [kind, `${called(view, 'kind', kind)} (${called(view, 'article', kind)})`] as const)
  const field = (name: string, label: string, more: object = {}) =>
    input({ name, label, value: typed.text(name), ...more })
  return html`${controllerField(view, controllers, typed.text('controller'))}
${select({ name: 'kind', label: say('asks'), value: typed.text('kind') }, kinds)}
${select(
  { name: 'channel', label: say('cameBy'), value: typed.text('channel') },
  CHANNELS.map((channel) => [channel, called(view, 'channel', channel)]),
)}
${field('receivedOn', say('received'), { type: 'date', help: say('receivedHelp'), value: typed.text('receivedOn') ?? view.today })}
${personFields(view, typed)}
${textarea({ name: 'words', label: say('theirWords'), help: say('wordsHelp'), value: typed.text('words') })}
${select({ name: 'purpose', label: say('purpose'), help: say('purposeHelp'), value: typed.text('purpose') }, [
  ['', say('noPurpose')],
  ...PURPOSES.map((purpose) => [purpose, called(view, 'purpose', purpose)] as const),
])}
${field('order', say('order'), { help: say('orderHelp') })}
${field('replyTo', say('replyTo'), { type: 'email', help: say('replyToHelp') })}`
}

const kindOf = (sent: SentForm) => oneOf(KINDS, sent.text('kind')) ?? 'access'

async function followsOf(view: View, controllers: readonly Controller[], sent: SentForm): Promise<Html> {
  const say = privacyWords(view.language)
  const { controller, name } = chosenOf(controllers, sent.text('controller'))
  const kind = kindOf(sent)
  const held = await readHeld(view, controller, identifiersIn(sent))
  const receivedOn = sent.text('receivedOn')
  return html`${facts([
    [say('asks'), html`${called(view, 'kind', kind)} <span class="quiet">${called(view, 'article', kind)}</span>`],
    [say('controller'), name],
    [say('received'), receivedOn && isDay(receivedOn) ? day(view, receivedOn) : receivedOn],
  ])}
<p>${called(view, 'kindFollows', kind)}</p>
<p>${say('monthRuns')}</p>
<p>${say('youVouch')}</p>
<h3 class="ds-heading" data-size="2xs">${say('held')}</h3>
${heldTable(view, say('held'), held, say('nobodyFound'))}`
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** The order that a number or an id names. */
async function orderIdOf({ clients }: View, text: string | undefined) {
  if (text === undefined || UUID.test(text.toLowerCase())) return text?.toLowerCase()
  const { items } = await answered(clients.orders.GET('/orders', { params: { query: { number: text.toUpperCase() } } }))
  // What is no order’s number is told to the service as it was written, which says what is wrong with it.
  return items[0]?.id ?? text
}

async function write(view: View, controllers: readonly Controller[], sent: SentForm) {
  const body = {
    ...{ controller: chosenOf(controllers, sent.text('controller')).controller, kind: kindOf(sent) },
    ...{ channel: oneOf(CHANNELS, sent.text('channel')) ?? 'email', identifiers: identifiersIn(sent) },
    ...{ receivedOn: sent.text('receivedOn'), purpose: sent.text('purpose'), words: sent.text('words') },
    ...{ orderId: await orderIdOf(view, sent.text('order')), replyTo: sent.text('replyTo') },
  }
  await answered(view.clients.privacy.PUT('/requests/{id}', { params: { path: { id: sent.id } }, body }))
}
