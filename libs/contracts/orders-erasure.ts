import type { Static } from 'typebox'
import { ERASURE_ANSWERED, ErasureAnswer, WRITTEN_SINCE, WrittenSince } from './erasure.ts'
import { event } from './event.ts'

/** Told by orders. The aggregate is the erasure. */
export const OrderDataErased = event('OrderDataErased', ErasureAnswer, ERASURE_ANSWERED)
export type OrderDataErased = Static<typeof OrderDataErased>

/** Told by orders of what a person wrote of an alarm or of a money operation. The aggregate is the writing. */
export const OrderWrittenSince = event('OrderWrittenSince', WrittenSince, WRITTEN_SINCE)
export type OrderWrittenSince = Static<typeof OrderWrittenSince>
