import t from 'tap'
import { checkReturnFreight } from '../../services/shipping/return-freight/jobs/watch-return-freight.ts'
import { startCarrierHouse } from '../../services/shipping/test/carriers/carrier-house.ts'
import { kindsIn, needlesOf, PERSON, untrueOf } from './a-needle.ts'

const { deps, carriers, call, hear, look, at } = await startCarrierHouse()

t.test('each carrier is told of a customer what the register of ways out says, no more and no less', async (t) => {
  const told: Record<string, unknown[]> = {}
  const ids: string[] = []
  for (const carrier of ['Bring', 'UPS', 'DHL']) {
    at('2026-06-02T12:00:00Z')
    const orderId = crypto.randomUUID()
    ids.push(orderId)
    const before = carriers.journal().length
    await hear('OrderPlaced', orderId, { personal: { email: PERSON.email, shippingAddress: PERSON.address } })
    await hear('ContractFormed', orderId)
    const { body } = await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)
    const parcel = { carrier, trackingNumber: `NO${orderId.slice(0, 8)}` }
    t.equal((await call('warehouse', 'PUT', `/shipments/${body.items[0].id}/dispatch`, parcel)).status, 200)
    await look()
    if (carrier === 'Bring') {
      const label = { labelId: crypto.randomUUID(), returnId: crypto.randomUUID(), requestedAt: '2026-06-02T12:00:00Z' }
      await hear('ReturnLabelRequested', orderId, label)
      await checkReturnFreight(deps)
    }
    at('2026-06-02T20:00:00Z')
    await look()
    told[carrier] = carriers
      .journal()
      .slice(before)
      .map(({ path, body }) => [path, body])
  }
  for (const [carrier, sent] of Object.entries(told)) {
    t.ok(sent.length > 0, carrier)
    t.strictSame(untrueOf(carrier, kindsIn(sent, needlesOf(ids, []))), [])
  }
  const telling = kindsIn([{ contact: { phoneNumber: PERSON.address.phone } }], needlesOf([], []))
  t.strictSame(untrueOf('UPS', telling), ['UPS is told the phone, and is not said to be'])
  t.strictSame(untrueOf('Nobody Express', []), ['Nobody Express is not in the register'])
})
