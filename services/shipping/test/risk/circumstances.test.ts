import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, call, requested } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'
const why = 'Her mail of 1 June.'
async function dispatched(changes: object = {}) {
  const shipment = await requested(changes)
  clock.at = LEFT
  await call('warehouse', 'PUT', `/shipments/${shipment.id}/dispatch`, { carrier: 'Posten', trackingNumber: 'T1' })
  return shipment
}
const own = { circumstance: { ownCarrier: true }, since: LEFT, lines: [{ lineId: '1', quantity: 1 }] }
const foresee = (id: string, body: object, role = 'support') =>
  call(role, 'POST', `/shipments/${id}/circumstances/preview`, body)
const record = (id: string, body: object) => call('support', 'PUT', `/shipments/${id}/circumstances`, { why, ...body })
const list = async (query = '') => (await call('support', 'GET', `/circumstances${query}`)).body

t.test('who would bear the risk of which units is what is then so, with what each rests on', async (t) => {
  const { id } = await dispatched()
  await changesNothing(db, () => foresee(id, own))
  const { body } = await foresee(id, own)
  t.hasStrict(body, { changes: true, before: { bearer: 'seller' } })
  t.strictSame(
    body.after.units.map(({ lineId, quantity, bearer }: Record<string, unknown>) => [lineId, quantity, bearer]),
    [
      ['1', 1, 'customer'],
      ['1', 1, 'seller'],
      ['2', 1, 'seller'],
    ],
  )
  t.ok(body.after.units[0].reasons[0].cites.length > 0)
  await record(id, own)
  t.strictSame((await call('support', 'GET', `/shipments/${id}/risk`)).body.units, body.after.units)
  t.equal((await foresee(id, own)).body.changes, false)
})

t.test('what would be refused is refused as the recording is', async (t) => {
  const { id } = await dispatched()
  const refusals = [
    [{ ...own, since: '2026-06-03T12:00:00Z' }, 409, 'circumstance-in-the-future'],
    [{ ...own, lines: [{ lineId: '1', quantity: 9 }] }, 409, 'lines-not-in-shipment'],
    [{ ...own, lines: [] }, 400, 'invalid-input'],
    [{ ...own, circumstance: {} }, 400, 'invalid-input'],
    [{ ...own, circumstance: { ownCarrier: 'yes' } }, 400, 'invalid-input'],
    [{ ...own, why }, 400, 'invalid-input'],
  ] as const
  for (const [body, status, code] of refusals) {
    assertProblem(await foresee(id, body), status, code, /./)
    if (!('why' in body)) t.equal((await record(id, body)).status, status)
  }
  assertProblem(await foresee(crypto.randomUUID(), own), 404, 'shipment-unknown', /no such/)
  assertProblem(await foresee(id, own, 'customer'), 403, 'scope-missing', /staff/)
})

t.test(
  'what was recorded is listed by shipment, the newest first, with who said so and why, a page at a time',
  async (t) => {
    const before = (await list()).items.length
    const [one, other] = [await dispatched(), await dispatched({ customerKind: 'business' })]
    await dispatched()
    await record(one.id, { circumstance: { identified: true }, since: LEFT, why: 'Said later of the same moment.' })
    await record(one.id, { circumstance: { ownTransport: true }, since: '2026-06-01T12:00:00Z', why: 'Said last.' })
    await record(other.id, own)
    const { items } = await list()
    t.equal(items.length, before + 2)
    t.hasStrict(items.slice(0, 2), [
      {
        shipmentId: other.id,
        toBeJudged: false,
        circumstances: [{ circumstance: { ownCarrier: true }, by: 'support', why }],
      },
      {
        ...{ shipmentId: one.id, orderId: one.orderId },
        circumstances: [
          { circumstance: { ownTransport: true }, why: 'Said last.' },
          { circumstance: { identified: true }, why: 'Said later of the same moment.' },
        ],
      },
    ])
    const first = await list('?limit=1')
    t.equal(first.next, other.id)
    t.equal((await list(`?limit=1&after=${first.next}`)).items[0].shipmentId, one.id)
    assertProblem(await call('customer', 'GET', '/circumstances'), 403, 'scope-missing', /staff/)
  },
)
