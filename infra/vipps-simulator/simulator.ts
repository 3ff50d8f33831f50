import { isLiveVippsHost } from '@vilkar/payments/vipps/hosts.ts'
import type { LifeOf } from '@vilkar/simulator/authorisation-life.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import { createViolations, listen, routing } from '@vilkar/simulator/server.ts'
import { type Credentials, createAccess } from './access-token.ts'
import { createVippsApi } from './api.ts'
import { control } from './control.ts'
import type { IdempotencyOptions } from './idempotency-store.ts'
import { payPage } from './pay-page.ts'
import { createPayments } from './payments.ts'
import { refuse } from './reply.ts'
import { createWebhooks } from './webhooks.ts'

const PUSH_DELAY_MS = 50
const JOURNAL_LIMIT = 10_000

export type SimulatorOptions = Credentials & {
  /** 0 takes a free port. */
  port?: number
  host?: string
  /** Where a browser finds the payment pages, when that isn't where the simulator listens. */
  publicUrl?: string
  now(): Temporal.Instant
  /** Where events are told; nowhere until it is given, here or by `registerWebhook`. */
  webhookUrl?: string
  /** What its registration gave the shop; webhooks are signed by it. */
  webhookSecret?: string
  /** How long after an event it is told. */
  pushDelayMs?: number
  /** How many requests the journal keeps. */
  journalLimit?: number
  idempotency?: IdempotencyOptions
  /** Which reservations end sooner than Vipps' own. */
  lifeOf?: LifeOf
}

/**
 * A Vipps MobilePay in memory: access tokens, the ePayment API and a page to approve on, over HTTP, with faults on
 * demand. Throws when it is to stand in for the live one.
 */
export async function startVippsSimulator(options: SimulatorOptions) {
  const { port = 0, host = '127.0.0.1', pushDelayMs = PUSH_DELAY_MS, journalLimit = JOURNAL_LIMIT } = options
  if (isLiveVippsHost(host) || isLiveVippsHost(URL.parse(options.publicUrl ?? '')?.host ?? '')) {
    throw new Error('This names the live Vipps: the simulator does not stand in for that.')
  }
  let ahead = 0
  const now = () => options.now().add({ milliseconds: ahead })
  const server = await listen({ port, host })
  const { note, violations } = createViolations()
  const faults = createFaults()
  const access = createAccess(options, now)
  const webhooks = createWebhooks({
    url: options.webhookUrl,
    secret: options.webhookSecret,
    msn: options.merchantSerialNumber,
    now,
    delayMs: pushDelayMs,
    faults,
  })
  const payments = createPayments({
    ...{ now, note, told: webhooks.tell, lifeOf: options.lifeOf },
    publicUrl: options.publicUrl ?? server.url,
  })
  const api = createVippsApi({ ...options, now, journalLimit, faults, note, access, routes: payments.routes })
  const simulator = {
    now,
    advance(ms: number) {
      if (!Number.isInteger(ms) || ms < 0) throw new TypeError('A clock is moved on by whole milliseconds.')
      ahead += ms
    },
    journal: api.journal,
    calls: api.calls,
    faults,
    payments: () => structuredClone(payments.all()),
    violations,
    deliveries: webhooks.deliveries,
    registerWebhook: webhooks.register,
    approve: (reference: string) => structuredClone(payments.approve(reference)),
    abort: (reference: string) => structuredClone(payments.abort(reference)),
    expire: (reference: string) => structuredClone(payments.expire(reference)),
    runOut: (reference: string) => structuredClone(payments.runOut(reference)),
    captureInPortal: payments.captureInPortal,
    refundInPortal: payments.refundInPortal,
    revokeTokens: access.revoke,
  }
  const answer = routing({
    refuseLive: (name) =>
      isLiveVippsHost(name) ? refuse(421, null, 'This is a simulator, not the live Vipps.') : null,
    tooLarge: refuse(413, null),
    payPage: (method, token, body) => payPage(payments, method, token, body),
    control: (method, path, body) => control(simulator, method, path, body),
    api,
  })
  server.serve(answer, (error) => note(`The simulator failed: ${error}`))

  async function stop() {
    await webhooks.stop()
    await server.stop()
  }
  return { url: server.url, ...simulator, stop }
}
export type VippsSimulator = Awaited<ReturnType<typeof startVippsSimulator>>
