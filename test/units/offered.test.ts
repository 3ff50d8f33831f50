import assert from 'node:assert/strict'
import { eligibility } from '@vilkar/terms/order/entitlements.ts'
import fc from 'fast-check'
import t from 'tap'
import { openLines, WAYS } from '../../services/console/customer/rights.ts'
import { actionsOf } from '../../services/console/desk/actions.ts'
import { order as orderDecider } from '../../services/orders/order/order.ts'
import type { OrderCommand } from '../../services/orders/order/state.ts'
import { orderId } from '../../services/orders/test/an-order.ts'
import { receiveComplaint } from '../../services/returns/complaint/receive.ts'
import { requestReturn } from '../../services/returns/voluntary-return/request-return.ts'
import { decider as returnDecider } from '../../services/returns/withdrawal/decider.ts'
import { story, take } from './story.ts'
import { createWorld, type World } from './world.ts'

const RUNS = Number(process.env.RUNS ?? 150)
const SEED = Number(process.env.SEED ?? 1)
/** While a consumer can withdraw, once only the offer is left, and once neither is. */
const DAYS = ['2026-06-04T09:00:00Z', '2026-06-25T09:00:00Z', '2027-06-25T09:00:00Z']
const from = { name: 'Kari', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
const to = { ...from, street: 'Storgata 2' }

const refusalOf = (world: World, command: OrderCommand) => orderDecider.decide(command, world.order).refusal
const asked = (at: string) => ({ orderId, at, requestId: '019e8258-8c00-7b01-9a52-000000000999' })

/** How often each was offered, and was not: a property that nothing leads to holds of nothing. */
const counted = new Map<string, number>()
const count = (what: string, isOffered: boolean) => {
  const key = `${what}: ${isOffered ? 'offered' : 'not offered'}`
  counted.set(key, (counted.get(key) ?? 0) + 1)
}

/** What the desk offers of units that have not left, against what orders would answer. */
function deskHolds(world: World) {
  const at = '2026-06-02T15:00:00Z'
  const { status } = world.placed
  const entitlements = eligibility(world.facts, Temporal.Instant.from(at), 'all-known')
  const offered = actionsOf({ order: { id: orderId, status: status as never }, entitlements })
  for (const what of ['cancel-order', 'cancel-line', 'address'] as const) count(what, offered.includes(what))
  const wish = { by: 'customer', reason: 'customer-wish' } as const
  const cancelOrder = refusalOf(world, { type: 'CancelOrder', data: { ...asked(at), ...wish } })
  const address = { ...asked(at), from, to, by: 'K', why: 'x' } as never
  const changeAddress = refusalOf(world, { type: 'ChangeAddress', data: address })
  if (!offered.includes('cancel-order') && status !== 'cancelled')
    assert.ok(cancelOrder, 'an order that could be cancelled is offered to be')
  if (!offered.includes('address')) assert.ok(changeAddress, 'an address that could be changed is offered to be')
  else assert.equal(changeAddress?.code, undefined, 'an address that is offered to be changed can be')
  // That as many as `cancellable` says can be cancelled, `interleavings.test.ts` holds.
  for (const { lineId, cancellable } of entitlements.lines)
    if (cancellable > 0) assert.ok(offered.includes('cancel-line'), `of line ${lineId} something can be cancelled`)
}

/** What the page of an order offers its customer, against what returns would answer to one unit of it. */
function customerHolds(world: World, at: string) {
  const facts = world.facts
  const rights = eligibility(facts, Temporal.Instant.from(at), 'all-known')
  for (const way of WAYS) {
    const open = new Set(openLines(way, { rights: rights as never }).map(({ lineId }) => lineId))
    for (const { lineId } of rights.lines) {
      const said = { returnId: '019e8258-8c00-7b01-9a52-000000000998', at, facts, lines: [{ lineId, quantity: 1 }] }
      const { refusal } = {
        withdraw: () =>
          returnDecider.decide(
            { type: 'DeclareWithdrawal', data: { ...said, statement: 'x' } } as never,
            returnDecider.initial,
          ),
        'send-back': () => requestReturn(said as never),
        complain: () => receiveComplaint({ ...said, defect: 'x' } as never),
      }[way]()
      count(way, open.has(lineId))
      if (open.has(lineId)) assert.equal(refusal?.code, undefined, `${way} of line ${lineId} is offered on ${at}`)
      else
        assert.ok(refusal || way === 'complain', `${way} of line ${lineId} would be taken on ${at}, and is not offered`)
    }
  }
}

t.test('what is offered of an order at rest would not be refused, and what would be taken is offered', async (t) => {
  fc.assert(
    fc.property(story, ({ lines, delivery, steps, choices }) => {
      const goods = lines.map((line, n) => ({ sku: `SKU-${n}`, ...line }))
      const world = createWorld(goods, delivery)
      const choose = () => choices.next().value as number
      for (const next of steps) take(world, next)
      world.settle(choose)
      deskHolds(world)
      for (const at of DAYS) customerHolds(world, at)
    }),
    { numRuns: RUNS, seed: SEED },
  )
  t.equal(counted.size, 12, [...counted].join('; '))
})
