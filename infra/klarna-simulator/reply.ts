import { randomUUID } from 'node:crypto'
import type { Refuse } from '@vilkar/simulator/exchange.ts'
import { pathsOf, type Reply } from '@vilkar/simulator/reply.ts'

/** A request to Klarna's API, as its handlers see it. `ids` are the variable parts of the path. */
export type Ask = { ids: string[]; body: Record<string, unknown> }
export type Route = { method: string; path: RegExp; handle(ask: Ask): Reply }

/** A refusal in Klarna's words. */
export const refuse = (status: number, error_code: string, ...error_messages: string[]): Reply => ({
  status,
  body: { error_code, error_messages, correlation_id: randomUUID() },
})

/** A refusal that a fault makes up. */
export const refuseAs: Refuse = (status, code, messages) => refuse(status, code, ...messages)

/** The route of a path template such as `/orders/:id/captures`. */
export const route = (method: string, template: string, handle: Route['handle']): Route => ({
  method,
  path: pathsOf(template),
  handle,
})
