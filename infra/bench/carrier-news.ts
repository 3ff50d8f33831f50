import { createHmac, randomUUID } from 'node:crypto'
import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { Pool } from 'undici'
import { percentiles } from './load.ts'
import { processorTime } from './processor-time.ts'
import type { TestBed } from './test-bed.ts'
import { startTelling } from './told-orders.ts'

const PARCELS = 1_000
/** Not counted: the process is still being compiled. */
const WARM_UP = 300
const AT_ONCE = 8
const SECRET = Buffer.from('the secret of a courier of the bench').toString('base64')
const BRING_SECRET = 'bench-only-bench-only-bench-only-bench'

type News = { calls: number; p50Ms: number; p99Ms: number; serviceMs: number; postgresMs: number }

/**
 * Processor time of one call of a carrier, in milliseconds, of shipping and of PostgreSQL. `signed`: one that is believed and has a
 * parcel reported on its way. `hint`: one of a carrier with an API, which has the parcel read by and by; the reading is not in it, since
 * the API is away.
 */
export async function benchCarrierNews(bed: TestBed) {
  await using opening = new AsyncDisposableStack()
  const service = await bed.start('shipping', {
    ...{ PUBLIC_URL: bed.urls.shipping, SIGNING_CARRIERS: `bud=whsec_${SECRET}`, CARRIER_SECRETS: BRING_SECRET },
    ...{ BRING_URL: 'http://127.0.0.1:9', BRING_UID: 'bench@example.com', BRING_KEY: 'bench', LOG_LEVEL: 'error' },
  })
  opening.defer(() => service.stop())
  const shipping = createPool(bed.postgres.url('shipping'), { max: 2 })
  opening.defer(() => shipping.end())
  const telling = await startTelling(bed)
  opening.defer(() => telling.stop())
  const client = new Pool(bed.urls.shipping, { connections: AT_ONCE })
  opening.defer(() => client.close())
  const ask = async (method: 'PUT' | 'POST', path: string, status: number, headers: object, body: string) => {
    const answer = await client.request({
      method,
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    const text = await answer.body.text()
    if (answer.statusCode !== status) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`)
  }

  const known = async (table: string, ids: string[]) =>
    Number(
      (await shipping.query(`select count(*) from ${table} where order_id = any($1::uuid[])`, [ids])).rows[0].count,
    )
  const total = PARCELS + WARM_UP
  const ids = await telling.place(total, async (placed) => (await known('order_to_ship', placed)) === total)
  await inTurns(ids, (id) => telling.form(id))
  await eventually('the shipments', async () => (await known('shipment', ids)) === total)
  const { rows } = await shipping.query<{ id: string }>('select id from shipment where order_id = any($1::uuid[])', [
    ids,
  ])
  const bearer = { authorization: `Bearer ${await bed.issuer.token('warehouse')}` }
  await inTurns(rows, ({ id }) =>
    ask('PUT', `/shipments/${id}/dispatch`, 200, bearer, JSON.stringify({ carrier: 'Bud', trackingNumber: `T-${id}` })),
  )
  await eventually('the parcels to be followed', async () => {
    const { rows: left } = await shipping.query('select from shipment where followed_at is null')
    return left.length === 0
  })

  async function measured(call: (id: string) => Promise<void>): Promise<News> {
    await inTurns(rows.slice(0, WARM_UP), ({ id }) => call(id))
    const spent = () => [processorTime(service.pid), processorTime('postgres')] as const
    const before = spent()
    const tooks: number[] = []
    await inTurns(rows.slice(WARM_UP), async ({ id }) => {
      const begun = performance.now()
      await call(id)
      tooks.push(performance.now() - begun)
    })
    const [serviceMs, postgresMs] = spent().map((ms, at) => Math.round((100 * (ms - before[at]!)) / PARCELS) / 100)
    return { calls: PARCELS, ...percentiles(tooks), serviceMs: serviceMs!, postgresMs: postgresMs! }
  }
  const signed = await measured((id) => ask('POST', '/carriers/bud/notifications', 202, ...signedCall(`T-${id}`)))
  const hint = await measured((id) =>
    ask('POST', '/carriers/bring/notifications', 202, { 'x-carrier-secret': BRING_SECRET }, hintOf(`B-${id}`)),
  )
  const reported = await shipping.query(`select from shipment where status = 'in-transit'`)
  if (reported.rowCount !== total) throw new Error(`${reported.rowCount} of ${total} parcels are on their way.`)
  return { signed, hint }
}

const hintOf = (trackingNumber: string) => JSON.stringify({ package: trackingNumber, status: 'IN_TRANSIT' })

/** A call that is signed as Standard Webhooks has it, of one parcel that is on its way. */
function signedCall(trackingNumber: string): [headers: object, body: string] {
  const now = Temporal.Now.instant()
  const event = { eventId: randomUUID(), trackingNumber, code: 'in-transit', occurredAt: now.toString(), place: 'Oslo' }
  const body = JSON.stringify({ events: [event] })
  const [id, timestamp] = [randomUUID(), String(Math.floor(now.epochMilliseconds / 1_000))]
  const mac = createHmac('sha256', Buffer.from(SECRET, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')
  return [{ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }, body]
}

/** Does all of it, a few at a time. */
async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
