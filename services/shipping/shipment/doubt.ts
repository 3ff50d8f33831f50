import { type DeliveryDoubted, type Failure, failures } from '@vilkar/contracts/shipping-failed.ts'
import { accept } from '@vilkar/decider/decider.ts'
import type { Doubt, RequestedShipment } from './state.ts'

/** Whether what is told of a parcel says that it does not arrive. */
export const isFailure = (word: string): word is Failure => (failures as readonly string[]).includes(word)

/** What a carrier tells of a parcel that it told to be received: told to a person, once, and nothing of the delivery changes. */
export function doubt(
  shipmentId: string,
  at: string,
  { requested: { orderId }, doubts = [] }: RequestedShipment,
  { failure, occurredAt }: Doubt,
) {
  if (doubts.some((each) => each.failure === failure)) return accept()
  const data = { shipmentId, orderId, failure, occurredAt, doubtedAt: at }
  return accept({ type: 'DeliveryDoubted', data } satisfies DeliveryDoubted)
}
