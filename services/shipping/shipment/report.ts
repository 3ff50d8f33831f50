import type { DeliveryDoubted } from '@vilkar/contracts/shipping-failed.ts'
import { hasItForCustomer, type ParcelReported } from '@vilkar/contracts/shipping-parcel.ts'
import { accept, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { ownMoment } from '@vilkar/decider/own-moment.ts'
import type { CommandData } from './commands.ts'
import { doubtsOf } from './doubt.ts'
import type { Report, RequestedShipment } from './state.ts'

/** How much may be told of one parcel on its way. */
export const MAX_REPORTS = 200

/**
 * What became of a parcel that the customer has not got. Reports come late, twice and in any order: each is kept once at the
 * moment when it happened, and the latest says where the parcel is. After a delivery nothing moves it but a correction: what its carrier tells
 * since is kept for that, and that it doubts the delivery is told to a person.
 */
export function report(
  { shipmentId, at, occurredAt: stated, personal, fromCarrier, ...told }: CommandData<'ReportParcel'>,
  state: RequestedShipment,
) {
  const { moment, wrong } = momentOf(stated, at, state)
  if (wrong) return refuse(wrong)
  const said = { ...told, occurredAt: moment }
  const { reports = [], receivedAt } = state
  if (reports.some((each) => saysAs(each, said) && by(each, said) === 0)) return accept()
  const isSinceReceipt = receivedAt !== undefined && Temporal.Instant.compare(moment, receivedAt) >= 0
  if (isSinceReceipt && !fromCarrier)
    return refuse({
      code: 'shipment-delivered',
      detail: `It was received at ${receivedAt}. What was told wrongly is corrected by PUT /shipments/{id}/delivery/correction.`,
    })
  const doubted = isSinceReceipt ? doubtsOf(shipmentId, at, state, [said]) : []
  const kept = withReport(reports, said)
  const isFull = kept.length > MAX_REPORTS
  if (isFull && !isSinceReceipt)
    return refuse({ code: 'too-many-reports', detail: `${MAX_REPORTS} things were told of it already.` })
  const isKept = !isFull && kept.includes(said)
  return accept<ParcelReported | DeliveryDoubted>(
    ...(isKept ? [reportedOf(shipmentId, state, said, personal)] : []),
    ...doubted,
  )
}

export const reportedOf = (
  shipmentId: string,
  { requested: { orderId } }: RequestedShipment,
  said: Report,
  personal: { receivedBy?: string },
): ParcelReported => ({ type: 'ParcelReported', data: { shipmentId, orderId, ...said, personal } })

const saysAs = (one: Report, other: Report) =>
  one.report === other.report && one.takenBy === other.takenBy && one.place === other.place
const by = (one: Report, other: Report) => Temporal.Instant.compare(one.occurredAt, other.occurredAt)

/**
 * The reports with one more, in the order in which they happened; of one moment, in the order in which they were told. What says the same as the
 * one before it is kept too, since news of a moment in between may come yet; of more than are kept, only the first and the last of those that say
 * the same one after the other.
 */
export function withReport(reports: Report[] = [], said: Report): Report[] {
  const after = reports.findIndex((each) => by(each, said) > 0)
  const all = after === -1 ? [...reports, said] : reports.toSpliced(after, 0, said)
  if (all.length <= MAX_REPORTS) return all
  const isBetween = (before: Report | undefined, each: Report, next: Report | undefined) =>
    before !== undefined && next !== undefined && saysAs(before, each) && saysAs(each, next)
  return all.filter((each, n) => !isBetween(all[n - 1], each, all[n + 1]))
}

/** What is kept of a report in the state: who has the parcel is personal, and as a kind is not. */
export const reportIn = ({ report, occurredAt, takenBy, place }: ParcelReported['data']): Report => ({
  ...{ report, occurredAt },
  ...(takenBy && { takenBy }),
  ...(place && { place }),
})

/** Where a parcel is that somebody took who does not have it for the customer. */
export const reportOfTaker = (takenBy: NonNullable<Report['takenBy']>): Report['report'] | undefined => {
  if (hasItForCustomer(takenBy)) return undefined
  return takenBy === 'carrier' ? 'at-pickup-point' : 'left-elsewhere'
}

/** The moment as it is kept, or what is wrong with it: not before the goods left, nor later than now. */
export function momentOf(
  stated: string,
  now: string,
  { dispatched }: RequestedShipment,
): { moment: string; wrong?: undefined } | { moment?: undefined; wrong: Refusal } {
  if (dispatched === undefined)
    return { wrong: { code: 'shipment-not-dispatched', detail: 'It has not been handed to a carrier yet.' } }
  if (Temporal.Instant.compare(stated, now) > 0)
    return { wrong: { code: 'receipt-in-the-future', detail: `${stated} is later than now (${now}).` } }
  const { handedOverAt } = dispatched
  const moment = ownMoment(stated, now, handedOverAt)
  if (Temporal.Instant.compare(moment, handedOverAt) >= 0) return { moment }
  const detail = `It was handed over at ${handedOverAt}, after ${moment}.`
  return { wrong: { code: 'receipt-before-handover', detail } }
}
