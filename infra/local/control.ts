import type { MovableClock } from '@vilkar/server/clock.ts'
import { type Issuer, type Role, roles } from '@vilkar/testing/issuer.ts'
import type { Mailbox } from '@vilkar/testing/mailbox.ts'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { missing, notice, type Show, sendHtml, wantsPage } from './answer.ts'
import { type ApiDocument, apiPage } from './api-page.ts'
import type { Events } from './events.ts'
import { faultRoutes } from './fault-routes.ts'
import type { FaultSwitches } from './faults.ts'
import { homePage } from './home-page.ts'
import { LIVE_POLICY, PAGE_POLICY, page } from './layout.ts'
import { liveRoutes } from './live.ts'
import { mailRoutes } from './mail-routes.ts'
import { createOrderReader, orderRoutes } from './order-routes.ts'
import type { Urls } from './shopper.ts'
import type { StoryBook } from './story-book.ts'
import { tokenPage } from './token-page.ts'
import type { LocalWarehouse } from './warehouse.ts'
import { warehouseRoutes } from './warehouse-routes.ts'
import { moment } from './words.ts'

const ORDERS_SHOWN = 10
const MAILS_SHOWN = 8
const EVENTS_SHOWN = 12
const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
const STARTING = 'The services are starting. Ask again in a second.'
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]'])

type Controlled = {
  port: number
  clock: MovableClock
  mailbox: Pick<Mailbox, 'mails' | 'to'>
  issuer: Issuer
  saveOffset: (ms: number) => Promise<void>
}
/** What runs: the addresses that people call, and those of what stands behind them. */
type Running = {
  urls: Urls & { issuer: string }
  others: Record<string, string>
  warehouse: Omit<LocalWarehouse, 'stop'>
  faults: FaultSwitches
  events: Events
  story: Pick<StoryBook, 'steps'>
}

/**
 * The local stack's own page and API, on loopback and without a lock: what runs where, what time it is, what mails came,
 * tokens for each role. A browser, which accepts HTML, is answered with pages of forms and links that run no script;
 * anyone else with JSON.
 */
export async function startControl({ port, clock, mailbox, issuer, saveOffset }: Controlled) {
  const server = fastify({ logger: false, forceCloseConnections: true })
  let running: Running | undefined
  const now = () => clock.now().toString()
  const show: Show = (reply, title, body) => sendHtml(reply, PAGE_POLICY, page(title, moment(now()), body))
  const orders = createOrderReader(issuer, () => running!.urls)

  server.addHook('onRequest', refuseOtherSites)
  server.addHook('onRequest', async (request, reply) => {
    if (running !== undefined) return
    reply.status(503).headers({ 'retry-after': '1', refresh: '1' })
    return wantsPage(request) ? show(reply, 'Starting', notice(STARTING)) : reply.send({ detail: STARTING })
  })
  server.get('/', async (request, reply) => {
    const { urls, others, warehouse, faults, events, story } = running!
    const common = { urls, now: now(), roles: Object.keys(roles) }
    if (!wantsPage(request)) return { ...common, docs: SERVICES.map((name) => `${urls[name]}/docs`) }
    const mails = mailbox.mails().slice(-MAILS_SHOWN).reverse()
    const [latest, happened] = await Promise.all([orders.latest(ORDERS_SHOWN), events.latest(EVENTS_SHOWN)])
    const home = { ...common, others, mails, orders: latest, warehouse: warehouse.status(), faults: faults.status() }
    const body = homePage({ ...home, happened, steps: story.steps() })
    return sendHtml(reply, LIVE_POLICY, page('Home', moment(now()), body))
  })
  server.get('/api', async (_request, reply) => {
    const services = await Promise.all(SERVICES.map((name) => documented(name, running!.urls[name])))
    return show(reply, 'API reference', apiPage(services, Object.keys(roles)))
  })
  clockRoutes(server, show, clock, saveOffset)
  mailRoutes(server, show, mailbox)
  warehouseRoutes(server, show, () => running!.warehouse)
  faultRoutes(server, show, () => running!.faults)
  liveRoutes(server, show, () => running!.events)
  orderRoutes(server, show, orders, () => running!.urls)
  server.get<{ Params: { role: Role } }>('/tokens/:role', async (request, reply) => {
    const { role } = request.params
    if (!Object.hasOwn(roles, role))
      return missing(request, reply, show, `There is no such role. There are: ${Object.keys(roles).join(', ')}.`)
    const token = await issuer.token(role)
    if (!wantsPage(request)) return reply.type('text/plain').send(token)
    return show(reply, `A token for ${role}`, tokenPage(role, token))
  })

  const url = await server.listen({ host: '127.0.0.1', port })
  return {
    url,
    describe: (known: Running) => {
      running = known
    },
    stop: () => server.close(),
  }
}

function clockRoutes(server: FastifyInstance, show: Show, clock: MovableClock, saveOffset: Controlled['saveOffset']) {
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )
  server.get('/clock', async () => ({ now: clock.now().toString() }))
  server.post<{ Body: { advance?: unknown } | null }>('/clock', async (request, reply) => {
    try {
      const now = clock.advance(String(request.body?.advance))
      await saveOffset(clock.offsetMs())
      return wantsPage(request) ? reply.redirect('/', 303) : { now: now.toString() }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      const detail = `Send {"advance": "P15D"}, an ISO 8601 duration of days and hours. ${error.message}`
      reply.status(400)
      return wantsPage(request) ? show(reply, 'Not moved', notice(detail)) : { detail }
    }
  })
}

async function documented(name: string, url: string) {
  const document = await fetch(`${url}/docs/json`)
    .then(async (response) => (response.ok ? ((await response.json()) as ApiDocument) : undefined))
    .catch(() => undefined)
  return { name, url, document }
}

/** A page of another site must neither move the clock nor, under a name that leads here, read tokens. */
async function refuseOtherSites(request: FastifyRequest, reply: FastifyReply) {
  const site = request.headers['sec-fetch-site'] ?? 'same-origin'
  const isForeign = request.method !== 'GET' && site !== 'same-origin' && site !== 'none'
  if (isForeign || !OWN_NAMES.has(request.hostname))
    return reply.status(403).send({ detail: 'This address is for this machine only.' })
}
