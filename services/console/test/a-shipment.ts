import type { Parcel } from '../warehouse/inbound-page.ts'
import type { Shipment } from '../warehouse/shipment.ts'
import type { Answers } from './console.ts'

export const SHIPMENT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e601'
export const PARCEL_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e602'

/** A shipment of two lines that the warehouse is asked for, as shipping answers it. */
export const aShipment = (name: string, changed: Partial<Shipment> = {}): Shipment => ({
  id: SHIPMENT_ID,
  orderId: '01a21b28-5d68-7ee0-97e6-be9cecd5e6ea',
  orderNumber: 'SG-34265-3WB02',
  status: 'requested',
  customerKind: 'consumer',
  deliveryOption: 'parcel',
  lines: [
    { lineId: '1', sku: 'SKU-1', name, quantity: 2 },
    { lineId: '2', sku: 'SKU-2', name: 'Sentral', quantity: 1 },
  ],
  address: { name, street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
  requestedAt: '2026-11-20T09:31:00Z',
  ...changed,
})

/** A parcel that came in and is being unpacked, with a unit in it that is of no return. */
export const aParcel = (note: string, changed: Partial<Parcel> = {}): Parcel => ({
  id: PARCEL_ID,
  status: 'open',
  receivedAt: '2026-11-25T08:00:00Z',
  trackingNumber: note,
  unsettled: false,
  units: [
    {
      ...{ unitId: '01a21b28-5d68-7ee0-97e6-be9cecd5e603', sku: 'SKU-1', received: false, complete: true },
      ...{ wear: 'tried', originalPackaging: true, fitForSale: true, serialNumber: note },
    },
  ],
  ...changed,
})

/** What shipping answers to a warehouse: one shipment, and one parcel that came in. */
export function warehouseAnswers(name: string): Answers {
  const [shipment, parcel] = [aShipment(name), aParcel(name)]
  const moved = ['acceptance', 'packing', 'dispatch', 'whereabouts'].map(
    (step) => [`PUT /shipments/${SHIPMENT_ID}/${step}`, shipment] as const,
  )
  const told = ['closing', 'settlement'].map((step) => [`PUT /inbound-parcels/${PARCEL_ID}/${step}`, parcel] as const)
  return new Proxy<Answers>(
    {
      'GET /shipments': { items: [shipment] },
      [`GET /shipments/${SHIPMENT_ID}`]: shipment,
      [`GET /shipments/${SHIPMENT_ID}/packing-slip`]: '%PDF of packing-slip',
      [`GET /shipments/${SHIPMENT_ID}/label`]: '%PDF of label',
      'GET /carriers': { items: [{ carrier: 'Bring' }, { carrier: name }] },
      'GET /inbound-parcels': { items: [parcel] },
      [`GET /inbound-parcels/${PARCEL_ID}`]: parcel,
      ...Object.fromEntries([...moved, ...told]),
    },
    {
      // Ids that the caller chooses: reports, parcels and units.
      get: (known, key, all) =>
        Reflect.get(known, key, all) ??
        (/^PUT \/damage-reports\/[^/]+$/.test(String(key))
          ? { id: 'r' }
          : /^PUT \/inbound-parcels\/[^/]+(\/units\/[^/]+)?$/.test(String(key))
            ? parcel
            : undefined),
    },
  )
}
