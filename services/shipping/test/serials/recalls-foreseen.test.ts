import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { checkRecalls } from '../../serials/jobs/watch-recalls.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, deps, call, requested } = await startShippingForTest()
const { hazard, whatToDo, remedies } = example('RecallNoticeAsked').data.notice
const SKU = 'LOCK-1'
let count = 0
/** An order with two locks, which left under these numbers, or with none that is known. */
async function sent(serialNumbers: string[]) {
  const { lines } = example('OrderPlaced').data
  const shipment = await requested({ lines: [{ ...lines[1]!, sku: SKU, quantity: 2 }] })
  count += 1
  const units = serialNumbers.map((serialNumber) => ({ lineId: '2', serialNumber }))
  const parcel = { carrier: 'Posten', trackingNumber: `T${count}`, units }
  t.equal((await call('warehouse', 'PUT', `/shipments/${shipment.id}/dispatch`, parcel)).status, 200)
  return shipment
}
const foresee = (path: string, body?: object, role = 'support') => call(role, 'POST', `/recalls/${path}`, body)

t.test('whom a recall would concern is what it then concerns, and nothing is done by asking', async (t) => {
  await sent(['SN-1', 'SN-2'])
  await sent(['SN-3', 'SN-900'])
  await sent(['SN-901', 'SN-902'])
  const unknown = await sent([])
  const here = await requested()
  const scope = { serialNumbers: [{ from: 'sn-1', to: 'sn-100' }] }
  await changesNothing(db, () => foresee('preview', { sku: SKU, ...scope }))
  const { body } = await foresee('preview', { sku: SKU, ...scope })
  t.hasStrict(body, { orders: 3, units: { out: 5, cameBack: 0, unnumbered: 2 }, here: 1, complete: true })
  t.hasStrict(body.reasons, [
    { cites: [{ section: 'Art. 35(1)' }, { section: 'Art. 36(2)' }] },
    { cites: [{ section: 'Art. 37(1)' }, { section: 'Art. 37(2)' }] },
  ])
  t.hasStrict((await foresee('preview', { sku: SKU })).body, { orders: 4, units: { out: 8, unnumbered: 2 } })
  t.hasStrict((await foresee('preview', { sku: 'NONE-1' })).body, { orders: 0, here: 0 })

  const id = crypto.randomUUID()
  await call('support', 'PUT', `/recalls/${id}`, { sku: SKU, ...scope, hazard, whatToDo, remedies })
  await checkRecalls(deps)
  const { orders, units } = (await call('support', 'GET', `/recalls/${id}`)).body
  t.strictSame([orders.asked, units.out, units.unnumbered], [body.orders, body.units.out, body.units.unnumbered])

  const told = `${id}/notices/${unknown.orderId}/told`
  t.hasStrict((await foresee(`${told}/preview`)).body, { changes: true, reasons: [{ code: 'recall-told-directly' }] })
  await call('support', 'PUT', `/recalls/${told}`, { how: 'By telephone.' })
  t.equal((await foresee(`${told}/preview`)).body.changes, false)
  const stranger = `${id}/notices/${here.orderId}/told/preview`
  assertProblem(await foresee(stranger), 404, 'recall-notice-unknown', /not told/)

  await changesNothing(db, () => foresee(`${id}/end/preview`))
  t.hasStrict((await foresee(`${id}/end/preview`)).body, { changes: true, untold: 2, here: 1 })
  await call('support', 'PUT', `/recalls/${id}/end`, { why: 'All are back.' })
  t.equal((await foresee(`${id}/end/preview`)).body.changes, false)
})

t.test(
  'a range the wrong way round, a stranger and a recall that there is not are refused as by the deed',
  async () => {
    const wrong = { sku: SKU, serialNumbers: [{ from: 'SN-9', to: 'SN-1' }] }
    assertProblem(await foresee('preview', wrong), 400, 'invalid-input', /before the number/)
    for (const path of ['preview', `${crypto.randomUUID()}/end/preview`])
      assertProblem(
        await foresee(path, path === 'preview' ? { sku: SKU } : undefined, 'customer'),
        403,
        'scope-missing',
        /staff/,
      )
    assertProblem(await foresee(`${crypto.randomUUID()}/end/preview`), 404, 'recall-unknown', /no such/)
  },
)
