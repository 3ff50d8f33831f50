import { isLiveKlarnaHost, isLiveKlarnaKey } from '@vilkar/payments/klarna/hosts.ts'
import type { LifeOf } from '@vilkar/simulator/authorisation-life.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import { createViolations, listen, routing } from '@vilkar/simulator/server.ts'
import { createKlarnaApi } from './api.ts'
import { readBooks, writeBooks } from './books.ts'
import { createCallbacks } from './callbacks.ts'
import { control } from './control.ts'
import type { IdempotencyOptions } from './idempotency-store.ts'
import { createKlarnaParts, type KlarnaParts } from './klarna-parts.ts'
import { payPage } from './pay-page.ts'
import { readModel } from './payment-sessions.ts'
import { createPortal } from './portal.ts'
import type { FraudStatus, Verdict } from './records.ts'
import { refuse } from './reply.ts'

const PUSH_DELAY_MS = 50
const JOURNAL_LIMIT = 10_000

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
  /** Which authorisations end sooner than Klarna's. */
  lifeOf?: LifeOf
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
  const server = await listen({ port, host })
  const { note, violations } = createViolations()
  const { now } = clock
  const faults = createFaults()
  const callbacks = createCallbacks(pushDelayMs, faults)
  const books = readBooks(options.remembered)
  const klarna = createKlarnaParts({
    ...{ now, note, books, callbacks, lifeOf: options.lifeOf },
    publicUrl: options.publicUrl ?? server.url,
  })
  const { sessions } = klarna
  const api = createKlarnaApi({ ...options, now, journalLimit, faults, note, routes: klarna.routes })
  const simulator = {
    ...customers(klarna),
    journal: api.journal,
    calls: api.calls,
    faults,
    orders: () => structuredClone(klarna.management.orders()),
    violations,
    deliveries: callbacks.deliveries,
    /** What happens to an order without the shop's doing. */
    portal: createPortal({ now, books, change: klarna.management.change, call: callbacks.send }),
    /** Klarna's clock goes ahead of ours from now on. Throws RangeError for a time that is none, or past. */
    advance: clock.advance,
  }
  const answer = routing({
    refuseLive: (name) =>
      isLiveKlarnaHost(name) ? refuse(421, 'MISDIRECTED_REQUEST', 'This is a simulator, not the live Klarna.') : null,
    tooLarge: refuse(413, 'REQUEST_TOO_LARGE'),
    payPage: (method, id, body) => payPage(sessions, method, id, body),
    control: (method, path, body) => control(simulator, method, path, body),
    api,
  })
  server.serve(answer, (error) => note(`The simulator failed: ${error}`))

  async function stop() {
    await callbacks.stop()
    await server.stop()
  }
  return { url: server.url, ...simulator, remembered: () => writeBooks(books), stop }
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
const customers = ({ sessions, authorizations, checkouts }: KlarnaParts) => ({
  approve: (id: string, fraudStatus?: FraudStatus) => readModel(sessions.approve(id, fraudStatus)),
  decline: (id: string) => readModel(sessions.decline(id)),
  close: (id: string) => readModel(sessions.close(id)),
  /** Gives the token that the browser gets. */
  authorize: (id: string, verdict?: Verdict) => authorizations.authorize(id, verdict),
  completeCheckout: (id: string, fraudStatus?: FraudStatus) => checkouts.complete(id, fraudStatus),
})
