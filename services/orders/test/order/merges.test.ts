import { fileURLToPath } from 'node:url'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { planFollowUps } from '../../follow-ups.ts'
import { order } from '../../order/order.ts'
import type { PlacedOrder } from '../../order/state.ts'
import { reactions } from '../../service.ts'
import { authorise, cancelUnits, confirm, place, requestId, returnId, shipmentId } from '../an-order.ts'

const pool = createPool(
  await freshDatabase(...commonMigrations, fileURLToPath(new URL('../../migrations', import.meta.url))),
)
t.teardown(() => pool.end())
const db = createDatabase<Database>(pool)
const clock = { now: () => Temporal.Instant.from('2026-06-02T12:00:00Z') }
const deps = { jobs: { enqueue: async () => {} }, log: { error: () => {} }, clock, planFollowUps } as unknown as Deps
const react = reactWith(reactions, deps)

const other = '019e8258-8c00-7b04-9a52-0d6b1f7c3e23'
const sensor = { ...example('ShipmentDispatched').data.lines[0]!, quantity: 1 }
const lock = example('ShipmentDispatched').data.lines[1]!
const heard = <Name extends Parameters<typeof example>[0]>(name: Name, changes: object): Envelope => {
  const envelope = example(name)
  return { ...envelope, data: { ...envelope.data, ...changes } }
}
/** One of two sensors is cancelled, the other leaves and is withdrawn from, and the lock leaves by itself. */
const sequences: Envelope[][] = [
  [heard('ShipmentDispatched', { shipmentId, lines: [sensor] }), heard('ShipmentDelivered', { shipmentId })],
  [heard('ShipmentDispatched', { shipmentId: other, lines: [lock] })],
  [heard('StopAnswered', { requestId, lines: [{ lineId: '1', stopped: 1, left: 0 }] })],
  [
    heard('WithdrawalDeclared', { returnId }),
    heard('RefundDecided', { returnId, amount: 49_900, lines: [{ lineId: '1', quantity: 1, amount: 49_900 }] }),
  ],
]

/** All ways to hear them, each sequence in its own order. */
function merges(left: Envelope[][]): Envelope[][] {
  if (left.every((events) => events.length === 0)) return [[]]
  return left.flatMap(([next, ...rest], at) =>
    next === undefined ? [] : merges(left.with(at, rest)).map((merge) => [next, ...merge]),
  )
}

const byJson = <Item>(items: Item[]) => items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

/** What the order and its money come to, whatever the ids and the order of what was noted. */
async function after(merge: Envelope[], twice: boolean) {
  const orderId = crypto.randomUUID()
  const { data } = place()
  const start = [place({ ...data, orderId }), authorise(), confirm(), cancelUnits('1', 1)]
  const events = told(order, ...start)
  const state = events.reduce(order.evolve, order.initial) as PlacedOrder
  const row = { id: orderId, number: orderId, version: events.length, status: state.status, placed_at: data.at }
  await db
    .insertInto('orders')
    .values({
      ...row,
      state: JSON.stringify(state),
      personal: JSON.stringify(data.personal),
      payment_check_due_at: null,
    })
    .execute()
  for (const envelope of merge)
    for (const _ of twice ? [1, 2] : [1])
      await db.transaction().execute((trx) => react(trx, { ...envelope, data: { ...envelope.data, orderId } }))
  const stored = await db.selectFrom('orders').select('state').where('id', '=', orderId).executeTakeFirstOrThrow()
  const { shipments, stops, status } = stored.state
  const operations = await db
    .selectFrom('money_operation')
    .select(['kind', 'purpose_kind', 'amount', 'portion'])
    .where('order_id', '=', orderId)
    .execute()
  return {
    status,
    // Delivery is taken with whichever parcel is heard of first.
    shipments: byJson(shipments.map(({ shipmentId: id, lines, deliveredAt }) => ({ id, lines, deliveredAt }))),
    stops: byJson(stops.map(({ requestId: _, lines, concluded }) => ({ lines, concluded }))),
    captured: operations.filter(({ kind }) => kind === 'capture').reduce((sum, { amount }) => sum + amount, 0),
    others: byJson(operations.filter(({ kind }) => kind !== 'capture')),
  }
}

t.test('however the events of shipping and returns are merged, once or twice, orders comes to the same', async (t) => {
  const all = merges(sequences)
  t.equal(all.length, 180)
  const inOrder = await after(sequences.flat(), false)
  t.hasStrict(inOrder, {
    status: 'dispatched',
    captured: 49_900 + 129_900 + 14_900,
    others: [{ kind: 'refund', amount: 49_900 }],
  })
  for (const [at, merge] of all.entries())
    t.strictSame(await after(merge, at % 2 === 0), inOrder, merge.map(({ type }) => type).join(', '))
})
