import type { Static } from 'typebox'
import { ERASURE_ANSWERED, ErasureAnswer, WRITTEN_SINCE, WrittenSince } from './erasure.ts'
import { event } from './event.ts'

/** Told by shipping. The aggregate is the erasure. */
export const ShipmentDataErased = event('ShipmentDataErased', ErasureAnswer, ERASURE_ANSWERED)
export type ShipmentDataErased = Static<typeof ShipmentDataErased>

/** Told by shipping of pictures, of what was noted of a parcel that came in, and of how a customer was told of a recall. The aggregate is the writing. */
export const ShipmentWrittenSince = event('ShipmentWrittenSince', WrittenSince, WRITTEN_SINCE)
export type ShipmentWrittenSince = Static<typeof ShipmentWrittenSince>
