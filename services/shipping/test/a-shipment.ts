import type { ParcelReport } from '@vilkar/contracts/shipping-parcel.ts'
import { editionById, termsOf } from '@vilkar/terms/editions/registry.ts'
import { edition } from '@vilkar/terms/sellers/smartgroup/2026-01-15/edition.ts'
import type { ShipmentCommand } from '../shipment/commands.ts'
import type { ShipmentStatus } from '../shipment/state.ts'
import type { AnswerAddressChange, AnswerStop } from '../shipment/stops.ts'

export const orderId = '019e8258-8c00-7a60-8f0e-2f8f9a4d1c11'
export const restId = '019e8834-7628-7aaa-8a04-25f5212fa5aa'
export const shipmentId = '019e8258-8c00-7b01-9a52-0d6b1f7c3e22'

type Data<Type extends ShipmentCommand['type']> = Omit<
  Extract<ShipmentCommand, { type: Type }>['data'],
  'shipmentId' | 'at'
>
const command = <Type extends ShipmentCommand['type']>(type: Type, at: string, data: Data<Type>) =>
  ({ type, data: { shipmentId, at, ...data } }) as Extract<ShipmentCommand, { type: Type }>

/** Two sensors and a lock for a consumer in Oslo. */
export const request = (change: Partial<Data<'RequestShipment'>> = {}) =>
  command('RequestShipment', '2026-06-01T08:02:10Z', {
    orderId,
    number: 'SG-7K2M9-4QXTB',
    customerKind: 'consumer',
    terms: { edition: edition.id, sha256: editionById(edition.id)!.sha256 },
    deliveryOption: 'home',
    lines: [
      { lineId: '1', sku: 'SENSOR-1', name: 'Lekkasjesensor', quantity: 2 },
      { lineId: '2', sku: 'LOCK-1', name: 'Dørlås', quantity: 1 },
    ],
    personal: {
      address: { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
    },
    ...change,
  })
export const hold = command('HoldShipment', '2026-06-01T08:10:00Z', {
  waitsFor: 'confirmation',
  cause: 'the order confirmation bounced (550 5.1.1 no such mailbox)',
})
export const resume = command('ResumeShipment', '2026-06-01T09:00:03Z', { waitsFor: 'confirmation' })
export const cancel = command('CancelShipment', '2026-06-01T10:00:00Z', {})
const requestId = '019e82a0-3d28-7e01-8c11-5a7d2b9c4e55'
/** One of the two sensors is not to be sent. */
export const stopOne = command('StopUnits', '2026-06-01T10:00:00Z', {
  requestId,
  lines: [{ lineId: '1', quantity: 1 }],
})
const addressRequest = '019e8360-0000-7e01-8c11-5a7d2b9c4e66'
export const readdress = command('ReaddressShipment', '2026-06-01T14:00:00Z', {
  requestId: addressRequest,
  address: { name: 'Kari Eksempel', street: 'Parkveien 12', postalCode: '0350', city: 'Oslo', country: 'NO' },
})
/** Nothing had left. */
export const answerAddress: AnswerAddressChange = {
  type: 'AnswerAddressChange',
  data: { requestId: addressRequest, orderId, changed: true, left: [], at: '2026-06-01T14:00:01Z' },
}
/** All of it was stopped. */
export const answerAll: AnswerStop = {
  type: 'AnswerStop',
  data: {
    ...{ requestId, orderId, at: '2026-06-01T10:00:01Z', shipmentIds: [] },
    lines: [
      { lineId: '1', stopped: 2, left: 0 },
      { lineId: '2', stopped: 1, left: 0 },
    ],
  },
}
export const dispatch = (change: Partial<Data<'DispatchShipment'>> = {}) =>
  command('DispatchShipment', '2026-06-02T12:00:00Z', {
    carrier: 'Posten',
    trackingNumber: 'TEST1234567NO',
    handedOverAt: '2026-06-02T12:00:00Z',
    restId,
    ...change,
  })
export const deliver = (change: Partial<Data<'DeliverShipment'>> = {}) =>
  command('DeliverShipment', '2026-06-04T14:30:00Z', {
    receivedAt: '2026-06-04T14:30:00Z',
    receivedBy: 'Kari Eksempel',
    takenBy: 'customer',
    ...change,
  })

export const circumstance = command('RecordCircumstance', '2026-06-03T11:00:00Z', {
  since: '2026-06-02T12:00:00Z',
  circumstance: { ownCarrier: true },
  lines: [{ lineId: '1', quantity: 1 }],
  by: 'staff-kim',
  why: 'Kari sent a courier of her own; her mail of 1 June says so.',
})
/** One of the two sensors is at the customer's risk. */
export const tellRisk = command('TellRisk', '2026-06-03T11:00:01Z', {
  lines: [
    {
      ...{ lineId: '1', quantity: 1, since: '2026-06-02T12:00:00Z' },
      reasons: termsOf(edition.id).riskOf({ customerKind: 'consumer', whereabouts: 'with-carrier', ownCarrier: true })
        .reasons,
    },
  ],
})

const reportId = '019e8d23-d100-7a22-8b01-0c1d2e3f4a55'
/** The carrier says on the third of June that one of the two sensors is lost. */
export const reportDamage = (change: Partial<Data<'ReportDamage'>> = {}) =>
  command('ReportDamage', '2026-06-03T12:00:00Z', {
    ...{ reportId, kind: 'lost', reportedBy: 'carrier', reportedAt: '2026-06-03T12:00:00Z', longLived: false },
    lines: [{ lineId: '1', quantity: 1 }],
    ...{
      by: 'warehouse-7',
      what: 'One box of the two was not on the car.',
      photos: ['https://files.example.com/1.jpg'],
    },
    ...change,
  })
export const settleLoss = (change: Partial<Data<'SettleLoss'>> = {}) =>
  command('SettleLoss', '2026-06-04T08:00:00Z', {
    ...{
      reportId,
      choice: 'replacement',
      replacementId: '019e91a5-0000-7b01-8c11-5a7d2b9c4e77',
      withdrawn: [],
      by: 'staff-kim',
    },
    ...change,
  })
export const claimOfCarrier = command('ClaimOfCarrier', '2026-06-04T09:00:00Z', { reportId, by: 'staff-kim' })

export const answerClaim = command('AnswerClaim', '2026-06-20T09:00:00Z', {
  ...{ reportId, answer: 'paid', amount: 49_900, currency: 'NOK', reference: 'KRAV-2026-118', by: 'staff-kim' },
})
const lostRisk = termsOf(edition.id).riskOf({ customerKind: 'consumer', whereabouts: 'lost-in-transit' }).reasons
/** What is looked at of a parcel that does not arrive; the carrier is believed to have lost all of it. */
export const tellFailure = (at: string, change: Partial<Data<'TellFailure'>> = {}) =>
  command('TellFailure', at, { withdrawn: [], risk: lostRisk, reportId, longLived: false, stoppable: [], ...change })
export const closeFailure = command('CloseFailure', '2026-06-08T09:00:00Z', {
  by: 'staff-kim',
  why: 'Kari has asked for it to be kept until Friday.',
})
export const correctDelivery = (change: Partial<Data<'CorrectDelivery'>> = {}) =>
  command('CorrectDelivery', '2026-06-06T09:00:00Z', {
    delivered: { receivedAt: '2026-06-05T16:00:00Z', receivedBy: 'Ola Eksempel', takenBy: 'named-by-customer' },
    wasReceivedBy: 'Kari Eksempel',
    by: 'staff-kim',
    why: 'The carrier had scanned another parcel.',
    ...change,
  })

export const correctNumbers = (change: Partial<Data<'CorrectNumbers'>> = {}) =>
  command('CorrectNumbers', '2026-06-06T09:00:00Z', {
    units: [
      { lineId: '1', quantity: 2, lotNumber: 'LOT-2026-05' },
      { lineId: '2', serialNumber: 'LK-000412' },
    ],
    by: 'staff-kim',
    why: 'Two digits were typed the other way round.',
    ...change,
  })

export const acceptance = command('AcceptShipment', '2026-06-01T11:00:00Z', {})
export const packing = command('PackShipment', '2026-06-01T12:00:00Z', {
  units: [
    { lineId: '1', quantity: 2, lotNumber: 'LOT-2026-05' },
    { lineId: '2', serialNumber: 'LK-000421' },
  ],
  manuals: ['2'],
})
/** What the carrier tells on the third of June. */
export const reported = (report: ParcelReport, change: Partial<Data<'ReportParcel'>> = {}) =>
  command('ReportParcel', '2026-06-03T10:00:00Z', {
    report,
    occurredAt: '2026-06-03T10:00:00Z',
    personal: {},
    ...change,
  })
const onItsWay = (report: ParcelReport) => [request(), dispatch(), reported(report)]

/** What leads to each status. */
export const pastOf: Readonly<Record<ShipmentStatus, ShipmentCommand[]>> = {
  requested: [request()],
  held: [request(), hold],
  cancelled: [request(), cancel],
  dispatched: [request(), dispatch()],
  delivered: [request(), dispatch(), deliver()],
  accepted: [request(), acceptance],
  packed: [request(), packing],
  'in-transit': onItsWay('in-transit'),
  'at-pickup-point': onItsWay('at-pickup-point'),
  'left-elsewhere': onItsWay('left-elsewhere'),
  refused: onItsWay('refused'),
  uncollected: onItsWay('uncollected'),
  lost: onItsWay('lost'),
  damaged: onItsWay('damaged'),
  returned: onItsWay('returned'),
}

/** What is sent for a complaint, and is not wanted after all. */
export const cure = { returnId: '019f96b2-2c00-7c02-8b63-1e7c2a8d4f66', cureId: '019fa720-3c00-7c02-8b63-1e7c2a8d4f77' }
export const stopCure: ShipmentCommand = {
  type: 'StopCure',
  data: { shipmentId: cure.cureId, at: '2026-07-28T10:00:00Z' },
}
