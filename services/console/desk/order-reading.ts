import { answered, type Clients } from '@vilkar/client/client.ts'
import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import { readMails } from './mails.ts'
import { readOffers } from './offer-price.ts'
import { readOrder } from './order-table.ts'

/** The moment that is asked about for a day: noon in Oslo, which no period's end is near to. */
const noonOf = (date: string) =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' }).toInstant().toString()

const all = (clients: Clients, id: string, at: string | undefined) => {
  const path = { params: { path: { id } } }
  const asked = { params: { path: { id }, query: at === undefined ? {} : { at } } }
  return {
    history: () => clients.orders.GET('/orders/{id}/history', path),
    payments: () => clients.orders.GET('/orders/{id}/payments', path),
    documents: () => clients.orders.GET('/orders/{id}/documents', path),
    shipments: () => clients.shipping.GET('/shipments', { params: { query: { orderId: id } } }),
    entitlements: () => clients.returns.GET('/orders/{id}/entitlements', asked),
    inWords: () => clients.returns.GET('/orders/{id}/entitlements/in-words', asked),
    statements: () => clients.returns.GET('/orders/{id}/statements', path),
    payouts: () => clients.returns.GET('/orders/{id}/payouts', path),
    overrides: () => clients.returns.GET('/orders/{id}/overrides', path),
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
  const order = await answered(readOrder(clients, id))
  const [
    history,
    payments,
    documents,
    shipments,
    entitlements,
    statements,
    payouts,
    overrides,
    agreements,
    cases,
    mails,
    inWords,
    offers,
  ] = await Promise.all([
    reading.of('orders', calls.history()),
    reading.of('orders', calls.payments()),
    reading.of('orders', calls.documents()),
    reading.of('shipping', calls.shipments()),
    reading.of('returns', calls.entitlements()),
    reading.of('returns', calls.statements()),
    reading.of('returns', calls.payouts()),
    reading.of('returns', calls.overrides()),
    reading.of('returns', calls.agreements()),
    reading.of('returns', clients.returns.GET('/returns', { params: { query: { q: order.number } } })),
    readMails(view, reading, id),
    reading.of('returns', calls.inWords()),
    reading.of('orders', readOffers(clients, id)),
  ])
  const risks = await Promise.all(
    (shipments?.items ?? []).map(async (shipment) => ({
      shipment,
      risk: await reading.of('shipping', riskOf(clients, shipment.id, at)),
    })),
  )
  return {
    ...{ order, payments, documents, entitlements, date, mails, inWords },
    history: history?.items ?? [],
    shipments: risks,
    statements: statements?.items ?? [],
    payouts: payouts?.items ?? [],
    overrides: overrides?.items ?? [],
    agreements: agreements?.items ?? [],
    offers: offers?.items ?? [],
    cases: (cases?.items ?? []).filter(({ orderId }) => orderId === id),
  }
}
export type OrderSeen = Awaited<ReturnType<typeof readAll>>
