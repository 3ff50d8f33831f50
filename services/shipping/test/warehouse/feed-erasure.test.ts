import { checkFact } from '@vilkar/contracts/check.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { createNumbering } from '../numbering.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { pool, db, clock, deps, hear, call, requested } = await startShippingForTest()
const number = await createNumbering({ pool })
type Item = {
  cursor: number
  event: { id: string; type: string; subject: string; aggregateversion: number; data: { orderId: string } }
}
type Page = { items: Item[]; cursor: number }

const read = async (query = '') => (await call('warehouse', 'GET', `/shipments/feed${query}`)).body as Page
const idsOf = (items: Item[]) => items.map(({ cursor, event }) => `${cursor} ${event.id}`)
const good = async (method: 'PUT' | 'POST', url: string, body?: object) => {
  const answer = await call('warehouse', method, url, body)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
}

/** Words that are nowhere but in what is said of these customers. */
const NEEDLES = ['Solveig Nålesen', 'Nålevegen 7', 'Naboen Nålesen', 'Nålbua', 'nål.jpg', 'nål@eksempel.example']
const named = (items: unknown) => NEEDLES.filter((needle) => JSON.stringify(items).includes(needle))

/** An order of which every kind of thing was told that may name its customer, and of which nothing is under way. */
async function told() {
  clock.at = '2026-06-02T12:00:00Z'
  const address = { street: 'Nålevegen 7', postalCode: '0155', city: 'Oslo', country: 'NO' }
  const [name] = NEEDLES
  const personal = { placedBy: 'x', email: 'nål@eksempel.example', name, shippingAddress: { name, ...address } }
  const { id, orderId } = await requested({ personal })
  await hear('ConfirmationBounced', orderId, { cause: '550 nål@eksempel.example', wasFormed: false })
  await hear('ContractFormed', orderId)
  await good('PUT', `/shipments/${id}/dispatch`, { carrier: 'Posten', trackingNumber: `T-${orderId}` })
  clock.at = '2026-06-03T12:00:00Z'
  await good('PUT', `/shipments/${id}/whereabouts`, { report: 'at-pickup-point', place: 'Nålbua' })
  await good('PUT', `/shipments/${id}/delivery`, { receivedBy: 'Naboen Nålesen', takenBy: 'neighbour' })
  clock.at = '2026-06-04T12:00:00Z'
  await good('PUT', `/shipments/${id}/delivery`, { receivedBy: name, takenBy: 'customer' })
  const delivered = { receivedAt: '2026-06-04T11:00:00Z', receivedBy: 'Naboen Nålesen', takenBy: 'named-by-customer' }
  await good('PUT', `/shipments/${id}/delivery/correction`, { delivered, why: 'Solveig Nålesen sa det.' })
  const report = `/damage-reports/${crypto.randomUUID()}`
  const photos = [
    'https://shop.example/nål.jpg'.replace('å', '%C3%A5'),
    'https://shop.example/n.jpg?Nålbua'.replace('å', '%C3%A5'),
  ]
  await good('PUT', report, {
    shipmentId: id,
    kind: 'damaged',
    reportedBy: 'customer',
    what: 'Sier Solveig Nålesen.',
    photos,
  })
  await good('PUT', `${report}/claim`)
  return { id, orderId }
}
const erase = async (...orderIds: string[]) => {
  const erasure = { erasureId: crypto.randomUUID(), orderIds, keeps: ['accounts' as const] }
  const { erased, postponed } = await db.transaction().execute((trx) => eraseOrders(trx, deps, erasure))
  if (erased.length !== orderIds.length) throw new Error(JSON.stringify(postponed))
}

t.test('before anybody is erased the feed names them, so that what follows can fail', async (t) => {
  await told()
  await number()
  const { items } = await read()
  t.ok(named(items).length >= 4, named(items).join())
  t.ok(new Set(items.map(({ event }) => event.type)).size >= 8)
})

t.test(
  'erased between two pages, an order is still read once and in its order, and names nobody from there on',
  async (t) => {
    const orders = [await told(), await told(), await told()]
    const stays = await told()
    await number()
    const whole = await read('?limit=500')
    const waiting = [...orders]
    const pages: Item[] = []
    for (let after = 0; ; ) {
      const page = await read(`?after=${after}&limit=3`)
      if (page.items.length === 0) break
      pages.push(...page.items)
      after = page.cursor
      const next = waiting[0]
      // In the midst of the events of each order.
      if (next !== undefined && page.items.some(({ event }) => event.data.orderId === next.orderId)) {
        await erase(next.orderId)
        waiting.shift()
        const rest = await read(`?after=${after}&limit=500`)
        t.strictSame(named(rest.items.filter(({ event }) => event.data.orderId === next.orderId)), [])
      }
    }
    t.strictSame(waiting, [])
    t.strictSame(idsOf(pages), idsOf(whole.items), 'none is lost, and none comes twice')
    const again = await read('?limit=500')
    t.strictSame(idsOf(again.items), idsOf(whole.items), 'from the beginning they are the same')
    const of = (orderId: string) => again.items.filter(({ event }) => event.data.orderId === orderId)
    for (const { orderId } of orders) t.strictSame(named(of(orderId)), [])
    t.ok(named(of(stays.orderId)).length > 0, 'whoever was not erased is named')
    for (const { event } of again.items) checkFact('shipping', event as never)
  },
)

t.test('from a cursor at any event of an erased order the feed goes on behind it', async (t) => {
  const { orderId } = await told()
  await number()
  await erase(orderId)
  const { items } = await read('?limit=500')
  for (const [n, { cursor, event }] of items.entries())
    if (event.data.orderId === orderId)
      t.strictSame(idsOf((await read(`?after=${cursor}&limit=500`)).items), idsOf(items.slice(n + 1)))
})

t.test('what was told and had no number yet when its order was erased comes once, and names nobody', async (t) => {
  const { cursor } = await read('?limit=500')
  const { orderId } = await told()
  await erase(orderId)
  t.strictSame((await read(`?after=${cursor}`)).items, [])
  await number()
  const { items } = await read(`?after=${cursor}&limit=500`)
  t.ok(items.length > 5)
  t.equal(new Set(items.map(({ event }) => event.id)).size, items.length)
  t.strictSame(named(items), [])
})

t.test('who waits while an order is erased is not answered by that, and gets what happens next', async (t) => {
  const { orderId } = await told()
  await number()
  const { cursor } = await read('?limit=500')
  let answered = 0
  const waiting = Promise.all(
    [1, 2].map(async () => {
      const page = await read(`?after=${cursor}&wait=25`)
      answered += 1
      return page
    }),
  )
  await erase(orderId)
  t.strictSame(await read(`?after=${cursor}&wait=1`), { items: [], cursor })
  t.equal(answered, 0)
  const next = await requested()
  await number()
  for (const { items } of await waiting)
    t.strictSame(
      items.map(({ event }) => event.data.orderId),
      [next.orderId],
    )
})

t.test('two who read at their own pace while orders are erased have the same events, each once', async (t) => {
  const { cursor: begun } = await read('?limit=500')
  const orders = [await told(), await told(), await told(), await told()]
  await number()
  const follow = async (limit: number) => {
    const seen: Item[] = []
    for (let after = begun; ; ) {
      const page = await read(`?after=${after}&limit=${limit}`)
      if (page.items.length === 0) return seen
      seen.push(...page.items)
      after = page.cursor
    }
  }
  const [one, other] = await Promise.all([follow(1), follow(4), ...orders.map(({ orderId }) => erase(orderId))])
  t.strictSame(idsOf(one as Item[]), idsOf(other as Item[]))
  t.strictSame(named(await follow(500)), [])
})

t.test('what is told late of the way of a parcel names nobody who was erased', async (t) => {
  const { id, orderId } = await told()
  await number()
  const { cursor } = await read('?limit=500')
  await erase(orderId)
  const late = { report: 'in-transit', occurredAt: '2026-06-02T18:00:00Z', place: 'Nålbua' }
  await good('PUT', `/shipments/${id}/whereabouts`, late)
  const taken = { receivedAt: '2026-06-02T20:00:00Z', receivedBy: 'Naboen Nålesen', takenBy: 'neighbour' }
  await good('PUT', `/shipments/${id}/delivery`, taken)
  await number()
  const { items } = await read(`?after=${cursor}`)
  t.strictSame(
    items.map(({ event }) => event.type),
    ['ParcelReported', 'ParcelReported'],
  )
  const { rows } = await pool.query('select state, personal from shipment where id = $1', [id])
  t.strictSame(named(rows), [])
  t.strictSame(named(items), [])
})
