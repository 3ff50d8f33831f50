import { randomUUID } from 'node:crypto'

/** What the simulator answers: an object as JSON, a string as HTML. */
export type Reply = { status: number; headers?: Record<string, string>; body?: object | string }

/** A request to Klarna's API, as its handlers see it. `ids` are the variable parts of the path. */
export type Ask = { ids: string[]; body: Record<string, unknown> }
export type Route = { method: string; path: RegExp; handle(ask: Ask): Reply }

/** A refusal in Klarna's words. */
export const refuse = (status: number, error_code: string, ...error_messages: string[]): Reply => ({
  status,
  body: { error_code, error_messages, correlation_id: randomUUID() },
})

/** The route of a path template such as `/orders/:id/captures`. */
export const route = (method: string, template: string, handle: Route['handle']): Route => ({
  method,
  path: new RegExp(`^${template.replaceAll(/:\w+/g, '([^/]+)')}$`),
  handle,
})

export const NO_CONTENT: Reply = { status: 204 }
