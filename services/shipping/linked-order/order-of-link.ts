import { httpError } from '@vilkar/server/problems.ts'
import { isForLinkAddress, linkUnknown, ORDER_LINK } from '@vilkar/server/signed-links.ts'
import { Type } from 'typebox'
import { readReport } from '../damage/store.ts'
import type { Deps } from '../deps.ts'
import { readLinkAddress, readShipment } from '../shipment/store.ts'

/** What stands behind `link=` in a mail. */
export const Link = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'The signed link of a mail: what stands behind `link=`.',
})
export const LinkQuery = Type.Object({ link: Link }, { additionalProperties: false })

/**
 * The id of the order of a link. Throws the same 404 problem for a link that is none, one that was mailed to an address that is the order's no
 * more, and in a shop that signs none.
 */
export async function orderOf({ links, db }: Deps, link: string): Promise<string> {
  if (links === undefined) throw linkUnknown()
  const { subject, content } = await links.read(link, ORDER_LINK)
  const address = await readLinkAddress(db, subject)
  if (address === undefined || !isForLinkAddress(content, address)) throw linkUnknown()
  return subject
}

/** Throws a 404 problem unless a shipment is of an order; of that of another order it says no more than of one that there is not. */
export async function assertOfOrder({ db }: Deps, orderId: string, shipmentId: string) {
  const found = await readShipment(db, shipmentId)
  if (found?.state.requested.orderId !== orderId) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
}

/** A report about the order of a link. Throws a 404 problem as `orderOf` does, and for a report of another order or of none. */
export async function reportOf(deps: Deps, link: string, id: string) {
  const orderId = await orderOf(deps, link)
  const row = await readReport(deps.db, id)
  if (row?.order_id !== orderId) throw httpError(404, 'damage-report-unknown', 'There is no such report.')
  return row
}
