import { answered, type Clients } from '@vilkar/client/client.ts'
import { lineByLine } from '../pages/alike.ts'
import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import { restOfMails } from './mails.ts'
import { readOrder } from './order-table.ts'

/** The moment that is asked about for a day: noon in Oslo, which no period's end is near to. */
const noonOf = (date: string) =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' }).toInstant().toString()

const ofOrders = (clients: Clients, id: string) =>
  clients.orders.GET('/orders/{id}/dossier', { params: { path: { id } } })
const ofShipping = (clients: Clients, id: string, at: string | undefined) =>
  clients.shipping.GET('/orders/{id}/dossier', { params: { path: { id }, query: { at } } })
const ofReturns = (clients: Clients, id: string, at: string | undefined) =>
  clients.returns.GET('/orders/{id}/dossier', { params: { path: { id }, query: { at } } })

type OfAlike = NonNullable<NonNullable<Awaited<ReturnType<typeof ofReturns>>['data']>['entitlements']>
/** Lines of which the same holds. */
export type AlikeRights = OfAlike['groups'][number]
const readEntitlements = (clients: Clients) =>
  clients.returns.GET('/orders/{id}/entitlements', { params: { path: { id: '' } } })
/** All that an order entitles to, line by line. */
export type Entitlements = NonNullable<Awaited<ReturnType<typeof readEntitlements>>['data']>
export type LineRights = Entitlements['lines'][number]

/** What was said once for lines that are alike, said of each of them. */
const ofEachLine = ({ groups, ...whole }: OfAlike, lines: readonly { lineId: string }[]): Entitlements => ({
  ...whole,
  lines: lineByLine(groups, lines),
})

/**
 * All that the services say of an order, each in one answer, at once; `date` asks what holds, or who bears the risk, on another day than today. The order
 * itself must be answered (it throws else); of the rest, what is not answered is undefined and noted by `reading`.
 */
export async function readAll(view: View, reading: Reading, { id, date }: { id: string; date?: string }) {
  const { clients } = view
  const at = date === undefined ? undefined : noonOf(date)
  const [orders, shipping, returns] = await Promise.all([
    reading.parts('orders', answered(ofOrders(clients, id))),
    reading.of('shipping', ofShipping(clients, id, at)).then((found) => reading.parts('shipping', found)),
    reading.of('returns', ofReturns(clients, id, at)).then((found) => reading.parts('returns', found)),
  ])
  const { order, payments, documents, history, priceOffers } = orders
  const riskOf = (shipmentId: string) => shipping?.risks?.items.find((risk) => risk.shipmentId === shipmentId)
  return {
    ...{ order: order!, payments, documents, date },
    entitlements: returns?.entitlements && ofEachLine(returns.entitlements, order!.lines),
    ...{ alike: returns?.entitlements?.groups, inWords: returns?.inWords },
    history: history?.items ?? [],
    shipments: (shipping?.shipments?.items ?? []).map((shipment) => ({ shipment, risk: riskOf(shipment.id) })),
    damages: shipping?.damageReports?.items ?? [],
    statements: returns?.statements?.items ?? [],
    payouts: returns?.payouts?.items ?? [],
    overrides: returns?.overrides?.items ?? [],
    agreements: returns?.agreements?.items ?? [],
    offers: priceOffers?.items ?? [],
    cases: returns?.cases?.items ?? [],
    tags: returns?.tags?.items,
    mails: await restOfMails(view, reading, id, { orders: orders.mails, returns: returns?.mails }),
  }
}
export type OrderSeen = Awaited<ReturnType<typeof readAll>>

/** So many lines are said in sentences on one page. */
const LINES_IN_WORDS = 20

/** An order, and what holds for its lines in sentences, behind one of them. */
export async function readWords({ clients }: View, { id, date, after }: { id: string; date?: string; after?: string }) {
  const at = date === undefined ? undefined : noonOf(date)
  const asked = { params: { path: { id }, query: { at, after, limit: LINES_IN_WORDS } } }
  const [order, inWords] = await Promise.all([
    answered(readOrder(clients, id)),
    answered(clients.returns.GET('/orders/{id}/entitlements/in-words', asked)),
  ])
  return { order, inWords }
}
