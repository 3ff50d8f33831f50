import t from 'tap'
import { checkRisks } from '../../risk/jobs/watch-risk.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, deps, hear, call, requested } = await startShippingForTest()
const RECEIVED = '2026-06-04T14:30:00Z'
/** The first instants that are too late, by the terms and by thirty days that were agreed. */
const [FOURTEEN, THIRTY] = ['2026-06-18T22:00:00Z', '2026-07-06T22:00:00Z']
const put = async (id: string, path: string, body: object) =>
  t.equal((await call('warehouse', 'PUT', `/shipments/${id}/${path}`, body)).status, 200)
const bearerAt = async (id: string, at: string) =>
  (await call('support', 'GET', `/shipments/${id}/risk?at=${at}`)).body.bearer
const passedOf = async (id: string) => {
  const told = db.selectFrom('outbox').select('data').where('aggregate_id', '=', id).where('type', '=', 'RiskPassed')
  const rows = await told.orderBy('aggregate_version').execute()
  return rows.map(({ data }) => data as { to: string; passedAt: string }).map(({ to, passedAt }) => [to, passedAt])
}
const dispatch = async (id: string) => {
  clock.at = '2026-06-02T12:00:00Z'
  await put(id, 'dispatch', { carrier: 'Posten', trackingNumber: 'T1' })
}
const deliver = async (id: string) => {
  clock.at = RECEIVED
  await put(id, 'delivery', { receivedBy: 'Kari', takenBy: 'customer' })
}
type Agreed = { agreementId?: string; agreedAt?: string; withdrawalDays?: number; ends?: string[] }
const agree = (orderId: string, { withdrawalDays = 30, ends, ...said }: Agreed = {}) =>
  hear('AgreementRecorded', orderId, {
    ...{ agreementId: crypto.randomUUID(), agreedAt: '2026-06-03T10:00:00Z', ends, ...said },
    changes: ends ? { complaintYears: 6 } : { withdrawalDays },
  })

t.test(
  'as long as goods may be withdrawn from by an agreement, they are at the seller’s risk, whenever it is heard',
  async (t) => {
    type Step = (order: { id: string; orderId: string }) => Promise<unknown>
    const steps: Record<string, Step> = {
      sent: ({ id }) => dispatch(id),
      received: ({ id }) => deliver(id),
      agreed: ({ orderId }) => agree(orderId),
      looked: () => checkRisks(deps),
    }
    for (const story of [
      ['agreed', 'sent', 'received', 'looked'],
      ['sent', 'agreed', 'looked', 'received', 'looked'],
      ['sent', 'looked', 'received', 'agreed', 'looked'],
      ['sent', 'received', 'looked', 'agreed', 'looked'],
    ] as const) {
      const order = await requested()
      for (const step of story) await steps[step]!(order)
      clock.at = FOURTEEN
      await checkRisks(deps)
      t.strictSame(await passedOf(order.id), [], story.join())
      clock.at = THIRTY
      await checkRisks(deps)
      await checkRisks(deps)
      t.strictSame(await passedOf(order.id), [['customer', THIRTY]], story.join())
      t.strictSame(
        [await bearerAt(order.id, '2026-07-06T21:59:59Z'), await bearerAt(order.id, THIRTY)],
        ['seller', 'customer'],
      )
    }
  },
)

t.test('heard after the risk was told to have passed, it is told to be the seller’s again', async (t) => {
  const { id, orderId } = await requested()
  await dispatch(id)
  await deliver(id)
  clock.at = '2026-06-20T08:00:00Z'
  await checkRisks(deps)
  t.strictSame(await passedOf(id), [['customer', FOURTEEN]])
  await agree(orderId)
  await checkRisks(deps)
  t.match((await passedOf(id)).at(-1), ['seller'])
  clock.at = THIRTY
  await checkRisks(deps)
  t.strictSame((await passedOf(id)).at(-1), ['customer', THIRTY])
})

t.test('agreed once the period was over, it holds from then on and not for the days between', async (t) => {
  const { id, orderId } = await requested()
  await dispatch(id)
  await deliver(id)
  clock.at = '2026-06-25T08:00:00Z'
  await agree(orderId, { agreedAt: '2026-06-24T08:00:00Z' })
  await checkRisks(deps)
  t.strictSame(
    await Promise.all(['2026-06-18T21:00:00Z', '2026-06-20T08:00:00Z', clock.at, THIRTY].map((at) => bearerAt(id, at))),
    ['seller', 'customer', 'seller', 'customer'],
  )
})

t.test(
  'of several the latest holds, one that was ended holds no more, and none gives a consumer less than the law',
  async (t) => {
    const { id, orderId } = await requested()
    await dispatch(id)
    await deliver(id)
    const [longer, shorter] = [crypto.randomUUID(), crypto.randomUUID()]
    // Heard in the other order than they were agreed in.
    await agree(orderId, { agreementId: shorter, withdrawalDays: 5, agreedAt: '2026-06-03T12:00:00Z' })
    await agree(orderId, { agreementId: longer, withdrawalDays: 60, agreedAt: '2026-06-03T11:00:00Z' })
    t.equal(await bearerAt(id, '2026-06-18T21:59:59Z'), 'seller', 'fourteen days are the least')
    t.equal(await bearerAt(id, FOURTEEN), 'customer', 'the latest holds')
    await agree(orderId, { ends: [shorter], agreedAt: '2026-06-03T13:00:00Z' })
    t.equal(await bearerAt(id, '2026-07-20T08:00:00Z'), 'seller', 'the one before holds again')
  },
)
