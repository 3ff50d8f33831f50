import t from 'tap'
import { orderId } from '../../services/orders/test/an-order.ts'
import { createWorld, type DeclaredReturn, type World } from './world.ts'

const first = [{ lineId: '1', quantity: 1 }]
const second = [{ lineId: '2', quantity: 1 }]

/** Two lines of one unit each, with delivery home, asked of the warehouse. */
function formed() {
  const world = createWorld(
    [
      { sku: 'SKU-1', quantity: 1, price: 50_000 },
      { sku: 'SKU-2', quantity: 1, price: 59_900 },
    ],
    'home',
  )
  world.settle(() => 0)
  return world
}
const linesOf = (world: World) => world.waiting().map(({ state }) => state.requested.lines)
const captured = (world: World) =>
  world.ledger.flatMap(({ kind, lines, delivery }) =>
    kind === 'captured' ? [...lines.map(({ lineId }) => lineId), delivery] : [],
  )
const returnOf = (world: World) => [...world.returns.values()][0] as DeclaredReturn

t.test(
  'withdrawn from before it leaves, line 1 is in no shipment, and only line 2 and delivery are taken (case L01)',
  async (t) => {
    const world = formed()
    world.withdraw(first)
    world.settle(() => 0)
    t.hasStrict(linesOf(world), [second])
    world.dispatch(0)
    world.settle(() => 0)
    t.strictSame(captured(world), ['2', world.placed.placed.delivery.price])
    t.hasStrict(returnOf(world), { status: 'closed', closed: { outcome: 'never-sent', amount: 0 } })
  },
)

t.test(
  'after line 1 was sent, a withdrawal from everything stops line 2, of which nothing is taken (case L02)',
  async (t) => {
    const world = formed()
    world.dispatch(0, first)
    world.settle(() => 0)
    world.withdraw()
    world.settle(() => 0)
    t.strictSame(linesOf(world), [])
    t.strictSame(captured(world), ['1', world.placed.placed.delivery.price])
    t.hasStrict(returnOf(world), { status: 'declared', known: { stopped: second, left: first } })
  },
)

t.test('after line 1 was sent, line 2 can be cancelled, as the eligibility says (case L02b)', async (t) => {
  const world = formed()
  world.dispatch(0, first)
  world.settle(() => 0)
  const wish = { by: 'customer', reason: 'customer-wish' } as const
  const asked = { orderId, at: '2026-06-02T12:00:00Z', requestId: world.id(), lineId: '2', quantity: 1, ...wish }
  t.ok(world.tellOrders({ type: 'CancelUnits', data: asked }))
  world.settle(() => 0)
  t.strictSame(linesOf(world), [])
  t.strictSame(captured(world), ['1', world.placed.placed.delivery.price])
})
