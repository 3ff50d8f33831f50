import assert from 'node:assert/strict'
import { sql } from 'kysely'
import t from 'tap'
import { checkFailures } from '../../failed/jobs/watch-failed.ts'
import { checkRisks } from '../../risk/jobs/watch-risk.ts'
import { startFailingHouse } from './failing-house.ts'

const { db, deps, call, requested, toldOf, look, at } = await startFailingHouse()
const LEFT = '2026-06-02T12:00:00Z'
const THIRD = '2026-06-03T10:00:00Z'
let count = 0

/** A shipment to a business, which has left with a courier. */
async function sent() {
  count += 1
  at(LEFT)
  const { id } = await requested({ customerKind: 'business' })
  const parcel = { carrier: 'Oslo Bud', trackingNumber: `ONE${count}` }
  assert.equal((await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, parcel)).status, 200)
  return id
}
const stateOf = async (id: string) =>
  (await db.selectFrom('shipment').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state
const keep = (id: string, state: object) =>
  sql`update shipment set state = ${JSON.stringify(state)}::jsonb where id = ${id}::uuid`.execute(db)

/** Of two shipments each is broken once, so that nothing can be decided of it: whichever is looked at first, the other is seen to, and it itself once it is whole. */
async function eachSeenTo(
  broken: (state: Awaited<ReturnType<typeof stateOf>>) => object,
  checkAll: () => Promise<unknown>,
  isSeenTo: (id: string) => Promise<boolean>,
  prepare: (id: string) => Promise<unknown> = async () => {},
) {
  for (const which of [0, 1]) {
    const both = [await sent(), await sent()]
    for (const id of both) await prepare(id)
    const [ill, well] = [both[which]!, both[1 - which]!]
    const whole = await stateOf(ill)
    await keep(ill, broken(whole))
    await checkAll()
    assert.deepEqual([await isSeenTo(well), await isSeenTo(ill)], [true, false])
    await keep(ill, whole)
    await checkAll()
    assert.equal(await isSeenTo(ill), true)
  }
}
const ofNoEdition: Parameters<typeof eachSeenTo>[0] = ({ requested: { terms, ...rest }, ...state }) => ({
  ...state,
  requested: { ...rest, terms: { ...terms, edition: 'of nobody' } },
})
const ofNoCarrier: Parameters<typeof eachSeenTo>[0] = ({ dispatched, ...state }) => ({
  ...state,
  dispatched: { ...dispatched, carrier: null },
})

t.test('an order of which nothing can be decided keeps no other waiting', async (t) => {
  t.test('where deliveries failed', () =>
    eachSeenTo(
      ofNoEdition,
      () => checkFailures(deps),
      async (id) => (await toldOf(id, 'DeliveryFailed')).length === 1,
      (id) => {
        at(THIRD)
        return call('warehouse', 'PUT', `/shipments/${id}/whereabouts`, { report: 'lost' })
      },
    ),
  )
  t.test('where the risk passed', () =>
    eachSeenTo(
      ofNoEdition,
      () => checkRisks(deps),
      async (id) => (await toldOf(id, 'RiskPassed')).length === 1,
    ),
  )
  t.test('where parcels are to be followed', () =>
    eachSeenTo(ofNoCarrier, look, async (id) => {
      const row = await db.selectFrom('shipment').select('followed_at').where('id', '=', id).executeTakeFirstOrThrow()
      return row.followed_at !== null
    }),
  )
})
