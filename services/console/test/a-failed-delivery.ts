import type { Shipment } from '../desk/shipment-reading.ts'
import { aShipment, SHIPMENT_ID } from './a-shipment.ts'
import { ORDER_ID } from './an-order.ts'

/** Sentences that hold of goods which a consumer did not fetch, as shipping cites them. */
export const failureReasons = [
  {
    code: 'refusing-says-nothing',
    cites: [{ act: 'angrerettloven', section: '§ 20', text: 'Whoever withdraws says so clearly.' }],
  },
  { code: 'not-received', cites: [{ edition: 'smartgroup/2026-01-15', clause: '7.3', text: 'The risk is ours.' }] },
]

const dispatched = { carrier: 'Bring', trackingNumber: 'TEST0000007NO', handedOverAt: '2026-11-21T08:00:00Z' }

/** A parcel that was not fetched and came back, as shipping lists it among the deliveries that failed. */
export const aFailedDelivery = (name: string, changed: Partial<Shipment> = {}): Shipment =>
  aShipment(name, {
    ...({ orderId: ORDER_ID, status: 'returned', dispatched } as Partial<Shipment>),
    failed: { failure: 'uncollected', failedAt: '2026-11-26T08:00:00Z', dueOn: '2026-12-04' },
    ...changed,
  } as never)

/** What shipping answers about one, and to what is done about it. */
export const answersOfFailed = (shipment: Shipment): Record<string, unknown> => {
  const lines = shipment.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const at = `/shipments/${SHIPMENT_ID}`
  return {
    ...{ 'GET /failed-deliveries': { items: [shipment] }, [`GET ${at}`]: shipment },
    [`GET /shipments?orderId=${ORDER_ID}`]: { items: [shipment] },
    [`POST ${at}/failed-delivery/sending/preview`]: { changes: true, lines, reasons: failureReasons },
    [`POST ${at}/failed-delivery/closing/preview`]: { changes: true, lines, reasons: failureReasons },
    [`POST ${at}/parts/preview`]: {
      ...{ part: [{ lineId: '1', quantity: 1 }], rest: lines.slice(1), opened: true },
      reasons: [
        {
          code: 'period-begins-with-last-parcel',
          cites: [{ act: 'angrerettloven', section: '§ 21', text: 'From the last of the goods.' }],
        },
      ],
    },
    [`POST ${at}/damage-reports/preview`]: {
      ...{ lines, outcome: 'granted', late: false, claimDueOn: '2026-12-05' },
      reasons: [
        {
          code: 'carrier-told-in-time',
          cites: [{ act: 'vegfraktloven', section: '§ 40', text: 'Whoever receives goods tells the carrier.' }],
        },
      ],
    },
    [`POST ${at}/delivery/correction/preview`]: {
      ...{ changes: true, was: '2026-11-25T08:00:00Z', reasons: failureReasons.slice(1) },
    },
    ...{ [`PUT ${at}/failed-delivery/sending`]: shipment, [`PUT ${at}/failed-delivery/closing`]: shipment },
  }
}
