import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isLiveKlarnaHost, isLiveKlarnaKey } from '@vilkar/payments/klarna-hosts.ts'
import { type Api, createApi } from './api.ts'
import { readBooks, writeBooks } from './books.ts'
import { createCallbacks } from './callbacks.ts'
import { type Controlled, control } from './control.ts'
import { readBody, send } from './exchange.ts'
import { createFaults } from './faults.ts'
import type { IdempotencyOptions } from './idempotency-store.ts'
import { createOrderManagement, type FraudStatus } from './order-management.ts'
import { payPage } from './pay-page.ts'
import { createPaymentSessions, type PaymentSessions, readModel } from './payment-sessions.ts'
import { refuse } from './reply.ts'

const PUSH_DELAY_MS = 50
const JOURNAL_LIMIT = 10_000
const MAX_VIOLATIONS = 1_000

export type SimulatorOptions = {
  /** 0 takes a free port. */
  port?: number
  host?: string
  /** Where a browser finds the payment pages, when that isn't where the simulator listens. */
  publicUrl?: string
  username: string
  password: string
  now(): Temporal.Instant
  /** How long after a change the shop is called back. */
  pushDelayMs?: number
  /** How many requests the journal keeps. */
  journalLimit?: number
  idempotency?: IdempotencyOptions
  /** What it remembered when `remembered()` was last asked; nothing unless given. */
  remembered?: string
  /** Whether captures and refunds show the shop's reference, as Klarna's schema says and its examples don't. */
  echoReferences?: boolean
}

/**
 * A Klarna in memory: payment sessions, hosted payment pages and order management over HTTP, with faults on demand.
 * Throws when it is given what belongs to the live Klarna.
 */
export async function startKlarnaSimulator(options: SimulatorOptions) {
  if (isLiveKlarnaKey(options.username) || isLiveKlarnaKey(options.password)) {
    throw new Error('These are credentials of the live Klarna: the simulator does not take them.')
  }
  const { now, port = 0, host = '127.0.0.1', pushDelayMs = PUSH_DELAY_MS, journalLimit = JOURNAL_LIMIT } = options
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const url = `http://${host}:${(server.address() as AddressInfo).port}`

  const violations = new Set<string>()
  const note = (violation: string) => void (violations.size < MAX_VIOLATIONS && violations.add(violation))
  const faults = createFaults()
  const callbacks = createCallbacks(pushDelayMs)
  const books = readBooks(options.remembered)
  const { place, orders, isAcknowledged, ...management } = createOrderManagement({ now, note, books })
  const sessions = createPaymentSessions({
    now,
    books,
    publicUrl: options.publicUrl ?? url,
    place,
    changed: (session, order) => callbacks.tell(session, order, isAcknowledged),
  })
  const api = createApi({ ...options, journalLimit, faults, note, routes: [...sessions.routes, ...management.routes] })
  const simulator = {
    journal: api.journal,
    faults,
    orders: () => structuredClone(orders()),
    violations: () => [...violations],
    deliveries: callbacks.deliveries,
    approve: (id: string, fraudStatus?: FraudStatus) => readModel(sessions.approve(id, fraudStatus)),
    decline: (id: string) => readModel(sessions.decline(id)),
    close: (id: string) => readModel(sessions.close(id)),
  }
  serve(server, { simulator, sessions, api, note })

  async function stop() {
    await callbacks.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, ...simulator, remembered: () => writeBooks(books), stop }
}
export type KlarnaSimulator = Awaited<ReturnType<typeof startKlarnaSimulator>>

type Doors = { simulator: Controlled; sessions: PaymentSessions; api: Api; note(violation: string): void }

/** Three doors: the page for customers, the control API for tests, and Klarna's API for everything else. */
function serve(server: Server, { simulator, sessions, api, note }: Doors) {
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { method = '' } = request
    const { pathname } = new URL(request.url ?? '/', 'http://simulator')
    if (isLiveKlarnaHost(request.headers.host ?? '')) {
      return send(response, refuse(421, 'MISDIRECTED_REQUEST', 'This is a simulator, not the live Klarna.'))
    }
    const body = await readBody(request)
    if (body === null) return send(response, refuse(413, 'REQUEST_TOO_LARGE'))
    if (pathname.startsWith('/pay/')) return send(response, payPage(sessions, method, pathname.slice(5), body))
    if (pathname.startsWith('/__sim/')) return send(response, control(simulator, method, pathname, body))
    await api.answer(request, response, pathname, body)
  }
  server.on('request', (request, response) => {
    answer(request, response).catch((error) => {
      // A caller who hangs up while still sending is nobody's mistake.
      if (!request.destroyed || request.complete) note(`The simulator failed: ${error}`)
      response.destroy()
    })
  })
}
