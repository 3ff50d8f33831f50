import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { Units } from '@vilkar/terms/order/facts.ts'
import type { PlacedFacts } from './projection.ts'

/** Units that are sent instead of lost ones, or paid back, are no more of the order than those were: the parcel that lost them had less in it. */
export function withoutLost(
  { parcels, replacedShipments = [] }: Pick<PlacedFacts, 'parcels' | 'replacedShipments'>,
  { replaces, lines: instead }: Pick<DataOf<'ShipmentDispatched'>, 'replaces'> & { lines: Units[] },
) {
  if (replaces === undefined) return { parcels }
  if (!parcels.some(({ shipmentId }) => shipmentId === replaces))
    throw new Error(`What shipment ${replaces} lost is made good and no dispatch of it was heard.`)
  const lost = (lineId: string) =>
    instead.reduce((sum, each) => (each.lineId === lineId ? sum + each.quantity : sum), 0)
  const after = parcels.map((parcel) =>
    parcel.shipmentId === replaces
      ? {
          ...parcel,
          lines: parcel.lines
            .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - lost(lineId) }))
            .filter(({ quantity }) => quantity > 0),
        }
      : parcel,
  )
  const isEmpty = after.some(({ shipmentId, lines }) => shipmentId === replaces && lines.length === 0)
  return {
    parcels: after.filter(({ lines }) => lines.length > 0),
    ...(isEmpty && { replacedShipments: [...replacedShipments, replaces] }),
  }
}
