import { randomUUID } from 'node:crypto'
import type { Refuse } from '@vilkar/simulator/exchange.ts'
import { pathsOf, type Reply } from '@vilkar/simulator/reply.ts'

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

/** A refusal that a fault makes up. */
export const refuseAs: Refuse = (status, code, messages) => refuse(status, code, messages.join(' '))

/** The route of a path template such as `/payments/:reference/capture`. */
export const route = (method: string, template: string, handle: Route['handle']): Route => ({
  method,
  path: pathsOf(template),
  handle,
})
