import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerAction } from './faults.ts'
import { type Reply, refuse } from './reply.ts'

const MAX_BODY_BYTES = 1_000_000
const HTML_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

/** The body of a request as text; null when it is larger than anything that is meant. */
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

/** Sends what a fault leaves of a reply. Returns the status that went out, or null when none did. */
export async function sendFaulty(response: ServerResponse, reply: Reply, fault: AnswerAction): Promise<number | null> {
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
      const body = fault.code === undefined ? {} : refuse(fault.status, fault.code, fault.messages?.join(' '))
      return instead({ ...body, headers: { ...fault.headers }, status: fault.status })
    }
    case 'html':
      return instead({
        status: fault.status ?? 502,
        body: '<!doctype html><title>Error</title><h1>Not from Vipps</h1>',
      })
    case 'malformed':
      return broken(response, { ...reply, status: fault.status ?? reply.status }, 0)
    case 'truncate':
      return broken(response, reply, 100, () => response.destroy())
    case 'stall_body':
      return broken(response, reply, 100, () => undefined)
    case 'empty_body':
      return instead({ status: reply.status })
    case 'drop_header':
      return instead({ ...reply, headers: without(reply.headers, fault.name) })
  }
}

/** Waits for as long as a fault says. */
export const delayed = ({ ms = 0, until }: { ms?: number; until?: Promise<unknown> }) =>
  Promise.all([until, pause(ms, undefined, { ref: false })])

/** Sends a body that isn't JSON; of one that lacks something, `then` is what happens instead of the rest. */
function broken(response: ServerResponse, { status }: Reply, lacking: number, then?: () => void) {
  const start = '{"reference":'
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(start) + lacking),
  })
  if (then === undefined) response.end(start)
  else response.write(start, then)
  return status
}

const without = (headers: Record<string, string> = {}, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([header]) => header.toLowerCase() !== name.toLowerCase()))
