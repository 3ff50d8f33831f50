import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultAction } from './faults.ts'
import type { Reply } from './reply.ts'

/** Klarna's limit for the body of a request, and more than Vipps has a use for. */
const MAX_BODY_BYTES = 1_000_000
const HTML_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

/** The body of a request as text; null when it is larger than that. */
export async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString()
}

/** Sends a reply as it is. */
export function send(response: ServerResponse, { status, headers, body }: Reply) {
  const html = typeof body === 'string'
  const payload = body === undefined ? '' : html ? body : JSON.stringify(body)
  response.writeHead(status, {
    ...(payload !== '' && (html ? HTML_HEADERS : { 'content-type': 'application/json' })),
    ...(status !== 204 && { 'content-length': String(Buffer.byteLength(payload)) }),
    ...headers,
  })
  response.end(payload)
}

/** A refusal in the provider's words. */
export type Refuse = (status: number, code: string, messages: string[]) => Reply

/**
 * Sends what a fault leaves of a reply, or its refusal by `refuse`. Returns the status that went out, or null when none
 * did.
 */
export async function sendFaulty(
  response: ServerResponse,
  reply: Reply,
  fault: FaultAction,
  refuse: Refuse,
): Promise<number | null> {
  const instead = (faulty: Reply) => {
    send(response, faulty)
    return faulty.status
  }
  switch (fault.type) {
    case 'hang':
      return null
    case 'reset':
      response.socket?.resetAndDestroy()
      return null
    case 'fin':
      response.socket?.end()
      return null
    case 'delay':
      await delayed(fault)
      return instead(reply)
    case 'status': {
      const refusal = fault.code === undefined ? undefined : refuse(fault.status, fault.code, fault.messages ?? [])
      return instead({ ...refusal, headers: { ...refusal?.headers, ...fault.headers }, status: fault.status })
    }
    case 'redirect':
      return instead({ status: fault.status ?? 302, headers: { location: fault.location } })
    case 'empty_body':
      return instead({ status: reply.status, headers: reply.headers })
    case 'html':
      return instead({
        status: fault.status ?? 502,
        body: '<!doctype html><title>Error</title><h1>Not from the payment provider</h1>',
      })
    case 'malformed':
      return broken(response, { ...reply, status: fault.status ?? reply.status }, '{"broken":', 'ends')
    case 'truncate':
      return broken(response, reply, '{', 'breaks off')
    case 'stall_body':
      return broken(response, reply, '{', 'stalls')
    case 'drop_header':
      return instead({ ...reply, headers: without(reply.headers, fault.name) })
  }
}

/** Waits for as long as a fault says. */
export const delayed = ({ ms = 0, until }: { ms?: number; until?: Promise<unknown> }) =>
  Promise.all([until, pause(ms, undefined, { ref: false })])

/** Sends a body that isn't JSON, and unless it simply ends, promises more of it than comes. */
function broken(
  response: ServerResponse,
  { status, headers }: Reply,
  start: string,
  how: 'ends' | 'breaks off' | 'stalls',
) {
  const length = Buffer.byteLength(start) + (how === 'ends' ? 0 : 100)
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': String(length) })
  if (how === 'ends') response.end(start)
  else response.write(start, () => how === 'breaks off' && response.destroy())
  return status
}

const without = (headers: Record<string, string> = {}, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([header]) => header.toLowerCase() !== name.toLowerCase()))
