import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isLiveVippsHost } from '@vilkar/payments/vipps/hosts.ts'
import { readBody, send } from '@vilkar/simulator/exchange.ts'
import { createFaults } from '@vilkar/simulator/faults.ts'
import { type Credentials, createAccess } from './access-token.ts'
import { type Api, createApi } from './api.ts'
import { type Controlled, control } from './control.ts'
import type { IdempotencyOptions } from './idempotency-store.ts'
import { payPage } from './pay-page.ts'
import { createPayments, type Payments } from './payments.ts'
import { refuse } from './reply.ts'
import { createWebhooks } from './webhooks.ts'

const PUSH_DELAY_MS = 50
const JOURNAL_LIMIT = 10_000
const MAX_VIOLATIONS = 1_000

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
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const url = `http://${host}:${(server.address() as AddressInfo).port}`

  const violations = new Set<string>()
  const note = (violation: string) => void (violations.size < MAX_VIOLATIONS && violations.add(violation))
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
  const payments = createPayments({ now, note, publicUrl: options.publicUrl ?? url, told: webhooks.tell })
  const api = createApi({ ...options, now, journalLimit, faults, note, access, routes: payments.routes })
  const simulator = {
    now,
    advance(ms: number) {
      if (!Number.isInteger(ms) || ms < 0) throw new TypeError('A clock is moved on by whole milliseconds.')
      ahead += ms
    },
    journal: api.journal,
    faults,
    payments: () => structuredClone(payments.all()),
    violations: () => [...violations],
    deliveries: webhooks.deliveries,
    registerWebhook: webhooks.register,
    approve: (reference: string) => structuredClone(payments.approve(reference)),
    abort: (reference: string) => structuredClone(payments.abort(reference)),
    expire: (reference: string) => structuredClone(payments.expire(reference)),
    captureInPortal: payments.captureInPortal,
    refundInPortal: payments.refundInPortal,
    revokeTokens: access.revoke,
  }
  serve(server, { simulator, payments, api, note })

  async function stop() {
    await webhooks.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, ...simulator, stop }
}
export type VippsSimulator = Awaited<ReturnType<typeof startVippsSimulator>>

type Doors = { simulator: Controlled; payments: Payments; api: Api; note(violation: string): void }

/** Three doors: the page for customers, the control API for tests, and Vipps' API for everything else. */
function serve(server: Server, { simulator, payments, api, note }: Doors) {
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { method = '' } = request
    const { pathname } = new URL(request.url ?? '/', 'http://simulator')
    if (isLiveVippsHost(request.headers.host ?? '')) {
      return send(response, refuse(421, null, 'This is a simulator, not the live Vipps.'))
    }
    const body = await readBody(request)
    if (body === null) return send(response, refuse(413, null))
    if (pathname.startsWith('/pay/')) return send(response, payPage(payments, method, pathname.slice(5), body))
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
