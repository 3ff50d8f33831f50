import { alarmPersonalData } from '@vilkar/alarms/personal-data.ts'
import type { PersonalData } from '@vilkar/contracts/personal-data.ts'
import { commonPersonalData } from '@vilkar/server/personal-data.ts'
import { webhookPersonalData } from '@vilkar/webhooks/personal-data.ts'

const BOUNCE = 'What the mail server said of the confirmation that bounced; it may quote the address.'

/** Where the shipping service keeps personal data. */
export const personalData: PersonalData = {
  columns: {
    ...commonPersonalData.columns,
    ...alarmPersonalData.columns,
    ...webhookPersonalData.columns,
    'order_to_ship.personal->address': { category: 'address', subject: 'order_id', erased: 'blanked' },
    'order_to_ship.facts->number': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'shipment.personal->address': { category: 'address', subject: 'order_id', erased: 'blanked' },
    'shipment.personal->receivedBy': {
      category: 'identity',
      subject: 'order_id',
      erased: 'blanked',
      note: 'Whoever took the parcel, who need not be the customer.',
    },
    'shipment.personal->takers': {
      category: 'identity',
      subject: 'order_id',
      erased: 'blanked',
      note: 'Whoever was said to have taken the parcel and is not the customer, nor whom they named.',
    },
    'shipment.personal->circumstances': {
      category: 'identity',
      subject: 'order_id',
      erased: 'blanked',
      note: 'Who recorded what bears on the risk, and why.',
    },
    'shipment.personal->corrections': {
      category: 'identity',
      subject: 'order_id',
      erased: 'blanked',
      note: 'Who was said to have taken the parcel; and who of the staff corrected that, and why.',
    },
    'parcel.tracking_number': { category: 'reference', subject: 'shipment_ids', erased: 'retention' },
    'carrier_event.tracking_number': { category: 'reference', subject: 'tracking_number', erased: 'retention' },
    'carrier_event.facts': {
      category: 'address',
      subject: 'tracking_number',
      erased: 'blanked',
      note: 'Where a parcel is or was left, in the words of the carrier; it may be a house.',
    },
    'carrier_event.personal->receivedBy': {
      category: 'identity',
      subject: 'tracking_number',
      erased: 'blanked',
      note: 'Who signed for the parcel, who need not be the customer.',
    },
    'shipment.state->requested->number': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'shipment.state->dispatched->trackingNumber': { category: 'reference', subject: 'order_id', erased: 'retention' },
    'shipment.state->reports->place': {
      category: 'address',
      subject: 'order_id',
      erased: 'blanked',
      note: 'Where a parcel is, in the words of the carrier; it may be a house.',
    },
    'shipment.state->held->cause': { category: 'quotation', subject: 'order_id', erased: 'blanked', note: BOUNCE },
    'shipment.state->held->holds->cause': {
      category: 'quotation',
      subject: 'order_id',
      erased: 'blanked',
      note: BOUNCE,
    },
  },
  otherColumns: {
    ...commonPersonalData.otherColumns,
    ...alarmPersonalData.otherColumns,
    ...webhookPersonalData.otherColumns,
    order_to_ship: ['order_id', 'payment_missing'],
    stops: ['order_id', 'version', 'state'],
    shipment: ['id', 'order_id', 'version', 'status', 'requested_at', 'risk_version', 'risk_due_at', 'followed_at'],
    parcel: [
      ...['carrier', 'shipment_ids', 'followed_since', 'check_due_at', 'failures', 'failing_since'],
      ...['subscribed_until', 'subscribe_due_at'],
    ],
    carrier_event: ['id', 'carrier', 'event_key', 'code', 'occurred_at', 'heard_at', 'status', 'outcome'],
    carrier_activation: ['carrier', 'subscription_id', 'secret', 'asked_at', 'done_at'],
  },
  eventFields: {
    'ShipmentRequested.number': { category: 'reference', subject: 'orderId', erased: 'retention' },
    'ShipmentRequested.personal.address': { category: 'address', subject: 'orderId', erased: 'blanked' },
    'ShipmentReaddressed.personal.address': { category: 'address', subject: 'orderId', erased: 'blanked' },
    'ShipmentHeld.cause': { category: 'quotation', subject: 'orderId', erased: 'blanked', note: BOUNCE },
    'ShipmentHeld.holds.cause': { category: 'quotation', subject: 'orderId', erased: 'blanked', note: BOUNCE },
    'ShipmentDispatched.trackingNumber': { category: 'reference', subject: 'orderId', erased: 'retention' },
    'DeliveryCorrected.personal.wasReceivedBy': { category: 'identity', subject: 'orderId', erased: 'blanked' },
    'DeliveryCorrected.personal.receivedBy': { category: 'identity', subject: 'orderId', erased: 'blanked' },
    'DeliveryCorrected.personal.by': { category: 'staff', subject: 'personal.by', erased: 'retention' },
    'DeliveryCorrected.personal.why': { category: 'staff', subject: 'personal.by', erased: 'retention' },
    'CircumstanceRecorded.personal.by': { category: 'staff', subject: 'personal.by', erased: 'retention' },
    'CircumstanceRecorded.personal.why': { category: 'staff', subject: 'personal.by', erased: 'retention' },
    'ParcelReported.personal.receivedBy': { category: 'identity', subject: 'orderId', erased: 'blanked' },
    'ParcelReported.place': {
      category: 'address',
      subject: 'orderId',
      erased: 'blanked',
      note: 'Where a parcel is, in the words of the carrier; it may be a house.',
    },
    'ShipmentDelivered.personal.receivedBy': { category: 'identity', subject: 'orderId', erased: 'blanked' },
  },
  otherEventFields: [
    'ShipmentRequested.terms.edition',
    'ShipmentRequested.deliveryOption',
    'ShipmentRequested.lines.lineId',
    'ShipmentRequested.lines.name',
    'ShipmentReduced.stopped.lineId',
    'ShipmentReduced.lines.lineId',
    'ShipmentReduced.lines.name',
    'CircumstanceRecorded.lines.lineId',
    'RiskPassed.lines.lineId',
    'StopAnswered.lines.lineId',
    'ShipmentDispatched.carrier',
    'ShipmentDispatched.lines.lineId',
    'ShipmentDispatched.lines.name',
  ],
}
