import type { LinePart } from '@vilkar/contracts/parts.ts'
import fc from 'fast-check'
import { pendingProposal } from '../../services/orders/order/proposal.ts'
import { mistake, orderId, settle } from '../../services/orders/test/an-order.ts'
import type { World } from './world.ts'

/** Stories of an order that tests play in any order. */

const small = fc.nat({ max: 5 })
const units = fc.record({ line: fc.nat({ max: 2 }), quantity: fc.integer({ min: 1, max: 3 }) })
/** What people, parcels, money and queues may do next. */
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('hear-orders', 'hear-shipping', 'hear-returns'),
      at: small,
      twice: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), at: small }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('dispatch' as const), at: small, part: fc.option(units) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver' as const), at: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel-units' as const), part: units }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel-order', 'seller-ends-it', 'withdraw-all') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('propose' as const), part: fc.option(units) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('approve', 'decline') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct-delivery' as const), at: small, later: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw' as const), part: units }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('proof', 'receipt', 'judge', 'capture', 'refund'),
      at: small,
      fit: fc.option(fc.nat({ max: 2 }), { freq: 5 }),
    }),
  },
)
/** An order, and all that happens to it. */
export const story = fc.record({
  lines: fc.array(
    fc.record({ quantity: fc.integer({ min: 1, max: 4 }), price: fc.constantFrom(0, 1, 10_000, 33_333) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  delivery: fc.constantFrom('home', 'parcel'),
  steps: fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }),
  choices: fc.infiniteStream(fc.nat({ max: 1_000 })),
})
export type Step = typeof step extends fc.Arbitrary<infer Of> ? Of : never

const nth = (world: World, { line, quantity }: { line: number; quantity: number }): LinePart => {
  const { lines } = world.placed.placed
  return { lineId: lines[line % lines.length]!.lineId, quantity }
}

/** One thing happens. */
export function take(world: World, next: Step) {
  const asking = { orderId, at: '2026-06-02T12:00:00Z', requestId: world.id() }
  const wish = { by: 'customer', reason: 'customer-wish' } as const
  switch (next.do) {
    case 'hear-orders':
      return world.hear('Orders', next.at, next.twice)
    case 'hear-shipping':
      return world.hear('Shipping', next.at, next.twice)
    case 'hear-returns':
      return world.hear('Returns', next.at, next.twice)
    case 'settle':
      return world.settle(() => next.at)
    case 'dispatch':
      return world.dispatch(next.at, next.part ? [nth(world, next.part)] : undefined)
    case 'deliver':
      return world.deliver(next.at)
    case 'cancel-units':
      return world.tellOrders({ type: 'CancelUnits', data: { ...asking, ...wish, ...nth(world, next.part) } })
    case 'cancel-order':
      return world.tellOrders({ type: 'CancelOrder', data: { ...asking, ...wish } })
    case 'seller-ends-it': {
      const agreed = { by: 'seller', reason: 'technical-mistake', customerConsents: true } as const
      return world.tellOrders({ type: 'CancelOrder', data: { ...asking, ...agreed } })
    }
    case 'propose': {
      const found = { by: 'seller', reason: 'pricing-error', mistake } as const
      const data = { ...asking, ...found }
      return next.part
        ? world.tellOrders({ type: 'CancelUnits', data: { ...data, ...nth(world, next.part) } })
        : world.tellOrders({ type: 'CancelOrder', data })
    }
    case 'approve':
    case 'decline': {
      const verdict = next.do === 'approve' ? 'approved' : 'declined'
      const requestId = pendingProposal(world.placed)?.requestId ?? asking.requestId
      return world.tellOrders({ ...settle(verdict, { requestId }) })
    }
    case 'correct-delivery':
      return world.correctDelivery(next.at, next.later)
    case 'withdraw-all':
      return world.withdraw()
    case 'withdraw':
      return world.withdraw([nth(world, next.part)])
    case 'proof':
    case 'receipt':
      return world.goodsBack(
        next.at,
        next.do,
        next.do === 'receipt' && next.fit !== null ? nth(world, { line: next.fit, quantity: 1 }) : undefined,
      )
    case 'judge':
      return world.judge(next.at)
    case 'capture':
      return world.capture(next.at)
    case 'refund':
      return world.refund(next.at)
  }
}
