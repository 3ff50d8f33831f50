import { answered, type Clients } from '@vilkar/client/client.ts'
import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import { readMails } from './mails.ts'
import { readOffers } from './offer-price.ts'
import { readOrder } from './order-table.ts'

/** The moment that is asked about for a day: noon in Oslo, which no period's end is near to. */
const noonOf = (date: string) =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' }).toInstant().toString()

/** As many as shipping gives at once: of one shipment no more than fifty are taken. */
const MOST_DAMAGES = 200

const all = (clients: Clients, id: string, at: string | undefined) => {
  const path = { params: { path: { id } } }
  const asked = { params: { path: { id }, query: at === undefined ? {} : { at } } }
  return {
    history: () => clients.orders.GET('/orders/{id}/history', path),
    payments: () => clients.orders.GET('/orders/{id}/payments', path),
    documents: () => clients.orders.GET('/orders/{id}/documents', path),
    shipments: () => clients.shipping.GET('/shipments', { params: { query: { orderId: id } } }),
    damages: () => clients.shipping.GET('/damage-reports', { params: { query: { orderId: id, limit: MOST_DAMAGES } } }),
    entitlements: () => clients.returns.GET('/orders/{id}/entitlements', asked),
    inWords: () => clients.returns.GET('/orders/{id}/entitlements/in-words', asked),
    statements: () => clients.returns.GET('/orders/{id}/statements', path),
    payouts: () => clients.returns.GET('/orders/{id}/payouts', path),
    overrides: () => clients.returns.GET('/orders/{id}/overrides', path),
    tags: () => clients.returns.GET('/orders/{id}/tags', path),
    agreements: () => clients.returns.GET('/orders/{id}/agreements', path),
  }
}
type Calls = ReturnType<typeof all>
type Data<Name extends keyof Calls> = NonNullable<Awaited<ReturnType<Calls[Name]>>['data']>

const riskOf = (clients: Clients, id: string, at: string | undefined) =>
  clients.shipping.GET('/shipments/{id}/risk', { params: { path: { id }, query: at === undefined ? {} : { at } } })

export type Entitlements = Data<'entitlements'>
export type LineRights = Entitlements['lines'][number]

/**
 * All that the services say of an order, at once; `date` asks what holds, or who bears the risk, on another day than today. The order
 * itself must be answered (it throws else); of the rest, what is not answered is undefined and noted by `reading`.
 */
export async function readAll(view: View, reading: Reading, { id, date }: { id: string; date?: string }) {
  const { clients } = view
  const at = date === undefined ? undefined : noonOf(date)
  const calls = all(clients, id, at)
  const [
    { order, cases },
    history,
    payments,
    documents,
    risks,
    entitlements,
    statements,
    payouts,
    overrides,
    agreements,
    mails,
    inWords,
    offers,
    tags,
    damages,
  ] = await Promise.all([
    readWithCases(view, reading, id),
    reading.of('orders', calls.history()),
    reading.of('orders', calls.payments()),
    reading.of('orders', calls.documents()),
    readShipments(view, reading, { id, at }),
    reading.of('returns', calls.entitlements()),
    reading.of('returns', calls.statements()),
    reading.of('returns', calls.payouts()),
    reading.of('returns', calls.overrides()),
    reading.of('returns', calls.agreements()),
    readMails(view, reading, id),
    reading.of('returns', calls.inWords()),
    reading.of('orders', readOffers(clients, id)),
    reading.of('returns', calls.tags()),
    reading.of('shipping', calls.damages()),
  ])
  return {
    ...{ order, payments, documents, entitlements, date, mails, inWords },
    history: history?.items ?? [],
    shipments: risks,
    statements: statements?.items ?? [],
    payouts: payouts?.items ?? [],
    overrides: overrides?.items ?? [],
    agreements: agreements?.items ?? [],
    offers: offers?.items ?? [],
    damages: damages?.items ?? [],
    cases,
    tags: tags?.items,
  }
}

/** The order, and its cases, which are found by its number. */
async function readWithCases({ clients }: View, reading: Reading, id: string) {
  const order = await answered(readOrder(clients, id))
  const asked = clients.returns.GET('/returns', { params: { query: { q: order.number } } })
  const cases = await reading.of('returns', asked)
  return { order, cases: (cases?.items ?? []).filter(({ orderId }) => orderId === id) }
}

/** Its shipments, each with who bears the risk of it. */
async function readShipments({ clients }: View, reading: Reading, { id, at }: { id: string; at: string | undefined }) {
  const shipments = await reading.of('shipping', all(clients, id, at).shipments())
  return Promise.all(
    (shipments?.items ?? []).map(async (shipment) => ({
      shipment,
      risk: await reading.of('shipping', riskOf(clients, shipment.id, at)),
    })),
  )
}
export type OrderSeen = Awaited<ReturnType<typeof readAll>>
