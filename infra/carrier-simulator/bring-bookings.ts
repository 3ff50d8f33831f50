import type { Reply } from '@vilkar/simulator/reply.ts'
import { type Ask, refuse } from './routes.ts'

type BookedConsignment = {
  product?: { id?: string; customerNumber?: string; additionalServices?: { id: string }[] }
  parties?: { sender?: object; recipient?: object }
  packages?: { correlationId?: string }[]
}

/** The product of the way back, of which the shop wants a code to show instead of a label. */
const RETURNS = new Set(['9300'])
const CODE_ASKED = '1288'

/**
 * Bring's Booking API: each booking gives numbers of its own, also after a start anew, and of the way back a code where one is asked
 * for.
 */
export function simulateBookings(note: (violation: string) => void, now: () => Temporal.Instant) {
  const begun = now().epochMilliseconds
  let bookings = 0
  return ({ body }: Ask): Reply => {
    const { schemaVersion, consignments = [] } = body as { schemaVersion?: number; consignments?: BookedConsignment[] }
    const [booked, ...more] = consignments
    if (schemaVersion !== 1 || booked === undefined || more.length > 0) return refuse(400, 'Something is missing.')
    const { product, parties, packages = [] } = booked
    if (!product?.id || !product.customerNumber || !parties?.sender || !parties.recipient || packages.length === 0)
      return { status: 400, body: { consignments: [{ errors: [{ code: 'BOOK-INPUT-031' }] }] } }
    const isReturn = RETURNS.has(product.id)
    if (isReturn && !product.additionalServices?.some(({ id }) => id === CODE_ASKED))
      note('A return was booked without a code.')
    bookings += 1
    const consignmentNumber = String(begun + bookings)
    const confirmed = packages.map(({ correlationId }, n) => ({
      ...{ packageNumber: `3707${consignmentNumber}${n}`, correlationId },
      ...(isReturn && { labelFreeCode: `BRING-${1_000 + bookings}-${5_000 + n}` }),
    }))
    return {
      status: 200,
      body: { consignments: [{ confirmation: { consignmentNumber, packages: confirmed }, errors: [] }] },
    }
  }
}
