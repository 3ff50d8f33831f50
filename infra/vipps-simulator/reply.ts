import { randomUUID } from 'node:crypto'

/** What the simulator answers: an object as JSON, a string as HTML. */
export type Reply = { status: number; headers?: Record<string, string>; body?: object | string }

/** A request to the API, as its handlers see it. `reference` is the variable part of the path, if it has one. */
export type Ask = { reference: string; key: string | null; body: Record<string, unknown> }
export type Route = { method: string; path: RegExp; handle(ask: Ask): Reply }

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  423: 'Locked',
  429: 'Too Many Requests',
}

/** A refusal as Vipps writes it: an RFC 7807 problem, whose number, if it has one, is among `extraDetails`. */
export const refuse = (status: number, errorCode: string | null, detail = ''): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: {
    type: `https://httpstatuses.io/${status}`,
    title: TITLES[status] ?? 'Server Error',
    detail,
    status,
    traceId: randomUUID(),
    ...(errorCode !== null && { extraDetails: [{ name: 'ErrorCode', reason: errorCode }] }),
  },
})

/** The route of a path template such as `/payments/:reference/capture`. */
export const route = (method: string, template: string, handle: Route['handle']): Route => ({
  method,
  path: new RegExp(`^${template.replaceAll(/:\w+/g, '([^/]+)')}$`),
  handle,
})
