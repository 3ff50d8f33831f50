import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { checkUnits } from '../../money/jobs/watch-units.ts'
import { accountOf, alarmsOf, dispatch, formed, tell } from '../alarming.ts'
import { stopAll } from '../stop-all.ts'

const KEPT_FROM_CAPTURE = {
  match: { method: 'POST', path: '/captures' },
  phase: 'before',
  action: { type: 'status', status: 503 },
} as const

t.test(
  'a request to stop units that shipping does not answer calls a person after an hour, until it does',
  async (t) => {
    const { house, id } = await formed(t)
    const at = house.clock.now().toString()
    const requestId = crypto.randomUUID()
    const wish = { by: 'customer', reason: 'customer-wish' } as const
    await tell(house, { type: 'CancelUnits', data: { orderId: id, at, requestId, lineId: '1', quantity: 1, ...wish } })
    house.clock.advance('PT59M')
    await checkUnits(house.deps)
    t.strictSame(await alarmsOf(house, 'stop-unanswered'), [])
    house.clock.advance('PT2M')
    for (const _ of [1, 2]) await checkUnits(house.deps)
    t.hasStrict(await alarmsOf(house, 'stop-unanswered'), [{ orderId: id, resolvedAt: undefined }])
    t.equal((await alarmsOf(house, 'stop-unanswered')).length, 1)
    await stopAll(house, id, house.clock.now().toString())
    await checkUnits(house.deps)
    t.hasStrict(await alarmsOf(house, 'stop-unanswered'), [{ resolution: 'Shipping answered.' }])
  },
)

t.test(
  'money that is held though all has left calls a person after an hour, until it is taken or let go',
  async (t) => {
    const { house, id } = await formed(t)
    house.klarna.faults.add(KEPT_FROM_CAPTURE)
    await dispatch(house, id)
    house.clock.advance('PT59M')
    await checkUnits(house.deps)
    t.strictSame(await alarmsOf(house, 'held-though-all-left'), [])
    house.clock.advance('PT2M')
    for (const _ of [1, 2]) await checkUnits(house.deps)
    const { authorised } = await accountOf(house)
    t.hasStrict(await alarmsOf(house, 'held-though-all-left'), [
      { orderId: id, detail: { held: authorised, currency: 'NOK' } },
    ])
    t.equal((await alarmsOf(house, 'held-though-all-left')).length, 1)

    house.klarna.faults.clear()
    await eventually('the capture', async () => (await accountOf(house)).captured === authorised)
    await checkUnits(house.deps)
    t.hasStrict(await alarmsOf(house, 'held-though-all-left'), [
      { resolution: 'All that was held is taken or let go.' },
    ])
  },
)

t.test('an order of which some has left, and one that was all stopped, call nobody', async (t) => {
  const { house, id } = await formed(t)
  await dispatch(house, id, 1)
  house.clock.advance('PT2H')
  await checkUnits(house.deps)
  t.strictSame(await alarmsOf(house, 'held-though-all-left'), [])
})
