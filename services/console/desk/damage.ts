import type { Clients } from '@vilkar/client/client.ts'
import { ERASED } from '@vilkar/contracts/erased.ts'
import { html } from 'hono/html'
import { citesOf, dayOf, facts, money, section, table, tag, timeOf } from '../pages/parts.ts'
import type { Html } from '../pages/show.ts'
import type { View } from '../pages/view.ts'
import { dueOf } from './case-table.ts'
import type { DamageSeen } from './damage-reading.ts'
import type { Order } from './order-table.ts'
import { damageWords, deskWords } from './words.ts'
import { orderLink } from './work-list.ts'

const readReport = (clients: Clients, id: string) =>
  clients.shipping.GET('/damage-reports/{id}', { params: { path: { id } } })
/** What was damaged or lost, as the shipping service answers it. */
export type Damage = NonNullable<Awaited<ReturnType<typeof readReport>>['data']>

/** Where the page of a report is: under its order, so that who looks is written down by that. */
export const pathOfDamage = ({ orderId, id }: { orderId: string; id: string }) => `/desk/orders/${orderId}/damage/${id}`

/** "2 × Fuktsensor, 1 × Sentral" of units of an order. */
export const unitsOfOrder = (order: Order | undefined, lines: Damage['lines']) =>
  lines
    .map(({ lineId, quantity }) => {
      const name = order?.lines.find((line) => line.lineId === lineId)?.name ?? lineId
      return `${quantity} × ${name}`
    })
    .join(', ')

const pageLink = (view: View, report: Damage): Html =>
  html`<a class="ds-link" href="${pathOfDamage(report)}">${damageWords(view.language)(`kind_${report.kind}`)}</a>`

const reporterOf = (view: View, { reportedAt, reportedBy }: Damage): Html =>
  html`${timeOf(view, reportedAt)} <span class="quiet">${damageWords(view.language)(`reporter_${reportedBy}`)}</span>`

/** The last day on which the carrier is told in time; that it is over matters while it was not told. */
const dueDay = (view: View, { claimDueOn, claimedAt, ended }: Damage) =>
  claimedAt === undefined && ended === undefined ? dueOf(view, claimDueOn) : dayOf(view, claimDueOn)

const toldOf = (view: View, { claimedAt }: Damage): Html =>
  claimedAt === undefined ? tag('warning', damageWords(view.language)('notClaimed')) : timeOf(view, claimedAt)

/** The columns of a list of claims, and what stands in them of one. */
export const claimHeads = (view: View) => {
  const [say, desk] = [damageWords(view.language), deskWords(view.language)]
  return [say('claimDueOn'), say('kind'), desk('orderHead'), say('reportedAt')]
}
export const claimRow = (view: View, report: Damage) => [
  dueDay(view, report),
  pageLink(view, report),
  orderLink(report.orderId),
  reporterOf(view, report),
]

/** The same of a list of claims that carriers are to answer, or to pay. */
export const toldHeads = (view: View) => {
  const [say, desk] = [damageWords(view.language), deskWords(view.language)]
  return [say('answerDueOn'), say('kind'), desk('orderHead'), say('claimedAt'), say('answer')]
}
export const toldRow = (view: View, report: Damage) => [
  dueOf(view, report.answerDueOn),
  pageLink(view, report),
  orderLink(report.orderId),
  timeOf(view, report.claimedAt),
  answerOf(view, report),
]

/** What the carrier said to a claim. */
function answerOf(view: View, { claim }: Damage): Html | string {
  const say = damageWords(view.language)
  if (claim === undefined) return say('noAnswer')
  const { answer, amount, currency, answeredAt } = claim
  const sum =
    amount !== undefined &&
    currency !== undefined &&
    html` <span class="amount">${money(view, amount, currency)}</span>`
  return html`${say(`answer_${answer}`)}${sum} <span class="quiet">${timeOf(view, answeredAt)}</span>`
}

/** What was damaged or lost of an order, on its page; nothing where nothing was. */
export function damagesOf(view: View, order: Order, reports: readonly Damage[]): Html {
  if (reports.length === 0) return html``
  const say = damageWords(view.language)
  const rows = reports.map((report) => [
    pageLink(view, report),
    unitsOfOrder(order, report.lines),
    reporterOf(view, report),
    dueDay(view, report),
    toldOf(view, report),
  ])
  const heads = [say('kind'), say('goods'), say('reportedAt'), say('claimDueOn'), say('claimedAt')]
  return section('damage', say('reports'), table(say('reports'), heads, rows))
}

/** The page of one report: what happened to which goods, until when the carrier is told and why, and what was done. */
export const damagePage = (view: View, seen: DamageSeen): Html => html`${waysOf(view, seen)}
<div class="columns">
${aboutDamage(view, seen)}
${doneAbout(view, seen)}
</div>
${saidOfDamage(view, seen)}
${picturesOf(view, seen)}
<p><a class="ds-link" href="/desk/orders/${seen.order.id}#damage">${damageWords(view.language)('toOrder')} ${seen.order.number}</a></p>`

/** What can be done now: the carrier is told once and answers after that, and of goods that came there is nothing to choose here. */
function waysOf(view: View, { report, shipment }: DamageSeen): Html {
  const [say, desk] = [damageWords(view.language), deskWords(view.language)]
  const { kind, claimedAt, claim, choice, ended } = report
  const came = kind === 'damaged' && shipment?.receivedAt !== undefined
  const ways = [
    ...(claimedAt === undefined && ended === undefined ? [['claim', say('doClaim')] as const] : []),
    ...(claimedAt !== undefined && claim?.answer !== 'paid' ? [['answer', say('doAnswer')] as const] : []),
    ...(choice === undefined && !came && ended === undefined ? [['choice', say('doChoice')] as const] : []),
    ...(ended?.outcome === 'arrived' && choice !== undefined && ended.seenToAt === undefined
      ? [['arrival', say('doArrival')] as const]
      : []),
  ]
  if (ways.length === 0) return html``
  return html`<nav aria-label="${desk('actions')}"><ul class="ways">
${ways.map(([name, title]) => html`<li><a class="ds-button" data-variant="secondary" data-size="sm" href="${pathOfDamage(report)}/${name}">${title}</a></li>`)}
</ul></nav>`
}

function aboutDamage(view: View, { order, report, shipment }: DamageSeen): Html {
  const say = damageWords(view.language)
  const parcel = shipment?.dispatched
  return section(
    'about',
    say(`kind_${report.kind}`),
    facts([
      [say('goods'), unitsOfOrder(order, report.lines)],
      [say('reportedAt'), reporterOf(view, report)],
      [
        say('shipment'),
        html`<a class="ds-link" href="/desk/orders/${order.id}#shipments">${report.shipmentId.slice(0, 8)}</a>`,
      ],
      [say('parcel'), parcel && `${parcel.carrier} ${parcel.trackingNumber}`],
      [say('handedOver'), parcel && timeOf(view, parcel.handedOverAt)],
      [say('received'), shipment?.receivedAt && timeOf(view, shipment.receivedAt)],
    ]),
  )
}

function doneAbout(view: View, { report }: DamageSeen): Html {
  const say = damageWords(view.language)
  const { choice, replacementId, outcome, late, claimReasons, claimedAt, claim, ended } = report
  const sent =
    replacementId && html` <span class="quiet">${say('replacement', { id: replacementId.slice(0, 8) })}</span>`
  return section(
    'done',
    say('claims'),
    html`${facts([
      [say('claimDueOn'), dueDay(view, report)],
      [say('claimedAt'), toldOf(view, report)],
      [say('answer'), claimedAt && answerOf(view, report)],
      [say('answerDueOn'), report.answerDueOn && dueOf(view, report.answerDueOn)],
      [say('reference'), claim?.reference],
      [say('choice'), html`${choice === undefined ? say('noChoice') : say(`choice_${choice}`)}${sent}`],
      [
        say('ended'),
        ended && html`${say(`ended_${ended.outcome}`)} <span class="quiet">${timeOf(view, ended.at)}</span>`,
      ],
      [say('seenTo'), ended?.done],
    ])}
${late && html`<p>${say('late')}</p>`}
${outcome === 'review' && html`<p>${say('toJudge')}</p>`}
${citesOf(view, claimReasons)}`,
  )
}

function saidOfDamage(view: View, { report: { what } }: DamageSeen): Html {
  const say = damageWords(view.language)
  const said = what === ERASED ? html`<p class="quiet">${say('erased')}</p>` : html`<blockquote>${what}</blockquote>`
  return section('said', say('said'), said)
}

/** Pictures that were sent in, and addresses of pictures that are kept elsewhere. */
function picturesOf(view: View, { report, photos }: DamageSeen): Html {
  const say = damageWords(view.language)
  const address = (sha256: string) => `${pathOfDamage(report)}/photos/${sha256}`
  const elsewhere = report.photos.map((url, n) => ({ url, number: photos.length + n + 1, host: hostOf(url) }))
  return section(
    'pictures',
    say('pictures'),
    photos.length + elsewhere.length === 0
      ? html`<p class="quiet">${say('noPictures')}</p>`
      : html`${photos.length > 0 && html`<ul class="pictures">${photos.map(({ sha256, width, height }, n) => html`<li><a href="${address(sha256)}"><img src="${address(sha256)}" width="${width}" height="${height}" alt="${say('picture', { number: n + 1 })}" loading="lazy"></a></li>`)}</ul>`}
${elsewhere.length > 0 && html`<ul class="list">${elsewhere.map(({ url, number, host }) => html`<li><a class="ds-link" href="${url}" rel="noreferrer">${say('elsewhere', { number, host })}</a></li>`)}</ul>`}`,
  )
}

const hostOf = (url: string) => URL.parse(url)?.host ?? ''
