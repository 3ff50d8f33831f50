import { answered, type Clients } from '@vilkar/client/client.ts'
import type { Reading } from '../pages/reading.ts'
import { type Visit, visitorOf } from './customer-page.ts'
import { askedBy, linkOf, readOr404 } from './linked.ts'

type By = { params: { query: { link: string } }; headers: Record<string, string> }
const calls = {
  order: (clients: Clients, by: By) => clients.orders.GET('/linked-order', by),
  documents: (clients: Clients, by: By) => clients.orders.GET('/linked-order/documents', by),
  offers: (clients: Clients, by: By) => clients.orders.GET('/linked-order/price-offers', by),
  cases: (clients: Clients, by: By) => clients.returns.GET('/linked-order/cases', by),
  parcels: (clients: Clients, by: By) => clients.shipping.GET('/linked-order/parcels', by),
  rights: (clients: Clients, { params: { query }, headers }: By, at: string | undefined) =>
    clients.returns.GET('/linked-order/eligibility', {
      params: { query: { ...query, ...(at !== undefined && { at }) } },
      headers,
    }),
}
type Data<Name extends keyof typeof calls> = NonNullable<Awaited<ReturnType<(typeof calls)[Name]>>['data']>
export type Order = Data<'order'>
export type Rights = Data<'rights'>
export type LineRights = Rights['lines'][number]
export type CaseItem = Data<'cases'>['items'][number]
export type LinkedParcel = Data<'parcels'>['items'][number]
export type Document = Data<'documents'>['items'][number]

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
  const [order, documents, offers, cases, now, then] = await Promise.all([
    readOrder(request),
    reading.of('orders', calls.documents(clients, by)),
    reading.of('orders', calls.offers(clients, by)),
    reading.of('returns', calls.cases(clients, by)),
    reading.of('returns', calls.rights(clients, by, undefined)),
    date === undefined ? undefined : reading.of('returns', calls.rights(clients, by, noonOf(date))),
  ])
  if (order === undefined) return undefined
  const link = linkOf(request)
  const given = { documents: documents?.items ?? [], offers: offers?.items ?? [] }
  return { link, order, ...given, cases: cases?.items ?? [], now, rights: date === undefined ? now : then, date }
}
export type Seen = NonNullable<Awaited<ReturnType<typeof readLinked>>>

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
