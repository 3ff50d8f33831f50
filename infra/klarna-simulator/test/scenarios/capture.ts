import assert from 'node:assert/strict'
import { goods, inShort, nextAttempt, success, until } from '../shop.ts'
import type { Scenario } from './scenario.ts'

const DAY_MS = 86_400_000
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'

/** Captures. */
export const captures: Scenario[] = [
  {
    says: 'a full capture is ok and leaves nothing',
    async run({ simulator, klarna, paid, move }) {
      const paymentId = await paid(10_000)
      success(await klarna.capture(move('capture', paymentId, 10_000)))
      const { captured, capturable, state } = success(await klarna.read(paymentId))
      assert.deepEqual([captured, capturable, state], [10_000, 0, 'captured'])
      const order = simulator.orders().find(({ order_id }) => order_id === paymentId)
      assert.equal(order?.status, 'CAPTURED')
    },
  },
  {
    says: 'a partial capture shows its lines and its parcel, and leaves the rest',
    async run({ simulator, klarna, paid, move }) {
      const paymentId = await paid(10_000)
      const shipment = { carrier: 'Posten', trackingNumber: '37000' }
      success(await klarna.capture({ ...move('capture', paymentId, 4_000), shipment }))
      assert.equal(success(await klarna.read(paymentId)).capturable, 6_000)
      const order = simulator.orders().find(({ order_id }) => order_id === paymentId)
      const [captured] = order?.captures ?? []
      assert.deepEqual([order?.status, captured?.captured_amount], ['PART_CAPTURED', 4_000])
      const [line] = (captured?.order_lines ?? []) as { total_amount: number }[]
      assert.equal(line?.total_amount, 4_000)
      assert.deepEqual(captured?.shipping_info, [{ shipping_company: 'Posten', tracking_number: '37000' }])
    },
  },
  {
    says: 'a second capture takes the rest to the last øre',
    async run({ klarna, paid, move }) {
      const paymentId = await paid(9_999)
      for (const part of [4_000, 5_999]) success(await klarna.capture(move('capture', paymentId, part)))
      const { captured, capturable, captures } = success(await klarna.read(paymentId))
      assert.deepEqual([captured, capturable], [9_999, 0])
      assert.equal(
        captures.reduce((sum, { amount }) => sum + amount, 0),
        9_999,
      )
    },
  },
  {
    says: 'of three thirds the last is what remains',
    async run({ klarna, paid, move }) {
      const paymentId = await paid(10_000)
      for (const part of [3_333, 3_333]) success(await klarna.capture(move('capture', paymentId, part)))
      const { capturable } = success(await klarna.read(paymentId))
      assert.equal(capturable, 3_334)
      success(await klarna.capture(move('capture', paymentId, capturable)))
      assert.equal(success(await klarna.read(paymentId)).capturable, 0)
    },
  },
  {
    says: 'a capture of more than remains is declined',
    async run({ klarna, paid, move }) {
      const paymentId = await paid(10_000)
      success(await klarna.capture(move('capture', paymentId, 4_000)))
      assert.equal(inShort(await klarna.capture(move('capture', paymentId, 6_001))), 'declined exceeds_authorisation')
      assert.equal(success(await klarna.read(paymentId)).captured, 4_000)
    },
  },
  {
    says: 'a capture of a cancelled order is declined as such',
    async run({ klarna, intent, paid, move }) {
      const paymentId = await paid(10_000)
      success(await klarna.release({ paymentId, intent: intent('release', 0) }))
      assert.equal(inShort(await klarna.capture(move('capture', paymentId, 100))), 'declined authorisation_cancelled')
    },
  },
  {
    says: 'a capture after the authorisation ran out is declined as such',
    async run({ simulator, klarna, paid, move }) {
      const paymentId = await paid(10_000)
      simulator.portal.expire(paymentId)
      assert.equal(inShort(await klarna.capture(move('capture', paymentId, 100))), 'declined authorisation_expired')
      assert.equal(success(await klarna.read(paymentId)).state, 'expired')
    },
  },
  {
    says: 'a capture during the fraud review waits, and goes through after it',
    async run({ simulator, klarna, order, move }) {
      const { sessionId } = success(await klarna.start(order([goods(10_000)])))
      const paymentId = simulator.approve(sessionId, 'PENDING').order_id!
      const input = move('capture', paymentId, 10_000)
      assert.equal(inShort(await klarna.capture(input)), 'pending fraud_review')
      simulator.portal.review(paymentId, 'ACCEPTED')
      // Where Klarna repeats a refusal for its key, only another attempt gets through.
      const again = await klarna.capture(input)
      if (again.kind !== 'ok') {
        assert.equal(inShort(again), 'declined not_allowed')
        success(await klarna.capture(nextAttempt('capture', 10_000, input)))
      }
      assert.equal(success(await klarna.read(paymentId)).captured, 10_000)
    },
  },
  {
    says: 'an order that Klarna does not know, or that is no id at all, is not found',
    async run({ klarna, move }) {
      for (const id of [UNKNOWN_ID, 'no-uuid']) {
        assert.equal(inShort(await klarna.capture(move('capture', id, 100))), 'declined not_found')
        assert.equal(inShort(await klarna.read(id)), 'declined not_found')
      }
    },
  },
  {
    says: 'a card that could not be charged is declined, and may be tried again under another key',
    async run({ simulator, klarna, paid, move }) {
      const input = move('capture', await paid(10_000), 10_000)
      simulator.faults.add({
        match: { path: `${input.paymentId}/captures$` },
        phase: 'before',
        action: { type: 'status', status: 403, code: 'PAYMENT_METHOD_FAILED' },
      })
      assert.equal(inShort(await klarna.capture(input)), 'declined payment_method_failed')
      const next = nextAttempt('capture', 10_000, input)
      assert.notEqual(next.intent.idempotencyKey, input.intent.idempotencyKey)
      success(await klarna.capture(next))
    },
  },
  {
    says: 'the same key twice gives the same capture, once',
    async run({ klarna, paid, move }) {
      const input = move('capture', await paid(10_000), 4_000)
      assert.deepEqual(success(await klarna.capture(input)), success(await klarna.capture(input)))
      assert.equal(success(await klarna.read(input.paymentId)).captured, 4_000)
    },
  },
  {
    says: 'the same key with another amount would be the first again, so the amount is in the key and is checked',
    async run({ klarna, paid, move, intent }) {
      const input = move('capture', await paid(10_000), 4_000)
      const first = success(await klarna.capture(input))
      const other = { ...input, amount: { amount: 5_000, currency: 'NOK' }, lines: [goods(5_000)] }
      assert.deepEqual(success(await klarna.capture(other)), first)
      assert.equal(success(await klarna.read(input.paymentId)).captured, 4_000)
      assert.equal(success(await klarna.reconcile({ op: 'capture', ...other })).verdict, 'ambiguous')
      assert.notEqual(intent('capture', 5_000).idempotencyKey, intent('capture', 4_000).idempotencyKey)
    },
  },
  {
    says: 'one intent under no key, or under another, is two captures, and that is noticed',
    violates: /no intent is captured twice/,
    async run({ klarna, paid, move, raw, simulator }) {
      const input = move('capture', await paid(10_000), 1_000)
      success(await klarna.capture(input))
      const body = { captured_amount: 1_000, reference: input.intent.intentId }
      const { status } = await raw('POST', `/ordermanagement/v1/orders/${input.paymentId}/captures`, body)
      assert.deepEqual([status, success(await klarna.read(input.paymentId)).captured], [201, 2_000])
      assert.ok(simulator.violations().some((violation) => violation.includes('came without an idempotency key')))
    },
  },
  {
    says: 'after a day a key is forgotten, so the books are asked and nothing is sent',
    async run({ simulator, klarna, advance, paid, move }) {
      const input = move('capture', await paid(10_000), 4_000)
      success(await klarna.capture(input))
      advance(DAY_MS + 1_000)
      const sent = simulator.journal().length
      assert.equal(success(await klarna.reconcile({ op: 'capture', ...input })).verdict, 'executed')
      assert.deepEqual(
        simulator
          .journal()
          .slice(sent)
          .map(({ method }) => method),
        ['GET'],
      )
    },
  },
  {
    says: 'two workers with one intent at once move money once',
    async run({ simulator, klarna, paid, move }) {
      const input = move('capture', await paid(10_000), 4_000)
      const path = `/ordermanagement/v1/orders/${input.paymentId}/captures`
      const bothCame = until(() => simulator.journal().filter((entry) => entry.path === path).length === 2)
      simulator.faults.add({ match: { path }, phase: 'before', action: { type: 'delay', until: bothCame } })
      const results = await Promise.all([klarna.capture(input), klarna.capture(input)])
      assert.ok(results.some(({ kind }) => kind === 'ok'))
      assert.ok(results.every((result) => ['ok', 'unknown conflict'].includes(inShort(result))))
      assert.equal(success(await klarna.reconcile({ op: 'capture', ...input })).verdict, 'executed')
      assert.equal(success(await klarna.read(input.paymentId)).captured, 4_000)
    },
  },
  {
    says: 'of two shipments at once that are too much together one is declined',
    async run({ klarna, paid, move }) {
      const paymentId = await paid(10_000)
      const both = [move('capture', paymentId, 6_000), move('capture', paymentId, 6_000)]
      const results = (await Promise.all(both.map((input) => klarna.capture(input)))).map(inShort).sort()
      assert.deepEqual(results, ['declined exceeds_authorisation', 'ok'])
    },
  },
  {
    says: 'a 201 without its id is unknown, and the books know it by our reference',
    async run({ simulator, klarna, paid, move }) {
      const input = move('capture', await paid(10_000), 4_000)
      const path = `${input.paymentId}/captures$`
      simulator.faults.add({ match: { path }, phase: 'after', action: { type: 'drop_header', name: 'Capture-Id' } })
      assert.equal(inShort(await klarna.capture(input)), 'unknown bad_response')
      const found = success(await klarna.reconcile({ op: 'capture', ...input }))
      assert.ok(found.verdict === 'executed' && found.by === 'reference')
    },
  },
  {
    says: 'without references amount and time tell, and two that fit are for a person',
    withoutReferences: true,
    async run({ klarna, advance, paid, move }) {
      const paymentId = await paid(10_000)
      const [first, second] = [move('capture', paymentId, 4_000), move('capture', paymentId, 4_000)]
      const { providerId } = success(await klarna.capture(first))
      const found = success(await klarna.reconcile({ op: 'capture', ...first }))
      assert.ok(found.verdict === 'executed' && found.by === 'amount_and_time' && found.providerId === providerId)
      success(await klarna.capture(second))
      assert.equal(success(await klarna.reconcile({ op: 'capture', ...first })).verdict, 'ambiguous')
      advance(1)
      const claimed = new Set([providerId])
      assert.equal(success(await klarna.reconcile({ op: 'capture', ...second, claimed })).verdict, 'executed')
    },
  },
]
