import { type DestinationStream, type Logger, pino } from 'pino'

/** Structured lines of JSON, on standard output unless told otherwise. Tokens are never written. */
export const createLog = (service: string, level: string, to?: DestinationStream): Logger =>
  pino({ name: service, level, redact: ['req.headers.authorization', '*.*.approvalToken'] }, to as DestinationStream)

export type Log = Logger
