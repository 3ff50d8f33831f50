import { answered, type Clients } from '@vilkar/client/client.ts'
import { lineByLine } from '../pages/alike.ts'
import type { Reading } from '../pages/reading.ts'
import { type Visit, visitorOf } from './customer-page.ts'
import { askedBy, linkOf, readOr404 } from './linked.ts'

type By = { params: { query: { link: string } }; headers: Record<string, string> }
const calls = {
  order: (clients: Clients, by: By) => clients.orders.GET('/linked-order', by),
  /** The order, its documents and what was offered. */
  ofOrders: (clients: Clients, by: By) => clients.orders.GET('/linked-order/dossier', by),
  parcels: (clients: Clients, by: By) => clients.shipping.GET('/linked-order/parcels', by),
  /** What it entitles to, now and at another moment, its cases, and the labels of the withdrawal function. */
  ofReturns: (clients: Clients, { params: { query }, headers }: By, at: string | undefined) =>
    clients.returns.GET('/linked-order/dossier', {
      params: { query: { ...query, ...(at !== undefined && { at }) } },
      headers,
    }),
}
type Data<Name extends keyof typeof calls> = NonNullable<Awaited<ReturnType<(typeof calls)[Name]>>['data']>
type OfAlike = NonNullable<Data<'ofReturns'>['eligibility']>
/** Lines of which the same holds. */
export type AlikeRights = OfAlike['groups'][number]
export type Order = Data<'order'>
export type CaseItem = NonNullable<Data<'ofReturns'>['cases']>['items'][number]
export type LinkedParcel = Data<'parcels'>['items'][number]
export type Document = NonNullable<Data<'ofOrders'>['documents']>['items'][number]

/** The moment that is asked about for a day: noon in Oslo, which no period's end is near to. */
const noonOf = (date: string) =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' }).toInstant().toString()

/** The order of a link; undefined for a link that opens nothing. */
export const readOrder = (request: Visit, link?: string) =>
  readOr404(() => answered(calls.order(request.view.clients, askedBy(request, link))))

/**
 * What the services say of the order of a link, at once; `date` asks what holds on another day than today, while `now` is what may be done. Undefined for a link that opens
 * nothing; of what is not the order itself, what is not answered is undefined and noted by `reading`.
 */
export async function readLinked(request: Visit, reading: Reading, date?: string) {
  const { clients } = request.view
  const by = askedBy(request)
  const [orders, returns] = await Promise.all([
    readOr404(() => answered(calls.ofOrders(clients, by))).then((found) => reading.parts('orders', found)),
    readRights(request, reading, date).then((found) => reading.parts('returns', found)),
  ])
  if (orders?.order === undefined) return undefined
  const { order, documents, priceOffers } = orders
  const { eligibility, eligibilityThen, cases, withdrawalFunction } = returns ?? {}
  const rightsOf = (found: OfAlike | undefined) => found && ofEachLine(found, order.lines)
  const [now, then] = [rightsOf(eligibility), rightsOf(eligibilityThen)]
  return {
    ...{ link: linkOf(request), order, documents: documents?.items ?? [], offers: priceOffers?.items ?? [] },
    ...{ cases: cases?.items ?? [], labels: withdrawalFunction?.languages },
    ...{ now, rights: date === undefined ? now : then, date },
  }
}

/** What returns says; of a day that cannot be asked about, what holds now, and it is noted why. */
async function readRights(request: Visit, reading: Reading, date: string | undefined) {
  const { clients } = request.view
  const by = askedBy(request)
  if (date === undefined) return reading.of('returns', calls.ofReturns(clients, by, undefined))
  const found = await reading.of('returns', calls.ofReturns(clients, by, noonOf(date)))
  return found ?? reading.of('returns', calls.ofReturns(clients, by, undefined))
}

/** What was said once for lines that are alike, with what it says of each of them. */
const ofEachLine = (found: OfAlike, lines: Order['lines']) => ({ ...found, lines: lineByLine(found.groups, lines) })
export type Seen = NonNullable<Awaited<ReturnType<typeof readLinked>>>
export type Rights = NonNullable<Seen['rights']>
export type LineRights = Rights['lines'][number]

/** The order of a link and its parcels. */
export async function readParcels(request: Visit, reading: Reading) {
  const [order, parcels] = await Promise.all([readOrder(request), parcelsBy(request, reading)])
  return order && { link: linkOf(request), order, parcels }
}

/** The parcels of the order of a link; none of an order whose link opens nothing at shipping. */
export const parcelsBy = async (request: Visit, reading: Reading) =>
  (await reading.of('shipping', calls.parcels(request.view.clients, askedBy(request))))?.items ?? []

/** A case of the order of a link, with its pictures. */
export async function readCase(request: Visit, reading: Reading, id: string) {
  const { clients } = request.view
  const { params, headers } = askedBy(request)
  const by = { params: { ...params, path: { id } }, headers }
  const [order, found, photos] = await Promise.all([
    readOrder(request),
    readOr404(() => answered(clients.returns.GET('/linked-order/cases/{id}', by))),
    reading.of('returns', clients.returns.GET('/linked-order/cases/{id}/photos', by)),
  ])
  if (order === undefined || found === undefined) return undefined
  return { link: linkOf(request), order, found, photos: photos?.items ?? [] }
}
export type CaseSeen = NonNullable<Awaited<ReturnType<typeof readCase>>>

/** An edition of the terms in a language. */
export function readTerms(request: Visit, { terms: { edition }, locale }: Pick<Order, 'terms' | 'locale'>) {
  const [seller = '', date = ''] = edition.split('/')
  return answered(
    request.view.clients.orders.GET('/terms/{seller}/{date}', {
      params: { path: { seller, date }, query: { locale, format: 'json' } },
      headers: visitorOf(request),
    }),
  )
}

/** What a line of an order is called; the id of one that it does not have. */
export const nameIn = ({ lines }: Pick<Order, 'lines'>) => {
  const names = new Map(lines.map(({ lineId, name }) => [lineId, name]))
  return ({ lineId }: { lineId: string }) => names.get(lineId) ?? lineId
}
