import type { Static } from 'typebox'
import { ERASURE_ANSWERED, ErasureAnswer } from './erasure.ts'
import { event } from './event.ts'

/** Told by orders. The aggregate is the erasure. */
export const OrderDataErased = event('OrderDataErased', ErasureAnswer, ERASURE_ANSWERED)
export type OrderDataErased = Static<typeof OrderDataErased>
