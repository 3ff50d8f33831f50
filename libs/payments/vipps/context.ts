import type { Send } from './token.ts'

/** What the parts of the adapter share. */
export type Vipps = { send: Send; now(): Temporal.Instant; graceMs: number; reservationDays: number }
