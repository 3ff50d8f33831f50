import type { CodeTable } from '../port.ts'

/** The event statuses of Bring's Tracking API (v2) and Event Cast API. Neither has one for a parcel that is lost or damaged. */
export const codes: CodeTable = {
  PRE_NOTIFIED: 'nothing',
  NOTIFICATION_SENT: 'nothing',
  DELIVERY_ORDERED: 'nothing',
  DELIVERY_CHANGED: 'nothing',
  DELIVERY_CANCELLED: 'nothing',
  // Something went wrong and it may be late; where it is stays as it was.
  DEVIATION: 'nothing',
  COLLECTED: { report: 'in-transit' },
  HANDED_IN: { report: 'in-transit' },
  TERMINAL: { report: 'in-transit' },
  IN_TRANSIT: { report: 'in-transit' },
  INTERNATIONAL: { report: 'in-transit' },
  CUSTOMS: { report: 'in-transit' },
  TRANSPORT_TO_RECIPIENT: { report: 'in-transit' },
  ATTEMPTED_DELIVERY: { report: 'in-transit' },
  READY_FOR_PICKUP: { report: 'at-pickup-point' },
  DELIVERED: 'delivered',
  // On its way back, for which there is no better word than that it was not taken in time.
  RETURN: { report: 'uncollected' },
  DELIVERED_SENDER: { report: 'returned' },
}
