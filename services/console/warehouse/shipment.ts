import type { Clients } from '@vilkar/client/client.ts'
import { html } from 'hono/html'
import { tag } from '../pages/parts.ts'
import type { View } from '../pages/view.ts'
import { warehouseWords } from './words.ts'

/** A shipment as the shipping service answers it. */
export type Shipment = NonNullable<Awaited<ReturnType<typeof readShipment>>['data']>
export type ShipmentStatus = Shipment['status']

/** Asks for one shipment. */
export const readShipment = (clients: Clients, id: string) =>
  clients.shipping.GET('/shipments/{id}', { params: { path: { id } } })

/** What the list is of, by status: what is to be done first comes first. */
export const listed = [
  ...(['requested', 'accepted', 'packed', 'held', 'dispatched', 'in-transit', 'at-pickup-point'] as const),
  ...(['left-elsewhere', 'refused', 'uncollected', 'returned', 'lost', 'damaged', 'delivered', 'cancelled'] as const),
] satisfies ShipmentStatus[]
export const isListed = (text: string | undefined): text is (typeof listed)[number] =>
  (listed as readonly string[]).includes(text!)

const COLORS: Partial<Record<ShipmentStatus, 'info' | 'success' | 'warning' | 'danger'>> = {
  requested: 'info',
  accepted: 'info',
  packed: 'success',
  delivered: 'success',
  held: 'warning',
  refused: 'warning',
  uncollected: 'warning',
  lost: 'danger',
  damaged: 'danger',
  cancelled: 'danger',
}
export const statusOf = (view: View, status: ShipmentStatus) =>
  tag(COLORS[status] ?? 'neutral', warehouseWords(view.language)(`status_${status}`))

export const pathOf = ({ id }: Pick<Shipment, 'id'>) => `/warehouse/shipments/${id}`

/** An address as it is written on a parcel. */
export const addressOf = ({ name, street, postalCode, city, country }: Shipment['address']) =>
  html`${name}<br>${street}<br>${postalCode} ${city}<br>${country}`
