import { type DestinationStream, type Logger, pino } from 'pino'
import { loggable } from './loggable-error.ts'

/** Structured lines of JSON, on standard output unless told otherwise. Tokens and values of rows are never written. */
export const createLog = (service: string, level: string, to?: DestinationStream): Logger =>
  pino(
    {
      name: service,
      level,
      redact: ['req.headers.authorization', '*.*.approvalToken'],
      serializers: { err: loggable, error: loggable },
    },
    to as DestinationStream,
  )

export type Log = Logger
