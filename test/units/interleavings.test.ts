import assert from 'node:assert/strict'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import { comingBack } from '@vilkar/terms/order/lines.ts'
import fc from 'fast-check'
import t from 'tap'
import { order as orderDecider } from '../../services/orders/order/order.ts'
import { pendingProposal } from '../../services/orders/order/proposal.ts'
import { countOf, isPending, stoppedOf } from '../../services/orders/order/units.ts'
import { orderId } from '../../services/orders/test/an-order.ts'
import { awaited } from '../../services/returns/withdrawal/state.ts'
import { story, take } from './story.ts'
import { createWorld, type DeclaredReturn, type World } from './world.ts'

const RUNS = Number(process.env.RUNS ?? 300)
/** Always the same stories, or how often they come to something rare is left to chance; another number plays others. */
const SEED = Number(process.env.SEED ?? 1)

/** What holds of every order at rest, however it came there. */
function holdsAtRest(world: World) {
  const { placed, stops, status, shipments, cancellation } = world.placed
  assert.deepEqual(stops.filter(isPending), [], 'every request has its answer')
  assert.equal(cancellation, undefined, 'nothing is being cancelled for ever')
  assert.deepEqual(world.refunds, [], 'no refund waits')
  if (status === 'cancelled' || world.waiting().length === 0)
    assert.equal(pendingProposal(world.placed), undefined, 'nothing is proposed where nothing is left to stop')
  const received = (some: { shipmentId: string; at?: string }[]) =>
    some.flatMap(({ shipmentId, at }) => (at ? [`${shipmentId} ${at}`] : [])).sort()
  const atShipping = world.left().map(({ id, state }) => ({ shipmentId: id, at: state.receivedAt }))
  const atOrders = shipments.map(({ shipmentId, deliveredAt: at }) => ({ shipmentId, at }))
  const atReturns = world.facts.parcels.map(({ shipmentId, receivedAt: at }) => ({ shipmentId, at }))
  for (const known of [atOrders, atReturns])
    assert.deepEqual(received(known), received(atShipping), 'all know what was received, and when')
  const sent = world.left().flatMap(({ state }) => state.dispatched!.lines)
  const waiting = world.waiting().flatMap(({ state }) => state.requested.lines)
  const stopped = stoppedOf(world.placed)
  for (const { lineId, quantity } of placed.lines) {
    const ways = [sent, waiting, stopped].map((some) => countOf(some, lineId))
    if (status !== 'cancelled')
      assert.equal(ways[0]! + ways[1]! + ways[2]!, quantity, `line ${lineId} is all there: ${ways}`)
    const back = world.facts.returns.flatMap(({ decided = [] }) => decided)
    assert.ok(countOf(back, lineId) <= ways[0]!, `no more of line ${lineId} is paid back than left`)
  }
  for (const { lineId, sku } of placed.lines) {
    // What is on the shelves: all but what left, and what came back as new. Shipping waits to send what is an order's.
    const shelved = (world.fit.get(sku) ?? 0) - countOf(sent, lineId)
    const inStock = (world.stock.get(sku) ?? 0) + (status === 'cancelled' ? 0 : countOf(waiting, lineId))
    assert.equal(inStock, shelved, `${sku} is in stock, or waits to be sent`)
    assert.ok((world.fit.get(sku) ?? 0) <= countOf(sent, lineId), `no more of ${sku} came back than left`)
  }
  const of = (kind: string) => world.ledger.filter((entry) => entry.kind === kind)
  const money = (kind: string) =>
    of(kind).reduce((sum, { lines, delivery }) => lines.reduce((more, { amount }) => more + amount, sum + delivery), 0)
  for (const { lineId } of placed.lines) {
    const line = (kind: string) =>
      of(kind)
        .flatMap(({ lines }) => lines.filter((each) => each.lineId === lineId))
        .reduce((sum, { amount }) => sum + amount, 0)
    assert.ok(line('refunded') <= line('captured'), `line ${lineId} gives back no more than it took`)
  }
  const delivery = of('captured').reduce((sum, each) => sum + each.delivery, 0)
  assert.equal(
    delivery,
    shipments.length > 0 ? placed.delivery.price : 0,
    'delivery is charged once, when anything left',
  )
  const decided = world.facts.returns.flatMap((each) => each.decided ?? [])
  const asked = world.facts.returns.flatMap((each) => comingBack(each, world.facts.stops).lines)
  const all = (units: LinePart[]) =>
    placed.lines.every(({ lineId, quantity }) => countOf([...units, ...stopped], lineId) >= quantity)
  const deliveryBack = of('refunded').reduce((sum, each) => sum + each.delivery, 0)
  const standard = Math.min(placed.delivery.price, placed.delivery.standardPrice)
  assert.ok(
    deliveryBack === 0 || (deliveryBack === standard && all(asked)),
    'delivery goes back once, with the last of it',
  )
  if (all(decided) && sent.length > 0) assert.equal(deliveryBack, standard, 'of what is all back, delivery is too')
  const left = sent.length > 0 && waiting.length === 0
  if (left || status === 'cancelled')
    assert.equal(
      money('captured') + money('released'),
      placed.totals.total,
      'all has left or never will: nothing is held',
    )
  for (const [, state] of world.returns as Map<string, DeclaredReturn>) {
    const back = state.sentAt !== undefined || state.receivedAt !== undefined
    const coming = (state.known?.left ?? state.declared.lines).length > 0
    const unjudged = awaited(state)?.awaits === 'verdict'
    assert.ok(unjudged || awaited(state) === undefined, 'whatever a return asked for was answered')
    if (state.status !== 'closed')
      assert.ok(coming && (unjudged || !back), 'a return is open only while goods, or a verdict, are to come')
  }
}

/** The doors of orders and returns say what the eligibility says. */
function agrees(world: World) {
  if (world.known.facts.placedAt === undefined || world.placed.status === 'cancelling') return
  const now = Temporal.Instant.from('2026-06-02T12:00:00Z')
  const told = eligibility(world.facts, now, 'all-known')
  const asking = {
    orderId,
    at: now.toString(),
    requestId: world.id(),
    by: 'customer',
    reason: 'customer-wish',
  } as const
  const whole = orderDecider.decide({ type: 'CancelOrder', data: asking }, world.order)
  if (world.placed.status !== 'cancelled')
    assert.equal(whole.refusal === undefined, told.cancel.outcome === 'granted', 'the order can be cancelled')
  for (const { lineId, cancel, cancellable } of told.lines) {
    const before = countOf(
      world.placed.stops
        .filter(({ returnId }) => returnId === undefined)
        .flatMap(({ concluded }) => concluded!.stopped),
      lineId,
    )
    const more = (quantity: number) =>
      orderDecider.decide(
        { type: 'CancelUnits', data: { ...asking, lineId, quantity: before + quantity } },
        world.order,
      )
    if (cancellable > 0)
      assert.equal(more(cancellable).refusal, undefined, `${cancellable} of ${lineId} can be cancelled`)
    assert.ok(more(cancellable + 1).refusal, `no more of ${lineId} than that`)
    assert.equal(cancel.outcome === 'granted', cancellable > 0)
  }
}

/** How often the stories came to what they are about: a property that nothing leads to holds of nothing. */
const counted = {
  'part left, part never': 0,
  'a refund': 0,
  'a return that never left': 0,
  'a mixed return': 0,
  'a cancelled order': 0,
  'goods fit for sale': 0,
  'a proposal': 0,
}
function seen(world: World) {
  const returns = [...world.returns.values()] as DeclaredReturn[]
  const { shipments, status } = world.placed
  if (shipments.length > 0 && stoppedOf(world.placed).length > 0) counted['part left, part never'] += 1
  if (world.ledger.some(({ kind }) => kind === 'refunded')) counted['a refund'] += 1
  if (returns.some(({ closed }) => closed?.outcome === 'never-sent')) counted['a return that never left'] += 1
  if (returns.some(({ known }) => known && known.left.length > 0 && known.stopped.length > 0))
    counted['a mixed return'] += 1
  if (world.fit.size > 0) counted['goods fit for sale'] += 1
  if (world.placed.proposals?.some(({ ended }) => ended?.outcome === 'approved')) counted['a proposal'] += 1
  if (status === 'cancelled') counted['a cancelled order'] += 1
}

t.test('units, parcels and money in any order', async (t) => {
  t.test(
    'come to rest with each unit paid for, let go or paid back, and the doors as the eligibility says',
    async (t) => {
      fc.assert(
        fc.property(story, ({ lines, delivery, steps, choices }) => {
          const world = createWorld(
            lines.map(({ quantity, price }, at) => ({ sku: `SKU-${at + 1}`, quantity, price })),
            delivery,
          )
          for (const next of steps) take(world, next)
          world.settle(() => choices.next().value)
          agrees(world)
          holdsAtRest(world)
          seen(world)
        }),
        { numRuns: RUNS, seed: SEED },
      )
      for (const [what, times] of Object.entries(counted)) t.ok(times >= RUNS / 100, `${what}: ${times} of ${RUNS}`)
      t.comment(counted)
    },
  )
})
