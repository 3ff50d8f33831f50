import type { ReservationEnded } from '@vilkar/contracts/orders.ts'
import type { OrderCancelled } from '@vilkar/contracts/orders-cancellation.ts'
import { accept } from '@vilkar/decider/decider.ts'
import { type DataOf, type PlacedOrder, type Shortage, termsFor } from './state.ts'
import { cancelled } from './stop.ts'
import { countOf, stoppedOf } from './units.ts'

/**
 * How long an order keeps its units from others. One that is not paid does so for a while only; it can be paid after that too,
 * and then gets its units if they are still there (decision 31).
 */

/** The units that an order keeps, by SKU: all that were ordered and not stopped, sent or not, while they are its own. */
export function keptUnits(state: PlacedOrder): { sku: string; quantity: number }[] {
  if (state.status === 'cancelled' || state.reservationEndedAt !== undefined) return []
  return wantedUnits(state)
}

/** The units that it is to have, kept for it or not. */
const wantedUnits = (state: PlacedOrder) =>
  state.placed.lines.flatMap(({ lineId, sku, quantity }) => {
    const wanted = quantity - countOf(stoppedOf(state), lineId)
    return wanted > 0 ? [{ sku, quantity: wanted }] : []
  })

/** The units that an order which is paid now has to find in stock: none, while they are kept for it. */
export const toBeReserved = (state: PlacedOrder) => (state.reservationEndedAt === undefined ? [] : wantedUnits(state))

/** Until when an unpaid order keeps its units; undefined when there is no such end. */
export const reservedUntil = ({ status, placed, reservationEndedAt }: PlacedOrder) =>
  status === 'awaiting-payment' && reservationEndedAt === undefined ? placed.reservedUntil : undefined

/** Nobody paid in time: the units are free again, and the order stays as it is. */
export function endReservation({ orderId, at }: DataOf<'EndReservation'>, state: PlacedOrder) {
  const until = reservedUntil(state)
  if (until === undefined || Temporal.Instant.compare(at, until) < 0) return accept()
  return accept({ type: 'ReservationEnded', data: { orderId, endedAt: at } } satisfies ReservationEnded)
}

/**
 * The order was paid when its units were gone. There is no agreement yet, and whoever sells may let an order end for want of stock
 * (clause 4): all of it, since a part at another price would be another offer (avtaleloven § 6).
 */
export function endForWantOf(
  shortages: Shortage[],
  { orderId, at }: { orderId: string; at: string },
  state: PlacedOrder,
): OrderCancelled {
  const { customerKind } = state.placed
  const facts = { by: 'seller', customerKind, formed: false, dispatched: false, reason: 'stock' } as const
  const { reasons } = termsFor(state).cancellation(facts)
  const { type, data } = cancelled(orderId, 'seller', 'stock', at, reasons)
  return { type, data: { ...data, shortages } }
}
