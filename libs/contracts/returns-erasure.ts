import type { Static } from 'typebox'
import { ERASURE_ANSWERED, ErasureAnswer } from './erasure.ts'
import { event } from './event.ts'

/** Told by returns. The aggregate is the erasure. */
export const ReturnDataErased = event('ReturnDataErased', ErasureAnswer, ERASURE_ANSWERED)
export type ReturnDataErased = Static<typeof ReturnDataErased>
