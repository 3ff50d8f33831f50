import { randomUUID } from 'node:crypto'
import type { LifeOf } from '@vilkar/simulator/authorisation-life.ts'
import { createAuthorizations } from './authorizations.ts'
import type { Callbacks } from './callbacks.ts'
import { createCheckoutOrders } from './checkout-orders.ts'
import { createOrderManagement } from './order-management.ts'
import { createPaymentSessions, readModel } from './payment-sessions.ts'
import type { Books } from './records.ts'

type Deps = {
  now(): Temporal.Instant
  note(violation: string): void
  books: Books
  callbacks: Callbacks
  /** Where a browser finds the payment pages. */
  publicUrl: string
  lifeOf?: LifeOf
}

/** The parts of Klarna's API over one set of books, and which of their changes the shop is called about. */
export function createKlarnaParts({ now, note, books, callbacks, publicUrl, lifeOf }: Deps) {
  const management = createOrderManagement({
    now,
    note,
    books,
    lifeOf,
    placed({ order_id }) {
      const push = books.callbacks.get(order_id)?.push?.replaceAll(/\{(checkout\.)?order\.id\}/g, order_id)
      if (push) callbacks.send(push, null, () => management.isAcknowledged(order_id))
    },
  })
  const { place } = management
  const sessions = createPaymentSessions({
    now,
    books,
    publicUrl,
    place,
    changed(session) {
      const url = session.urls.status_update?.replaceAll('{{session_id}}', session.session_id)
      if (url) callbacks.send(url, { event_id: randomUUID(), session: readModel(session) })
    },
  })
  const authorizations = createAuthorizations({ now, books, place, call: callbacks.send })
  const checkouts = createCheckoutOrders({ now, books, place })
  const routes = [sessions, authorizations, checkouts, management].flatMap((part) => part.routes)
  return { management, sessions, authorizations, checkouts, routes }
}
export type KlarnaParts = ReturnType<typeof createKlarnaParts>
