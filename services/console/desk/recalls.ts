import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { facts, inARow, section, table, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { deskWords, recallWords } from './words.ts'
import { orderLink } from './work-list.ts'

const readRecall = ({ shipping }: Clients, id: string) => shipping.GET('/recalls/{id}', { params: { path: { id } } })
const readNotices = ({ shipping }: Clients, id: string) =>
  shipping.GET('/recalls/{id}/notices', { params: { path: { id } } })
const readSerial = ({ shipping }: Clients, number: string) =>
  shipping.GET('/serials/{number}', { params: { path: { number } } })
const readOpen = ({ shipping }: Clients) => shipping.GET('/recalls/open', {})
/** A recall, what became of one notice of it, and units of a number, as the shipping service answers them. */
export type Recall = NonNullable<Awaited<ReturnType<typeof readRecall>>['data']>
type Notice = NonNullable<Awaited<ReturnType<typeof readNotices>>['data']>['items'][number]
type Serial = NonNullable<Awaited<ReturnType<typeof readSerial>>['data']>
type OpenRecall = NonNullable<Awaited<ReturnType<typeof readOpen>>['data']>['items'][number]

export const outcomes = ['unreachable', 'waiting', 'told', 'told-by-person'] as const
export const pathOfRecall = ({ id }: { id: string }) => `/desk/recalls/${id}`

const countOf = (count: number): Html => (count > 0 ? tag('danger', String(count)) : html`<span>${count}</span>`)

/** The columns of recalls that are not over, and what stands in them of one. */
export function openHeads(view: View) {
  const say = recallWords(view.language)
  return [say('sku'), say('announced'), say('asked'), say('told'), say('unreachable'), say('waiting')]
}
export const openRow = (view: View, { id, sku, announcedAt, asked, told, unreachable, waiting }: OpenRecall) => [
  html`<a class="ds-link" href="${pathOfRecall({ id })}">${sku}</a>`,
  timeOf(view, announcedAt),
  asked,
  told,
  countOf(unreachable),
  waiting,
]

/** All recalls, the newest first. */
export function recallTable(view: View, recalls: readonly Recall[]): Html {
  const say = recallWords(view.language)
  if (recalls.length === 0) return html`<p class="quiet">${say('noRecalls')}</p>`
  const heads = [...openHeads(view), say('ended')]
  const rows = recalls.map(({ id, sku, announcedAt, endedAt, orders }) => [
    ...openRow(view, { id, sku, announcedAt, ...orders, told: orders.told + orders.toldByPerson }),
    endedAt === undefined ? say('running') : timeOf(view, endedAt),
  ])
  return table(say('recalls'), heads, rows)
}

/** Which units a recall is of. */
export function scopeOf(view: View, { lotNumbers, serialNumbers }: Pick<Recall, 'lotNumbers' | 'serialNumbers'>): Html {
  const say = recallWords(view.language)
  if (lotNumbers === undefined && serialNumbers === undefined) return html`${say('scopeAll')}`
  const ranges = serialNumbers?.map(({ from, to }) => (from === to ? from : say('range', { from, to })))
  return html`${lotNumbers && html`${say('lots')}: ${inARow(view, lotNumbers)}`}${lotNumbers && ranges && html`<br>`}${ranges && html`${say('serials')}: ${inARow(view, ranges)}`}`
}

/** What a recall says and how far it has come. */
export function aboutRecall(view: View, recall: Recall): Html {
  const say = recallWords(view.language)
  const { orders, units, hazard, whatToDo, remedies, announcedAt, endedAt, why, sweptAt } = recall
  const inWords = ({ nb, en }: { nb: string; en: string }) => (view.language === 'nb' ? nb : en)
  return html`<div class="columns">
${section(
  'recall',
  say('recalls'),
  html`${facts([
    [say('sku'), recall.sku],
    [say('scope'), scopeOf(view, recall)],
    [say('hazard'), inWords(hazard)],
    [say('whatToDo'), inWords(whatToDo)],
    [say('remedies'), remedies.map((each) => say(`remedy_${each}`)).join(', ')],
    [say('announced'), timeOf(view, announcedAt)],
    [say('ended'), endedAt && html`${timeOf(view, endedAt)} ${why ?? ''}`],
  ])}`,
)}
${section(
  'reached',
  say('told'),
  html`${facts([
    [say('asked'), orders.asked],
    [say('toldByMail'), orders.told],
    [say('toldByPerson'), orders.toldByPerson],
    [say('unreachable'), countOf(orders.unreachable)],
    [say('waiting'), orders.waiting],
    [say('unitsOut'), html`${units.out} <span class="quiet">${say('unnumbered', { count: units.unnumbered })}</span>`],
    [say('unitsBack'), units.cameBack],
    [say('swept'), sweptAt && timeOf(view, sweptAt)],
  ])}${sweptAt === undefined && endedAt === undefined && html`<p>${say('looking')}</p>`}`,
)}
</div>`
}

/** Who has units of a recall, and what became of telling each. */
export function noticeTable(view: View, recall: Recall, notices: readonly Notice[]): Html {
  const say = recallWords(view.language)
  if (notices.length === 0) return html`<p class="quiet">${say('noNotices')}</p>`
  const heads = ['order', 'units', 'outcome', 'since', 'ways'] as const
  const rows = notices.map(({ orderId, units, outcome, askedAt, settledAt, how }) => [
    orderLink(orderId),
    inARow(
      view,
      units.map(({ name, quantity, serialNumber, lotNumber, cameBack }) =>
        [`${quantity} × ${name}`, serialNumber, lotNumber, cameBack ? `(${say('cameBack')})` : undefined]
          .filter(Boolean)
          .join(' '),
      ),
    ),
    html`${outcome === 'unreachable' ? tag('danger', say(`outcome_${outcome}`)) : say(`outcome_${outcome}`)}${settledAt && html` <span class="quiet">${timeOf(view, settledAt)}</span>`}${how && html`: ${how}`}`,
    timeOf(view, askedAt),
    outcome === 'told-by-person' || outcome === 'told' || recall.endedAt !== undefined
      ? '–'
      : html`<a class="ds-button" data-variant="secondary" data-size="sm" href="/desk/orders/${orderId}/recalls/${recall.id}">${say('doTold')}</a>`,
  ])
  return table(
    say('notices'),
    heads.map((head) => (head === 'order' ? deskWords(view.language)('orderHead') : say(head))),
    rows,
  )
}

/** Whom units of a serial or lot number went to; undefined is that there is none. */
export function serialTable(view: View, number: string, found: Serial | undefined): Html {
  const say = recallWords(view.language)
  if (found === undefined) return html`<p role="status">${say('noneFound')}</p>`
  const heads = [
    deskWords(view.language)('orderHead'),
    say('units'),
    say('leftAt'),
    say('receivedAt'),
    say('cameBack'),
    say('ofRecall'),
  ]
  const rows = found.units.map((unit) => [
    orderLink(unit.orderId, unit.orderNumber),
    [`${unit.quantity} × ${unit.name}`, unit.serialNumber, unit.lotNumber].filter(Boolean).join(' '),
    timeOf(view, unit.leftAt),
    timeOf(view, unit.receivedAt),
    timeOf(view, unit.cameBackAt),
    unit.recallIds.length === 0
      ? '–'
      : html`${unit.recallIds.map((id) => html`<a class="ds-link" href="${pathOfRecall({ id })}">${id.slice(0, 8)}</a> `)}`,
  ])
  return table(say('found', { number }), heads, rows)
}
