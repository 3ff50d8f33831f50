import type { Address } from '@vilkar/contracts/parts.ts'

/** What goes back, from a customer to the seller; `reference` is ours, and names the label in the carrier's books. */
export type Booking = { reference: string; from: Address; to: Address; email: string; at: Temporal.Instant }

/** What a carrier answers: the number that it scans, and what is shown where the parcel is handed in without a label. */
export type Booked = { trackingNumber: string; code?: string; validUntil?: string }

/** A carrier that takes parcels back. A booking that failed throws; one whose answer was lost may be made again, since what nobody hands in costs nothing. */
export type ReturnFreight = {
  /** The adapter's name, by which its parcels are followed. */
  name: string
  book(booking: Booking): Promise<Booked>
}
