import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { faultsOf } from '@vilkar/contracts/test/examples.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { reactions } from '../service.ts'
import { startPrivacyForTest } from './privacy-service.ts'

const { call, db, hear } = await startPrivacyForTest()
const orderId = crypto.randomUUID()
const erasureId = crypto.randomUUID()
const NOTHING = { blanked: 0, deleted: 0, events: 0, files: 0 }

t.test('what privacy tells of an erasure that is asked for twice is valid, and told once', async (t) => {
  const body = { controller: 'smartgroup', orderIds: [orderId], why: 'The customer asked for it.' }
  for (const _ of [1, 2]) t.equal((await call('support', 'PUT', `/erasures/${erasureId}`, body)).status, 200)
  const told: Envelope[] = await readHistory(db, erasureId)
  t.strictSame(
    told.map(({ type }) => type),
    allEvents.privacy.map(nameOf),
  )
  const [{ type, data }] = told as [Envelope]
  t.strictSame(faultsOf({ type, data }), [])
  t.match(data, { erasureId, orderIds: [orderId], keeps: ['accounts'], cause: 'requested' })
})

t.test('what others tell of an order is taken up by one reaction each', async (t) => {
  const names = Object.keys(reactions) as (keyof typeof reactions)[]
  for (const name of names) {
    const about = crypto.randomUUID()
    await t.resolves(hear(name, { orderId: about, erasureId, erased: [orderId], postponed: [], counts: NOTHING }), name)
  }
  t.ok(names.includes('OrderPlaced') && names.includes('ReturnClosed'))
})
