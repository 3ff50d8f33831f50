import type { Address } from '@vilkar/contracts/parts.ts'
import type { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { OrderToShip } from '../database.ts'
import { whyNotSent } from '../shipment/prepare.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import type { StoredShipment } from '../shipment/store.ts'
import { faultOf, remainderOf, unitsOf } from '../shipment/units.ts'

/** All that the papers of a parcel say. Days in Europe/Oslo. */
export type ParcelContent = {
  shipmentId: string
  orderNumber: string
  locale: Locale
  seller: Seller
  /** When the goods were asked for: the day that the papers say they were made. */
  requestedOn: string
  receiver: Address
  /** What is in this parcel, and what of the shipment, or of the one that it is the rest of, is not. */
  lines: PaperLine[]
  toFollow: PaperLine[]
  /** Sent for a complaint, or instead of lost goods: nothing is paid for it. */
  instead?: 'complaint' | 'lost'
  /** Goods that are to be installed and used as their manual says (clause 11). */
  needManual: string[]
  /** Goods whose manual was said to lie in the parcel when it was packed. */
  manualsInside: string[]
  /** Goods in the parcel whose manual is read online, and where. */
  manualsOnline: { name: string; url: string }[]
  /** Of a consumer: whether the information and the form of angrerettloven § 8 went out by mail, and the page to withdraw on. */
  withdrawal?: { formByMail: boolean; page?: string }
  /** What the label has as a bar code. */
  scanned: string
  carrier?: string
}
type PaperLine = Pick<RequestedShipment['requested']['lines'][number], 'sku' | 'name' | 'quantity'>

export type Asked = {
  /** What goes into the parcel, where that is not all of it. */
  units?: UnitsSent[]
  /** What the carrier gave the parcel, before the shipment is told to have left with it. */
  carrier?: string
  trackingNumber?: string
}

/** What Code 128 has letters for, as long as fits on a label. */
const SCANNABLE = /^[\x20-\x7e]{1,40}$/

/**
 * What the papers of a shipment say: once it left, what left. Refuses what must not be sent, and units that are not in it.
 * `page` is where consumers of this shop withdraw.
 */
export function contentOf(
  { id, state, personal }: Pick<StoredShipment, 'id' | 'state' | 'personal'>,
  order: Pick<OrderToShip, 'lines' | 'locale' | 'country' | 'disclosures'>,
  { units, carrier, trackingNumber }: Asked,
  page: string | undefined,
): { refusal: Refusal } | { content: ParcelContent } {
  const { requested, dispatched } = state
  const refusal = whyNoPapers(state, units)
  if (refusal) return { refusal }
  const lines = dispatched?.lines ?? (units ? unitsOf(requested.lines, units) : requested.lines)
  const { customerKind, terms, number, cure, replaces, requestedAt } = requested
  const { disclosures, locale = order.country === undefined || order.country === 'NO' ? 'nb' : 'en' } = order
  const isInside = (lineId: string) => lines.some((line) => line.lineId === lineId)
  const { manuals = [] } = state
  const code = dispatched?.trackingNumber ?? trackingNumber
  const instead = cure ? 'complaint' : replaces ? 'lost' : undefined
  const formByMail = disclosures?.withdrawalInformation || disclosures?.withdrawalInformationGivenAt !== undefined
  const content: ParcelContent = {
    ...{ shipmentId: id, orderNumber: number, locale, seller: sellerOf(terms.edition), receiver: personal.address },
    requestedOn: osloDay(Temporal.Instant.from(requestedAt)).toString(),
    lines,
    toFollow: remainderOf(requested.lines, lines),
    ...(instead && { instead }),
    needManual: order.lines
      .filter(({ lineId, traits }) => traits?.safetyCritical && isInside(lineId))
      .map(({ name }) => name),
    manualsInside: lines.filter(({ lineId }) => manuals.includes(lineId)).map(({ name }) => name),
    manualsOnline: lines.flatMap(({ name, manualUrl }) => (manualUrl ? [{ name, url: manualUrl }] : [])),
    ...(customerKind === 'consumer' && !instead && { withdrawal: { formByMail, ...(page && { page }) } }),
    scanned: code !== undefined && SCANNABLE.test(code) ? code : id,
    carrier: dispatched?.carrier ?? carrier,
  }
  return { content }
}

/** Why there is no paper for it; undefined when there is. */
function whyNoPapers(state: RequestedShipment, units: UnitsSent[] | undefined): Refusal | undefined {
  if (state.dispatched) return undefined
  const no = whyNotSent(state)
  if (no) return no
  const fault = units && faultOf(units, state.requested.lines)
  return fault ? { code: 'lines-not-in-shipment', detail: fault } : undefined
}
