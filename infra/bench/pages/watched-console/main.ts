/**
 * Loaded before the console is (`--import`): tells the process that started it of each page how long that took from its request to the end of its
 * answer, and each call that it made meanwhile. It changes nothing of the console, and pages are asked for one at a time.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Asked, Served } from '../served.ts'

type Begun = { at: number; cpu: NodeJS.CpuUsage; calls: Asked[] }
const pages = new Map<ServerResponse, Begun>()
const calls = new Map<object, number>()
const SERVICES = new Map(
  ['ORDERS_URL', 'SHIPPING_URL', 'RETURNS_URL', 'PRIVACY_URL'].flatMap((name) => {
    const url = process.env[name]
    return url === undefined ? [] : [[new URL(url).origin, name.slice(0, -'_URL'.length).toLowerCase()] as const]
  }),
)

type Page = { request: IncomingMessage; response: ServerResponse }
type Call = { request: { origin: string; method: string; path: string } }

subscribe('http.server.request.start', (message) => {
  pages.set((message as Page).response, { at: performance.now(), cpu: process.threadCpuUsage(), calls: [] })
})
subscribe('http.server.response.finish', (message) => {
  const { request, response } = message as Page
  const begun = pages.get(response)
  if (begun === undefined) return
  pages.delete(response)
  const { user, system } = process.threadCpuUsage(begun.cpu)
  const processorMs = (user + system) / 1_000
  const { statusCode: status } = response
  const ms = performance.now() - begun.at
  process.send?.({ path: request.url ?? '', status, ms, processorMs, calls: begun.calls } satisfies Served)
})
subscribe('undici:request:create', (message) => calls.set((message as Call).request, performance.now()))
subscribe('undici:request:trailers', (message) => {
  const { request } = message as Call
  const begun = calls.get(request)
  const service = SERVICES.get(request.origin)
  calls.delete(request)
  if (begun === undefined || service === undefined) return
  const door = `${service} ${request.method} ${doorOf(request.path)}`
  for (const { at, calls: made } of pages.values()) made.push({ door, from: begun - at, to: performance.now() - at })
})
subscribe('undici:request:error', (message) => calls.delete((message as Call).request))

/** An address without ids and values, such as `/orders/…/history`. */
const doorOf = (path: string) => {
  const { pathname, searchParams } = new URL(path, 'http://house')
  const names = [...new Set(searchParams.keys())].join('&')
  const door = pathname.replace(/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '/…')
  return names === '' ? door : `${door}?${names}`
}

// What only listens does not keep the process.
process.channel?.unref()
