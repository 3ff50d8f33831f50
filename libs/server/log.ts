import { type DestinationStream, type Logger, pino } from 'pino'
import { loggable } from './loggable-error.ts'
import { createRepeats } from './repeats.ts'

const WARN = 40

/** `covers`: whether an error is part of an outage that is told by itself. */
export type Log = Logger & { covers?: (error: unknown) => boolean }

/**
 * Structured lines of JSON, on standard output unless told otherwise. Tokens and values of rows are never written. An outage is
 * one line at its begin and one at its end: what an error says that is said already is counted, and told when it is over.
 */
export function createLog(service: string, level: string, to?: DestinationStream): Log {
  const isRepeated = createRepeats((message, told) => log.info(told, `${message}: over`))
  const log: Log = pino(
    {
      name: service,
      level,
      redact: ['req.headers.authorization', '*.*.approvalToken'],
      serializers: { err: loggable, error: loggable },
      hooks: {
        logMethod(args, method, level) {
          const [details, message = ''] = args as unknown as [unknown, string?]
          const error = errorIn(details)
          if (error !== undefined && log.covers?.(error)) return
          if (error !== undefined && level >= WARN && !tellsOutage(details) && isRepeated(message, error.message))
            return
          method.apply(this, args)
        },
      },
    },
    to as DestinationStream,
  )
  return log
}

/** Who tells an outage once does so by itself, and the next one is to be told again (`createOutageLog`). */
const tellsOutage = (details: unknown) => (details as { outage?: string }).outage !== undefined

function errorIn(details: unknown) {
  const { err, error } = (details ?? {}) as { err?: unknown; error?: unknown }
  return [details, err, error].find((one) => one instanceof Error)
}
