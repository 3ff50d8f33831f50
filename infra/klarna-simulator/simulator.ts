import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isLiveKlarnaHost, isLiveKlarnaKey } from '@vilkar/payments/klarna/hosts.ts'
import { readBody, send } from '@vilkar/simulator/exchange.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import { type Api, createApi } from './api.ts'
import type { Verdict } from './authorizations.ts'
import { readBooks, writeBooks } from './books.ts'
import { createCallbacks } from './callbacks.ts'
import { type Controlled, control } from './control.ts'
import { createDepartments, type Departments } from './departments.ts'
import type { IdempotencyOptions } from './idempotency-store.ts'
import type { FraudStatus } from './order-management.ts'
import { payPage } from './pay-page.ts'
import { type PaymentSessions, readModel } from './payment-sessions.ts'
import { createPortal } from './portal.ts'
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
  const clock = createClock(options.now)
  const { port = 0, host = '127.0.0.1', pushDelayMs = PUSH_DELAY_MS, journalLimit = JOURNAL_LIMIT } = options
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const url = `http://${host}:${(server.address() as AddressInfo).port}`

  const violations = new Set<string>()
  const note = (violation: string) => void (violations.size < MAX_VIOLATIONS && violations.add(violation))
  const { now } = clock
  const faults = createFaults()
  const callbacks = createCallbacks(pushDelayMs, faults)
  const books = readBooks(options.remembered)
  const house = createDepartments({ now, note, books, callbacks, publicUrl: options.publicUrl ?? url })
  const { sessions } = house
  const api = createApi({ ...options, now, journalLimit, faults, note, routes: house.routes })
  const simulator = {
    ...customers(house),
    journal: api.journal,
    faults,
    orders: () => structuredClone(house.management.orders()),
    violations: () => [...violations],
    deliveries: callbacks.deliveries,
    /** What happens to an order without the shop's doing. */
    portal: createPortal({ now, books, change: house.management.change, call: callbacks.send }),
    /** Klarna's clock goes ahead of ours from now on. Throws RangeError for a time that is none, or past. */
    advance: clock.advance,
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

/** A clock that can be put ahead of the one that it is given. */
function createClock(given: () => Temporal.Instant) {
  let aheadMs = 0
  return {
    now: () => given().add({ milliseconds: aheadMs }),
    advance(by: Temporal.DurationLike | string) {
      const ms = Temporal.Duration.from(by).total('milliseconds')
      if (ms < 0) throw new RangeError('The clock does not go back.')
      aheadMs += Math.round(ms)
    },
  }
}

/** What customers do: on the hosted page, in the widget of Klarna Payments, and in Kustom's checkout. */
const customers = ({ sessions, authorizations, checkouts }: Departments) => ({
  approve: (id: string, fraudStatus?: FraudStatus) => readModel(sessions.approve(id, fraudStatus)),
  decline: (id: string) => readModel(sessions.decline(id)),
  close: (id: string) => readModel(sessions.close(id)),
  /** Gives the token that the browser gets. */
  authorize: (id: string, verdict?: Verdict) => authorizations.authorize(id, verdict),
  completeCheckout: (id: string, fraudStatus?: FraudStatus) => checkouts.complete(id, fraudStatus),
})

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
    if (pathname.startsWith('/__sim/')) return send(response, await control(simulator, method, pathname, body))
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
