import type { Static } from 'typebox'
import { ERASURE_ANSWERED, ErasureAnswer, WRITTEN_SINCE, WrittenSince } from './erasure.ts'
import { event } from './event.ts'

/** Told by returns. The aggregate is the erasure. */
export const ReturnDataErased = event('ReturnDataErased', ErasureAnswer, ERASURE_ANSWERED)
export type ReturnDataErased = Static<typeof ReturnDataErased>

/** Told by returns of pictures, notes, tags and what a person wrote of an alarm or of goods. The aggregate is the writing. */
export const ReturnWrittenSince = event('ReturnWrittenSince', WrittenSince, WRITTEN_SINCE)
export type ReturnWrittenSince = Static<typeof ReturnWrittenSince>
