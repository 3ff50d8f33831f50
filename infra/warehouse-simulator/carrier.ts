import type { Carrier } from './work.ts'

const TIMEOUT_MS = 10_000
/** Bring's product of a parcel to a pickup point. The simulator does not look where it goes. */
const PRODUCT = '5800'
const WEIGHT_KG = 2
const HEADERS = {
  'content-type': 'application/json',
  ...{ 'x-mybring-api-uid': 'warehouse@example.com', 'x-mybring-api-key': 'local-only' },
  'x-bring-client-url': 'http://127.0.0.1',
}

/** Parcels at the simulated Bring: booked by its Booking API (schema version 1), and handed in under `/__sim/`. */
export function createCarrier(url: string): Carrier {
  async function post(path: string, body: object) {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url + path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body), signal })
    const text = await response.text()
    if (!response.ok) throw new Error(`The carrier answered with ${response.status}: ${text}`)
    return text
  }
  return {
    name: 'Bring',
    async book(shipmentId, { name, street, postalCode, city, country }) {
      const recipient = { name, addressLine: street, postalCode, city, countryCode: country }
      const consignment = {
        parties: { sender: { name: 'Warehouse', reference: shipmentId }, recipient },
        product: { id: PRODUCT, customerNumber: 'WAREHOUSE-1' },
        packages: [{ correlationId: shipmentId, weightInKg: WEIGHT_KG }],
      }
      const answer = JSON.parse(
        await post('/booking-api/api/create', { schemaVersion: 1, consignments: [consignment] }),
      ) as { consignments: { confirmation: { packages: { packageNumber: string }[] } }[] }
      return answer.consignments[0]!.confirmation.packages[0]!.packageNumber
    },
    async handIn(trackingNumber) {
      await post(`/__sim/parcels/bring/${trackingNumber}`, { code: 'HANDED_IN' })
    },
  }
}
