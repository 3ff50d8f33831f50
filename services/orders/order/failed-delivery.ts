import type { OrderDeliveryFailed, OrderDeliveryFailureEnded } from '@vilkar/contracts/orders-delivery.ts'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import { accept } from '@vilkar/decider/decider.ts'
import type { Command, DataOf, PlacedOrder } from './state.ts'

/** A parcel that did not arrive, as its carrier told; with `cure` it was sent for a complaint, and is no more of the order. */
export type FailedDelivery = Omit<OrderDeliveryFailed['data'], 'orderId' | 'notedAt' | 'reasons'> & {
  ended?: OrderDeliveryFailureEnded['data']['outcome']
}

export type FailureCommand =
  | Command<'FailDelivery', Omit<OrderDeliveryFailed['data'], 'orderId' | 'notedAt'>>
  | Command<'EndDeliveryFailure', Pick<OrderDeliveryFailureEnded['data'], 'shipmentId' | 'outcome'>>

/** Takes note of a parcel that does not arrive, once for each failure; the customer is written of it. */
export function failDelivery({ at, ...failed }: DataOf<'FailDelivery'>, { failedDeliveries = [] }: PlacedOrder) {
  const isNoted = failedDeliveries.some(
    ({ shipmentId, failure, failedAt, ended }) =>
      shipmentId === failed.shipmentId && failure === failed.failure && failedAt === failed.failedAt && !ended,
  )
  if (isNoted) return accept()
  return accept({ type: 'OrderDeliveryFailed', data: { ...failed, notedAt: at } } satisfies OrderDeliveryFailed)
}

/** Takes note that a failed delivery calls for nobody any more. */
export function endFailure(
  { orderId, at, shipmentId, outcome }: DataOf<'EndDeliveryFailure'>,
  { failedDeliveries = [] }: PlacedOrder,
) {
  const open = failedDeliveries.some((each) => each.shipmentId === shipmentId && each.ended === undefined)
  if (!open) return accept()
  const data = { orderId, shipmentId, outcome, endedAt: at }
  return accept({ type: 'OrderDeliveryFailureEnded', data } satisfies OrderDeliveryFailureEnded)
}

/** The order with what was told of a parcel that does not arrive. */
export function withFailure(
  state: PlacedOrder,
  { type, data }: OrderDeliveryFailed | OrderDeliveryFailureEnded,
): PlacedOrder {
  const { failedDeliveries: before = [] } = state
  if (type === 'OrderDeliveryFailed') {
    const { orderId: _, notedAt: __, reasons: ___, ...failed } = data
    return { ...state, failedDeliveries: [...before, failed] }
  }
  const { shipmentId, outcome: ended } = data
  const isIt = (each: FailedDelivery) => each.shipmentId === shipmentId && each.ended === undefined
  return { ...state, failedDeliveries: before.map((each) => (isIt(each) ? { ...each, ended } : each)) }
}

/**
 * Units that were brought in time and that the customer did not take, also where they are sent once more since: that they have not come is
 * on the customer's side (forbrukerkjøpsloven § 19, kjøpsloven § 22). What the carrier told wrongly is not among them.
 */
export const notTakenBy = ({ failedDeliveries = [] }: PlacedOrder, end: Temporal.Instant): LinePart[] =>
  failedDeliveries
    .filter(({ failure, cure, failedAt, ended }) => {
      const isCustomers = (failure === 'refused' || failure === 'uncollected') && cure === undefined
      const isTrue = ended !== 'delivered' && ended !== 'under-way'
      return isCustomers && isTrue && Temporal.Instant.compare(failedAt, end) < 0
    })
    .flatMap(({ lines }) => lines)
