import assert from 'node:assert/strict'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { createNumbering } from '../numbering.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { pool, clock, hear, call, requested } = await startShippingForTest()
const number = await createNumbering({ pool })
type Page = {
  items: {
    cursor: number
    event: { id: string; type: string; subject: string; aggregateversion: number; data: { orderId: string } }
  }[]
  cursor: number
}
const read = async (query = '') => (await call('warehouse', 'GET', `/shipments/feed${query}`)).body as Page

t.test('the feed tells everything once, in order, and again from any cursor', async (t) => {
  const { id, orderId } = await requested()
  clock.at = '2026-06-02T12:00:00Z'
  const lines = [{ lineId: '1', quantity: 1 }]
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'P', trackingNumber: 'T', lines })
  await number()
  const { items, cursor } = await read()
  t.strictSame(
    items.map(({ cursor: each }) => each),
    items.map((_, n) => n + 1),
    'dense',
  )
  t.strictSame(
    items.filter(({ event }) => event.data.orderId === orderId).map(({ event }) => [event.type, event.subject === id]),
    [
      ['ShipmentRequested', true],
      ['ShipmentDispatched', true],
      ['ShipmentRequested', false],
    ],
  )
  t.equal(cursor, items.at(-1)!.cursor)
  t.strictSame(await read(`?after=${cursor}`), { items: [], cursor })
  const pages: Page['items'] = []
  for (let after = 0; ; ) {
    const page = await read(`?after=${after}&limit=1`)
    if (page.items.length === 0) break
    pages.push(...page.items)
    after = page.cursor
  }
  t.strictSame(pages, items)
})

t.test('who waits is answered when something happens, and else after the time', async (t) => {
  const { cursor } = await read()
  t.strictSame(await read(`?after=${cursor}&wait=1`), { items: [], cursor })
  const waiting = Promise.all(Array.from({ length: 20 }, () => read(`?after=${cursor}&wait=25`)))
  const { orderId } = await requested()
  await number()
  for (const { items } of await waiting) t.equal(items[0]!.event.data.orderId, orderId)
})

t.test('two who read while events are told miss none and get each order in its order', async (t) => {
  const { cursor: begun } = await read()
  let telling = true
  async function follow() {
    const seen: Page['items'] = []
    let after = begun
    for (;;) {
      const wasTelling = telling
      const page = await read(`?after=${after}&limit=3`)
      seen.push(...page.items)
      after = page.cursor
      if (!wasTelling && page.items.length === 0) return seen
    }
  }
  const readers = [follow(), follow()]
  const orders = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const { id, orderId } = await requested()
      await Promise.all([
        call('warehouse', 'PUT', `/shipments/${id}/packing`),
        hear('StopRequested', orderId, { requestId: crypto.randomUUID(), lines: [{ lineId: '1', quantity: 1 }] }),
        number(),
      ])
      return orderId
    }),
  )
  await number()
  telling = false
  const [one, other] = await Promise.all(readers)
  t.strictSame(one, other)
  assert.equal(new Set(one!.map(({ event }) => event.id)).size, one!.length)
  for (const orderId of orders) {
    const versions = Map.groupBy(
      one!.filter(({ event }) => event.data.orderId === orderId),
      ({ event }) => event.subject,
    )
    for (const [, events] of versions)
      t.strictSame(
        events.map(({ event }) => event.aggregateversion),
        events.map((_, n) => n + 1),
      )
  }
})

t.test('only who may read shipments reads it, and only from cursors that are some', async () => {
  assertProblem(await call('storefront', 'GET', '/shipments/feed'), 403, 'scope-missing', /shipments:read/)
  for (const query of ['after=-1', 'after=x', 'wait=26', 'limit=501'])
    assertProblem(await call('warehouse', 'GET', `/shipments/feed?${query}`), 400, 'invalid-input', /querystring/)
})

t.test('a cursor that is none is refused, and so is one ahead of all that was told', async (t) => {
  for (const after of ['-1', '1e3x', 'null', '9007199254740993', '1e21', "0' or 1=1", '1&after=2', '%00'])
    assertProblem(await call('warehouse', 'GET', `/shipments/feed?after=${after}`), 400, 'invalid-input', /./)
  const { cursor } = await read('?limit=500')
  t.strictSame(await read(`?after=${cursor}`), { items: [], cursor })
  for (const query of [`after=${cursor + 1}`, `after=${cursor + 1}&wait=25`, `after=${Number.MAX_SAFE_INTEGER}`])
    assertProblem(
      await call('warehouse', 'GET', `/shipments/feed?${query}`),
      409,
      'cursor-ahead',
      new RegExp(`${cursor}`),
    )
})
