import { answered } from '@vilkar/client/client.ts'
import type { Reading } from '../pages/reading.ts'
import type { View } from '../pages/view.ts'
import { readOrder } from './order-table.ts'

/**
 * A report of an order, with the order, its shipment and its pictures; undefined where the report is about another order. The order and
 * the report must be answered (it throws else); of the rest, what is not answered is left out, and noted by `reading`.
 */
export async function readDamage(
  { clients }: View,
  reading: Reading,
  { id, report: reportId }: Record<'id' | 'report', string>,
) {
  const { shipping } = clients
  const path = { params: { path: { id: reportId } } }
  const [order, report, photos] = await Promise.all([
    answered(readOrder(clients, id)),
    answered(shipping.GET('/damage-reports/{id}', path)),
    reading.of('shipping', shipping.GET('/damage-reports/{id}/photos', path)),
  ])
  if (report.orderId !== order.id) return undefined
  const asked = shipping.GET('/shipments/{id}', { params: { path: { id: report.shipmentId } } })
  return { order, report, photos: photos?.items ?? [], shipment: await reading.of('shipping', asked) }
}
export type DamageSeen = NonNullable<Awaited<ReturnType<typeof readDamage>>>
