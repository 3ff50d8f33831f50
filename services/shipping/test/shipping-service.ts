import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { createPhotoStore } from '@vilkar/photos/store.ts'
import { createLog } from '@vilkar/server/log.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createSignedLinks } from '@vilkar/server/signed-links.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import { verifyTestToken } from '@vilkar/testing/tokens.ts'
import t from 'tap'
import { createApp } from '../app.ts'
import { type CarrierSettings, createCarriers } from '../carriers/carriers.ts'
import type { Database } from '../database.ts'
import { createReturnFreight, type ReturnFreightSettings } from '../return-freight/bring-returns.ts'
import { reactions } from '../service.ts'

/** The shipping service on a database of the test file's own, at a moment that the test sets; without a broker. */
export async function startShippingForTest(settings: Partial<CarrierSettings & ReturnFreightSettings> = {}) {
  const folder = fileURLToPath(new URL('../migrations', import.meta.url))
  const pool = createPool(await freshDatabase(...commonMigrations, folder))
  const db = createDatabase<Database>(pool)
  const clock = { at: '2026-06-02T12:00:00Z', now: () => Temporal.Instant.from(clock.at) }
  const nowhere = { BRING_URL: 'http://127.0.0.1', UPS_URL: 'http://127.0.0.1', DHL_URL: 'http://127.0.0.1' }
  const carriers = createCarriers({ ...nowhere, DHL_SERVICE: 'parcel-de', ...settings }, clock.now)
  const log = createLog('shipping', 'silent')
  const photoStore = createPhotoStore({ PHOTO_STORE: await temporaryFolder() })
  const links = createSignedLinks({ secrets: 'a-secret-of-the-tests-and-nobody-else', now: clock.now })
  const returnFreight = createReturnFreight({ BRING_URL: 'http://127.0.0.1', ...settings })
  const kept = { returnFreight, photoStore, links, publicUrl: 'https://shipping.example' }
  const orderPageUrl = 'https://shop.example/order'
  const wake = () => {}
  const together = createTogether({ db, wake })
  const common = { db, clock, log, wake, together, insecureWebhooks: true, carriers, orderPageUrl, ...kept }
  const deps = { ...common, settings: { linkRequestsPerMinute: 1_000 } }
  const app = await createApp({ ...deps, doors: { verifyToken: verifyTestToken, rateLimitPerMinute: 1_000_000 } })
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })

  /** Feeds the example of an event about an order, with these changes to what it says. */
  const hear = (name: (OrderEvent | ReturnsEvent)['type'], orderId: string, changes: object = {}) =>
    db.transaction().execute((trx) => {
      const envelope = example(name)
      return reactWith(reactions, deps)(trx, {
        ...envelope,
        subject: orderId,
        data: { ...envelope.data, orderId, ...changes },
      } as never)
    })
  async function call(role: string, method: 'GET' | 'PUT' | 'POST', url: string, body?: unknown) {
    const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const authorization = role === 'nobody' ? {} : { authorization: `Bearer ${role}` }
    const response = await app.inject({ method, url, ...payload, headers: { ...authorization, ...type } })
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body) }
  }
  /** What is answered with 200; anything else fails the test. */
  async function good(method: 'GET' | 'PUT', url: string, body?: object, role = 'support') {
    const answer = await call(role, method, url, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  /** A shipment of a new order whose contract was formed; `changes` to what was placed. */
  async function requested(changes: object = {}) {
    const orderId = crypto.randomUUID()
    await hear('OrderPlaced', orderId, changes)
    await hear('ContractFormed', orderId)
    const { body } = await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)
    return { orderId, id: body.items[0].id as string }
  }
  return { app, db, pool, clock, deps, hear, call, good, requested }
}
