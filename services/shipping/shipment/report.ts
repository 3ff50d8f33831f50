import { hasItForCustomer, type ParcelReported } from '@vilkar/contracts/shipping-parcel.ts'
import { accept, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { ownMoment } from '@vilkar/decider/own-moment.ts'
import type { CommandData } from './commands.ts'
import { doubt, isFailure } from './doubt.ts'
import type { Report, RequestedShipment } from './state.ts'

/** How much may be told of one parcel on its way. */
export const MAX_REPORTS = 200

/**
 * What became of a parcel that the customer has not got. Reports come late, twice and in any order: each is kept once at the
 * moment when it happened, and the latest says where the parcel is. After a delivery nothing moves it but a correction; that its carrier doubts
 * it is told to a person.
 */
export function report(
  { shipmentId, at, occurredAt: stated, personal, fromCarrier, ...told }: CommandData<'ReportParcel'>,
  state: RequestedShipment,
) {
  const { moment, wrong } = momentOf(stated, at, state)
  if (wrong) return refuse(wrong)
  const said = { ...told, occurredAt: moment }
  const reports = state.reports ?? []
  if (isSaidAlready(reports, said)) return accept()
  if (state.receivedAt !== undefined && Temporal.Instant.compare(moment, state.receivedAt) >= 0) {
    const { report: failure } = told
    if (fromCarrier && isFailure(failure)) return doubt(shipmentId, at, state, { failure, occurredAt: moment })
    return refuse({
      code: 'shipment-delivered',
      detail: `It was received at ${state.receivedAt}. What was told wrongly is corrected by PUT /shipments/{id}/delivery/correction.`,
    })
  }
  if (reports.length >= MAX_REPORTS)
    return refuse({ code: 'too-many-reports', detail: `${MAX_REPORTS} things were told of it already.` })
  return accept(reportedOf(shipmentId, state, said, personal))
}

export const reportedOf = (
  shipmentId: string,
  { requested: { orderId } }: RequestedShipment,
  said: Report,
  personal: { receivedBy?: string },
): ParcelReported => ({ type: 'ParcelReported', data: { shipmentId, orderId, ...said, personal } })

/** The very same was said, or what was the last to happen before it is the same once more. */
function isSaidAlready(reports: Report[], said: Report) {
  const saysAs = ({ report, takenBy, place }: Report) =>
    report === said.report && takenBy === said.takenBy && place === said.place
  const by = ({ occurredAt }: Report) => Temporal.Instant.compare(occurredAt, said.occurredAt)
  const before = reports.findLast((each) => by(each) <= 0)
  return reports.some((each) => by(each) === 0 && saysAs(each)) || (before !== undefined && saysAs(before))
}

/** The reports with one more, in the order in which they happened; of one moment, in the order in which they were told. */
export function withReport(reports: Report[] = [], said: Report): Report[] {
  const after = reports.findIndex(({ occurredAt }) => Temporal.Instant.compare(occurredAt, said.occurredAt) > 0)
  return after === -1 ? [...reports, said] : reports.toSpliced(after, 0, said)
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
