import type { Reply } from '@vilkar/simulator/reply.ts'
import { type Ask, refuse } from './routes.ts'

type BookedConsignment = {
  product?: { id?: string; customerNumber?: string; additionalServices?: { id: string }[] }
  parties?: { sender?: object; recipient?: object }
  packages?: { correlationId?: string }[]
}

/** Bring's Booking API, as far as parcels go back: each booking gives numbers of its own, and a code where one is asked for. */
export function simulateBookings(note: (violation: string) => void) {
  let bookings = 0
  return ({ body }: Ask): Reply => {
    const { schemaVersion, consignments = [] } = body as { schemaVersion?: number; consignments?: BookedConsignment[] }
    const [booked, ...more] = consignments
    if (schemaVersion !== 1 || booked === undefined || more.length > 0) return refuse(400, 'Something is missing.')
    const { product, parties, packages = [] } = booked
    if (!product?.id || !product.customerNumber || !parties?.sender || !parties.recipient || packages.length === 0)
      return { status: 400, body: { consignments: [{ errors: [{ code: 'BOOK-INPUT-031' }] }] } }
    if (!product.additionalServices?.some(({ id }) => id === '1288')) note('A return was booked without a code.')
    bookings += 1
    const consignmentNumber = `7050${1_000_000 + bookings}`
    const confirmed = packages.map(({ correlationId }, n) => ({
      ...{ packageNumber: `3707${consignmentNumber}${n}`, correlationId },
      labelFreeCode: `BRING-${1_000 + bookings}-${5_000 + n}`,
    }))
    return {
      status: 200,
      body: { consignments: [{ confirmation: { consignmentNumber, packages: confirmed }, errors: [] }] },
    }
  }
}
