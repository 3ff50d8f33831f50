/** What says where and why, and never what stood in a row. */
const KEPT = [
  'code',
  'statusCode',
  'severity',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'routine',
] as const
const MAX_DEPTH = 4
/** PostgreSQL quotes the value that it could not read or keep in messages of this class (data exception). */
const ABOUT_A_VALUE = /^22/

/** Errors as they are logged: of many at once, and of their causes, each by itself. */
export type LoggableError = { type: string; message: string; stack?: string; cause?: unknown; errors?: unknown[] }

/**
 * An error as it may stand in a log. Of what PostgreSQL says, `detail`, `where`, `internalQuery` and `hint` quote rows and
 * parameters and are left out, and so is a value in the message; the SQLSTATE, table and constraint say enough to find it.
 */
export function loggable(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return error instanceof Error ? error.name : error
  const fields = error as unknown as Record<string, unknown>
  const quotes = typeof fields.code === 'string' && ABOUT_A_VALUE.test(fields.code)
  const told = (text: string) => (quotes ? text.replaceAll(error.message, withoutValues(error.message)) : text)
  return {
    type: error.constructor.name,
    message: told(error.message),
    ...(error.stack && { stack: told(error.stack) }),
    ...Object.fromEntries(KEPT.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]])),
    ...(error.cause !== undefined && { cause: loggable(error.cause, depth + 1) }),
    ...(error instanceof AggregateError && { errors: error.errors.map((each) => loggable(each, depth + 1)) }),
  } satisfies LoggableError & Record<string, unknown>
}

const withoutValues = (message: string) => message.replace(/"[\s\S]*"/, '"…"')
