import assert from 'node:assert/strict'
import { GRACE_MS, goods, inShort, nextAttempt, type Shop, success } from '../shop.ts'
import type { Scenario } from './scenario.ts'

const DAY_MS = 86_400_000
const NOK = 'NOK'
const pathOf = (paymentId: string) => `/ordermanagement/v1/orders/${paymentId}`
const asked = ({ simulator }: Shop, paymentId: string, call: string) =>
  simulator.journal().filter(({ path }) => path === `${pathOf(paymentId)}/${call}`).length

/** A payment of 100 kroner of which so much was captured. */
async function captured({ klarna, paid, move }: Shop, amount: number) {
  const paymentId = await paid(10_000)
  if (amount > 0) success(await klarna.capture(move('capture', paymentId, amount)))
  return paymentId
}

/** Refund, cancel, release, extend, references. */
export const afterCapture: Scenario[] = [
  {
    says: 'a part is refunded, and then the rest',
    async run(shop) {
      const paymentId = await captured(shop, 10_000)
      for (const part of [2_500, 7_500]) success(await shop.klarna.refund(shop.move('refund', paymentId, part)))
      const { captured: taken, refunded } = success(await shop.klarna.read(paymentId))
      assert.deepEqual([taken, refunded], [10_000, 10_000])
    },
  },
  {
    says: 'no more is refunded than was captured',
    async run(shop) {
      const paymentId = await captured(shop, 6_000)
      success(await shop.klarna.refund(shop.move('refund', paymentId, 2_000)))
      assert.equal(
        inShort(await shop.klarna.refund(shop.move('refund', paymentId, 4_001))),
        'declined exceeds_captured',
      )
    },
  },
  {
    says: 'nothing is refunded before it was captured',
    async run(shop) {
      const refund = shop.move('refund', await captured(shop, 0), 100)
      assert.equal(inShort(await shop.klarna.refund(refund)), 'declined not_captured')
    },
  },
  {
    says: 'a refund less a return fee shows the fee as a line of its own',
    async run(shop) {
      const paymentId = await captured(shop, 10_000)
      const fee = { ...goods(-1_000), kind: 'return_fee' as const, reference: 'return', name: 'Return fee' }
      const input = { ...shop.move('refund', paymentId, 9_000), lines: [goods(10_000), fee] }
      success(await shop.klarna.refund(input))
      const [refund] = shop.simulator.orders().find(({ order_id }) => order_id === paymentId)!.refunds
      const lines = refund?.order_lines as { type: string; total_amount: number }[]
      assert.deepEqual(
        lines.map(({ type, total_amount }) => [type, total_amount]),
        [
          ['physical', 10_000],
          ['return_fee', -1_000],
        ],
      )
      assert.equal(refund?.refunded_amount, 9_000)
    },
  },
  {
    says: 'an order of which nothing was captured is cancelled',
    async run(shop) {
      const paymentId = await captured(shop, 0)
      const input = { paymentId, intent: shop.intent('release', 0) }
      assert.deepEqual(success(await shop.klarna.release(input)), { released: 10_000 })
      assert.equal(success(await shop.klarna.read(paymentId)).state, 'cancelled')
    },
  },
  {
    says: 'Klarna does not cancel what was captured, so the rest is released instead',
    async run(shop) {
      const paymentId = await captured(shop, 4_000)
      const cancelled = await shop.raw('POST', `${pathOf(paymentId)}/cancel`, undefined, {
        'klarna-idempotency-key': crypto.randomUUID(),
      })
      assert.deepEqual([cancelled.status, cancelled.body.error_code], [403, 'CANCEL_NOT_ALLOWED'])
      success(await shop.klarna.release({ paymentId, intent: shop.intent('release', 0) }))
      assert.equal(asked(shop, paymentId, 'cancel'), 1)
      assert.equal(asked(shop, paymentId, 'release-remaining-authorization'), 1)
    },
  },
  {
    says: 'a cancellation whose answer is lost is found in the books, under whatever key it is repeated',
    async run(shop) {
      const paymentId = await captured(shop, 0)
      const input = { paymentId, intent: shop.intent('release', 0) }
      const match = { path: `${paymentId}/cancel$` }
      shop.simulator.faults.add({ match, phase: 'after', action: { type: 'reset' } })
      assert.equal(inShort(await shop.klarna.release(input)), 'unknown connection_lost')
      const amount = { amount: 10_000, currency: NOK }
      assert.equal(success(await shop.klarna.reconcile({ op: 'release', ...input, amount })).verdict, 'executed')
      assert.deepEqual(success(await shop.klarna.release(nextAttempt('release', 0, input))), { released: 0 })
    },
  },
  {
    says: 'what is left after a part was captured is let go, and cannot be captured then',
    async run(shop) {
      const paymentId = await captured(shop, 4_000)
      const released = success(await shop.klarna.release({ paymentId, intent: shop.intent('release', 0) }))
      assert.deepEqual(released, { released: 6_000 })
      assert.equal(success(await shop.klarna.read(paymentId)).capturable, 0)
      const more = shop.move('capture', paymentId, 1)
      assert.equal(inShort(await shop.klarna.capture(more)), 'declined exceeds_authorisation')
    },
  },
  {
    says: 'a release when nothing is left is ok, and nothing is sent',
    async run(shop) {
      const paymentId = await captured(shop, 10_000)
      const released = success(await shop.klarna.release({ paymentId, intent: shop.intent('release', 0) }))
      assert.deepEqual(released, { released: 0 })
      assert.equal(asked(shop, paymentId, 'release-remaining-authorization'), 0)
      for (const id of [paymentId, await captured(shop, 0)]) {
        const key = { 'klarna-idempotency-key': crypto.randomUUID() }
        const { status } = await shop.raw('POST', `${pathOf(id)}/release-remaining-authorization`, undefined, key)
        assert.equal(status, 403)
      }
    },
  },
  {
    says: 'an authorisation is extended before it ends and not after',
    async run(shop) {
      const { klarna, intent, advance, simulator } = shop
      const paymentId = await captured(shop, 0)
      const before = success(await klarna.read(paymentId)).expiresAt!
      advance(3 * DAY_MS)
      const { expiresAt } = success(await klarna.extend({ paymentId, intent: intent('extend', 0) }))
      assert.equal(expiresAt.since(before).total('hours'), 72)
      simulator.portal.expire(paymentId)
      const late = await klarna.extend({ paymentId, intent: intent('extend', 0) })
      assert.equal(inShort(late), 'declined authorisation_expired')
    },
  },
  {
    says: 'an extension whose answer is lost is known by the later end',
    async run(shop) {
      const { klarna, intent, advance, simulator } = shop
      const paymentId = await captured(shop, 0)
      const { expiresAt } = success(await klarna.read(paymentId))
      advance(DAY_MS)
      const input = { paymentId, intent: intent('extend', 0), amount: { amount: 0, currency: NOK } }
      const asking = { op: 'extend' as const, ...input, expiresAt: expiresAt! }
      const match = { path: `${paymentId}/extend-authorization-time$` }
      simulator.faults.add({ match, phase: 'before', action: { type: 'reset' } })
      assert.equal(inShort(await klarna.extend(input)), 'unknown connection_lost')
      assert.equal(inShort(await klarna.reconcile(asking)), 'pending provider_processing')
      advance(GRACE_MS)
      assert.equal(success(await klarna.reconcile(asking)).verdict, 'not_executed')
      simulator.faults.add({ match, phase: 'after', action: { type: 'reset' } })
      assert.equal(inShort(await klarna.extend(input)), 'unknown connection_lost')
      const found = success(await klarna.reconcile(asking))
      assert.ok(found.verdict === 'executed' && found.by === 'expiry')
    },
  },
  {
    says: 'extending twice on one day ends on the same day',
    async run(shop) {
      const paymentId = await captured(shop, 0)
      shop.advance(DAY_MS)
      const extend = () => shop.klarna.extend({ paymentId, intent: shop.intent('extend', 0) })
      const [first, second] = [success(await extend()), success(await extend())]
      assert.ok(first.expiresAt.equals(second.expiresAt))
    },
  },
  {
    says: 'a cancelled order takes no references, and that is told and not thrown',
    async run(shop) {
      const paymentId = await captured(shop, 0)
      success(await shop.klarna.release({ paymentId, intent: shop.intent('release', 0) }))
      const result = await shop.klarna.acknowledge({
        paymentId,
        orderNumber: 'V-1',
        intent: shop.intent('acknowledge', 0),
      })
      assert.equal(inShort(result), 'declined not_allowed')
    },
  },
  {
    says: 'acknowledging twice is fine, under one key or two',
    async run(shop) {
      const paymentId = await captured(shop, 0)
      const input = { paymentId, orderNumber: 'V-2', intent: shop.intent('acknowledge', 0) }
      for (const again of [input, input, { ...input, intent: shop.intent('acknowledge', 0) }]) {
        success(await shop.klarna.acknowledge(again))
      }
      assert.equal(success(await shop.klarna.read(paymentId)).orderNumber, 'V-2')
    },
  },
]
