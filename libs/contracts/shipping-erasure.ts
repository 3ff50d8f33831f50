import type { Static } from 'typebox'
import { ERASURE_ANSWERED, ErasureAnswer } from './erasure.ts'
import { event } from './event.ts'

/** Told by shipping. The aggregate is the erasure. */
export const ShipmentDataErased = event('ShipmentDataErased', ErasureAnswer, ERASURE_ANSWERED)
export type ShipmentDataErased = Static<typeof ShipmentDataErased>
