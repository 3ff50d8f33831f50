import { example } from '@vilkar/contracts/test/examples.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, hear, call, look } = await startReturnsForTest()
type Heard = Parameters<typeof hear>[0]
type Ids = { order: string; return: string }
type Step = { name: string; do: (ids: Ids) => Promise<unknown> }

const one = [{ lineId: '1', quantity: 1 }]
const lock = [{ lineId: '2', quantity: 1 }]
const told = (name: Heard, changes: (ids: Ids) => object = () => ({}), label: string = name): Step => ({
  name: label,
  do: (ids) => hear(name, ids.order, changes(ids)),
})
const WITHDRAWN = '019e8258-8c00-7b01-9a52-000000000001'
const CANCELLED = '019e8258-8c00-7b01-9a52-000000000002'
const at = '2026-06-12T09:00:00Z'

/** Both sensors are withdrawn from; one had left, the other is stopped. The lock is cancelled: nothing of the order stays. */
const ofOrders: Step[] = [
  told('OrderPlaced'),
  {
    name: 'withdraw',
    async do(ids) {
      const lines = [{ lineId: '1', quantity: 2 }]
      const { status, body } = await call('support', 'POST', `/orders/${ids.order}/withdrawals`, { lines })
      if (status !== 201) throw new Error(JSON.stringify(body))
      ids.return = body.id
    },
  },
  told('StopConcluded', (ids) => ({
    ...{ requestId: WITHDRAWN, returnId: ids.return, concludedAt: at },
    ...{ stopped: [{ ...one[0], amount: 49_900 }], left: one },
  })),
  told('StopRequested', () => ({ requestId: CANCELLED, lines: lock, requestedAt: at }), 'cancel the lock'),
  told(
    'StopConcluded',
    () => ({ requestId: CANCELLED, stopped: [{ ...lock[0], amount: 129_900 }], left: [], concludedAt: at }),
    'the lock is stopped',
  ),
  told('PaymentRefunded', (ids) => ({ returnId: ids.return, amount: 49_900, refundedAt: at })),
]
const ofShipping: Step[] = [
  told('ShipmentDispatched', () => ({ lines: one })),
  told('ShipmentDelivered'),
  { name: 'receipt', do: (ids) => call('warehouse', 'PUT', `/returns/${ids.return}/receipt`, {}) },
]

function merges(some: Step[], others: Step[]): Step[][] {
  const [first, ...rest] = some
  const [other, ...more] = others
  if (first === undefined || other === undefined) return [[...some, ...others]]
  return [
    ...merges(rest, others).map((merge) => [first, ...merge]),
    ...merges(some, more).map((merge) => [other, ...merge]),
  ]
}
/** Goods come back after the withdrawal, and money after both it is known what comes back and that it does. */
const isPossible = (merge: Step[]) => {
  const place = (name: string) => merge.findIndex((step) => step.name === name)
  return place('withdraw') < place('receipt') && place('receipt') < place('PaymentRefunded')
}

/** What the return and its order come to, whatever the ids, and whether the delivery went back with the goods or later. */
async function after(merge: Step[]) {
  clock.at = at
  const ids = { order: crypto.randomUUID(), return: '' }
  for (const step of merge) await step.do(ids)
  await look()
  const { state } = await db.selectFrom('return').select('state').where('id', '=', ids.return).executeTakeFirstOrThrow()
  const { facts } = await db
    .selectFrom('order_facts')
    .select('facts')
    .where('order_id', '=', ids.order)
    .executeTakeFirstOrThrow()
  const { status, known, refund, deliveryRefund, receivedAt, closed } = state
  const row = await db
    .selectFrom('return')
    .select(['awaits', 'believed_from'])
    .where('id', '=', ids.return)
    .executeTakeFirst()
  return {
    ...{ status, known, receivedAt, closed, row },
    paidBack: (refund?.amount ?? 0) + (deliveryRefund?.amount ?? 0),
    stops: facts.stops!.map(({ requestId: _, returnId: __, ...stop }) => stop),
    parcels: facts.parcels.map(({ shipmentId: _, ...parcel }) => parcel),
    returns: facts.returns.map(({ returnId: _, unanswered: __, ...each }) => each),
  }
}

t.test(
  'however the events of orders and shipping are merged with what people do, a return comes to the same',
  async (t) => {
    const all = merges(ofOrders, ofShipping).filter(isPossible)
    t.equal(all.length, 52)
    const inOrder = await after([...ofOrders.slice(0, 2), ...ofShipping, ...ofOrders.slice(2)])
    const { delivery } = example('OrderPlaced').data
    t.hasStrict(inOrder, {
      status: 'closed',
      paidBack: 49_900 + delivery.standardPrice,
      row: { awaits: null, believed_from: null },
    })
    for (const merge of all) t.strictSame(await after(merge), inOrder, merge.map(({ name }) => name).join(', '))
  },
)
