/** How long a stream holds an event, and how far back a new stream is filled from the outbox. */
export const STREAM_DAYS = 14

/**
 * How long after it was told an event may be delivered again: on its last day in the outbox's part that a new stream is filled
 * with, it may come into one, which then holds it for as long again. What comes later all the same, such as the last batches of a
 * shop that tells little, is known by its aggregate's head (`inbox_head`), which never goes.
 */
export const REDELIVERED_FOR_DAYS = 2 * STREAM_DAYS
