import { answered, type Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import type { Deed } from '../pages/deed.ts'
import { form, textarea } from '../pages/forms.ts'
import { facts, section, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import type { Alarm } from './code-keys.ts'
import { codeWords } from './codes.ts'
import { pathOfDamage } from './damage.ts'
import { pathOfShipment } from './failed.ts'
import { runbookOf } from './runbook.ts'
import { alarmWords, damageWords, deskWords, parcelWords } from './words.ts'
import { orderLink } from './work-list.ts'

/** The services that call for a person. */
export const CALLING = ['orders', 'shipping', 'returns'] as const
export type Calling = (typeof CALLING)[number]
const MOST = 200

/** An alarm as a service lists it. */
type Listed = {
  id: string
  kind: Alarm['kind']
  orderId?: string
  about?: string
  detail: object
  raisedAt: string
  acknowledgedAt?: string
  acknowledgedBy?: string
  resolvedAt?: string
  resolution?: string
}

/** An alarm of a kind by its id, among those that the service has most lately; undefined where it is not. */
export async function readAlarm(
  clients: Clients,
  { service, kind, id }: { service: Calling; kind: string; id: string },
) {
  const query = { params: { query: { kind: kind as never, limit: MOST } } }
  const { orders, shipping, returns } = clients
  const calls = { orders: orders.GET, shipping: shipping.GET, returns: returns.GET } as Record<
    Calling,
    typeof returns.GET
  >
  const { items } = await answered(calls[service]('/alarms', query))
  return (items as Listed[]).find((alarm) => alarm.id === id)
}

/** Says to the service that whoever is signed in looks into an alarm. */
export function acknowledge({ orders, shipping, returns }: Clients, service: Calling, id: string) {
  const calls = { orders: orders.PUT, shipping: shipping.PUT, returns: returns.PUT } as Record<
    Calling,
    typeof returns.PUT
  >
  return answered(calls[service]('/alarms/{id}/acknowledgement', { params: { path: { id } } }))
}

/** Who looks into an alarm and since when; nothing where nobody does. */
export const lookedInto = (view: View, { acknowledgedAt, acknowledgedBy }: Partial<Listed>): Html | undefined =>
  acknowledgedAt === undefined
    ? undefined
    : html`${acknowledgedBy === view.person?.subject ? view.person?.name : acknowledgedBy}, ${timeOf(view, acknowledgedAt)}`

/** The button by which somebody takes an alarm on, or over from who looked into it; none of what they look into already, or is over. */
function takingOn(view: View, service: Calling, { id, kind, resolvedAt, acknowledgedBy }: Listed): Html {
  const say = alarmWords(view.language)
  if (resolvedAt !== undefined || acknowledgedBy === view.person?.subject) return html``
  const submit = say(acknowledgedBy === undefined ? 'takeOn' : 'takeOver')
  return form(view, { action: `${pathOf(service, { kind, id })}/acknowledgement`, submit, quiet: true }, html``)
}
/** Where an alarm is seen. */
export const pathOf = (service: Calling, { kind, id }: { kind: string; id: string }) =>
  `/desk/work/alarms/${service}/${kind}/${id}`
/** What is done about an alarm on the page of the damage that it is about. */
const OF_DAMAGE: Record<string, 'doClaim' | 'doAnswer' | 'doArrival'> = {
  'carrier-claim-due': 'doClaim',
  'carrier-claim-unsettled': 'doAnswer',
  'lost-units-arrived': 'doArrival',
}
const OF_SHIPMENT = new Set<string>(['parcel-not-delivered', 'delivery-doubted'])

/** What it is about, as a way to where something can be done about it. */
function aboutOf(view: View, { kind, about, detail }: Listed) {
  const { orderId } = detail as { orderId?: string }
  if (about === undefined || orderId === undefined) return about
  if (OF_SHIPMENT.has(kind))
    return html`<a class="ds-link" href="${pathOfShipment({ orderId, id: about })}/close">${parcelWords(view.language)('doClose')}</a>`
  const name = OF_DAMAGE[kind]
  if (name === undefined) return about
  return html`<a class="ds-link" href="${pathOfDamage({ orderId, id: about })}">${damageWords(view.language)(name)}</a>`
}

/** Somebody says what was done about an alarm, beside what it was raised for and what the runbook says; it ends by that. */
export function resolving(view: View, service: Calling, alarm: Listed): Deed {
  const say = alarmWords(view.language)
  const desk = deskWords(view.language)
  const { id, kind, orderId, detail, raisedAt, resolvedAt, resolution } = alarm
  const { orders, shipping, returns } = view.clients
  const calls = { orders: orders.PUT, shipping: shipping.PUT, returns: returns.PUT } as Record<
    Calling,
    typeof returns.PUT
  >
  return {
    title: codeWords(view)(`alarm_${kind}`),
    lead: html`${facts([
      [desk('service'), view.say(`service_${service}`)],
      [desk('orderHead'), orderId && orderLink(orderId)],
      [say('about'), aboutOf(view, alarm)],
      [desk('raised'), timeOf(view, raisedAt)],
      [say('lookedInto'), lookedInto(view, alarm) ?? (resolvedAt === undefined ? say('byNobody') : undefined)],
      [say('ended'), resolvedAt && timeOf(view, resolvedAt)],
      [say('done'), resolution],
      [say('facts'), html`<pre lang="en">${JSON.stringify(detail, undefined, 1)}</pre>`],
    ])}
${takingOn(view, service, alarm)}
${section('runbook', say('runbook'), runbookOf(kind) ?? html`<p class="quiet">${say('noRunbook')}</p>`)}`,
    fields: (typed) =>
      textarea({ name: 'done', label: say('done'), help: say('doneHelp'), value: typed.text('done'), required: true }),
    consequences: (sent) => html`<blockquote>${sent.text('done') ?? ''}</blockquote><p>${say('follows')}</p>`,
    act: (sent) =>
      answered(
        calls[service]('/alarms/{id}/resolution', {
          params: { path: { id } },
          body: { done: sent.text('done') ?? '' },
        }),
      ),
    after: () => '/desk/work',
    back: '/desk/work',
    over: resolvedAt !== undefined,
  }
}
