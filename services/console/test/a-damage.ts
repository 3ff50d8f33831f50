import type { Damage } from '../desk/damage.ts'
import { aShipment, SHIPMENT_ID } from './a-shipment.ts'
import { ORDER_ID } from './an-order.ts'

export const REPORT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e901'
export const SHA = 'a'.repeat(64)

/** Two sensors that were crushed on their way, as shipping answers the report of it: the carrier was told nothing yet. */
export const aDamage = (changed: Partial<Damage> = {}): Damage => ({
  ...{ id: REPORT_ID, shipmentId: SHIPMENT_ID, orderId: ORDER_ID, kind: 'damaged' },
  lines: [{ lineId: '1', quantity: 2 }],
  ...{ reportedBy: 'customer', reportedAt: '2026-11-26T08:00:00Z', what: 'Knust.', photos: [] },
  ...{ outcome: 'granted', late: false, claimDueOn: '2026-12-04' },
  claimReasons: [
    {
      code: 'carrier-told-in-time',
      cites: [{ act: 'vegfraktloven', section: '§ 40', text: 'Whoever receives goods tells the carrier of damage.' }],
    },
  ],
  ...changed,
})

/** What shipping answers about a report, its shipment and its pictures. */
export const answersOf = (report: Damage): Record<string, unknown> => ({
  [`GET /damage-reports?orderId=${ORDER_ID}&limit=200`]: { items: [report] },
  [`GET /damage-reports/${REPORT_ID}`]: report,
  [`GET /damage-reports/${REPORT_ID}/photos`]: { items: [{ sha256: SHA, width: 640, height: 480 }] },
  [`GET /damage-reports/${REPORT_ID}/photos/${SHA}`]: Buffer.from([0xff, 0xd8, 0xff]),
  [`GET /shipments/${SHIPMENT_ID}`]: aShipment('Kari', {
    status: 'lost',
    dispatched: { carrier: 'Bring', trackingNumber: 'TEST0000007NO', handedOverAt: '2026-11-21T08:00:00Z' } as never,
  }),
})
