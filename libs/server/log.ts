import { type Logger, pino } from 'pino'

/** Structured lines of JSON on standard output. Tokens are never written. */
export const createLog = (service: string, level: string): Logger =>
  pino({ name: service, level, redact: ['req.headers.authorization'] })

export type Log = Logger
