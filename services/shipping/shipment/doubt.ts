import { type DeliveryDoubted, type Failure, failures } from '@vilkar/contracts/shipping-failed.ts'
import type { Doubt, RequestedShipment } from './state.ts'

/** Whether what is told of a parcel says that it does not arrive. */
export const isFailure = (word: string): word is Failure => (failures as readonly string[]).includes(word)

/**
 * What is told of a parcel that did not arrive in the moment of its receipt or since, whichever of both was heard first: each failure is told to a
 * person once, and anew only where it turns out to have happened earlier. Nothing of the delivery changes by it.
 */
export function doubtsOf(
  shipmentId: string,
  at: string,
  { requested: { orderId }, doubts = [] }: RequestedShipment,
  told: { report: string; occurredAt: string }[],
): DeliveryDoubted[] {
  const found = told.flatMap(({ report, occurredAt }) => (isFailure(report) ? [{ failure: report, occurredAt }] : []))
  const first = found.filter((each, n) => found.findIndex(({ failure }) => failure === each.failure) === n)
  return first
    .filter((each) => !doubts.some((known) => known.failure === each.failure && by(known, each) <= 0))
    .map(({ failure, occurredAt }) => ({
      type: 'DeliveryDoubted',
      data: { shipmentId, orderId, failure, occurredAt, doubtedAt: at },
    }))
}

/** What is doubted of a delivery with one more: each failure once, in the order in which they happened. */
export const withDoubt = (doubts: Doubt[] = [], { failure, occurredAt }: Doubt): Doubt[] =>
  [...doubts.filter((each) => each.failure !== failure), { failure, occurredAt }].sort(
    (one, other) => by(one, other) || failures.indexOf(one.failure) - failures.indexOf(other.failure),
  )

const by = (one: Doubt, other: Doubt) => Temporal.Instant.compare(one.occurredAt, other.occurredAt)
