import t from 'tap'
import { inShort, openShop, SETTINGS, success, until } from './shop.ts'

const amounts = ({ authorised, captured, refunded, capturable }: Record<string, unknown>) => [
  authorised,
  captured,
  refunded,
  capturable,
]

for (const idempotency of SETTINGS) {
  const { scope, replayErrors, inflight } = idempotency
  const open = (t: Parameters<typeof openShop>[0]) => openShop(t, { idempotency })

  t.test(`keys ${scope}, refusals ${replayErrors ? 'repeated' : 'forgotten'}, in flight ${inflight}`, async (t) => {
    t.test(
      'a full capture takes everything and is known by its key; the state says AUTHORIZED as before',
      async (t) => {
        const { simulator, vipps, paid, move } = await open(t)
        const paymentId = await paid(10_000)
        const capture = move('capture', paymentId, 10_000)
        t.strictSame(success(await vipps.capture(capture)), { providerId: capture.intent.idempotencyKey })
        const snapshot = success(await vipps.read(paymentId))
        t.strictSame([snapshot.state, ...amounts(snapshot)], ['captured', 10_000, 10_000, 0, 0])
        t.strictSame(
          snapshot.captures.map(({ providerId, amount }) => [providerId, amount]),
          [[capture.intent.idempotencyKey, 10_000]],
        )
        t.equal(simulator.payments()[0]?.state, 'AUTHORIZED')
        t.strictSame(simulator.violations(), [])
      },
    )

    t.test('three shipments are captured as three parts, of which the last is the remainder', async (t) => {
      const { simulator, vipps, paid, move } = await open(t)
      const paymentId = await paid(10_000)
      for (const part of [3_333, 3_333]) success(await vipps.capture(move('capture', paymentId, part)))
      const { capturable, state } = success(await vipps.read(paymentId))
      t.strictSame([state, capturable], ['authorised', 3_334])
      success(await vipps.capture(move('capture', paymentId, capturable)))
      t.strictSame(amounts(success(await vipps.read(paymentId))), [10_000, 10_000, 0, 0])
      t.strictSame(simulator.violations(), [])
    })

    t.test('no more is captured than is reserved, nor anything of what was let go or has run out', async (t) => {
      const { vipps, advance, intent, paid, move } = await open(t)
      const [first, second, third] = [await paid(10_000), await paid(10_000), await paid(10_000)]
      t.equal(inShort(await vipps.capture(move('capture', first, 10_001))), 'declined exceeds_authorisation')
      success(await vipps.capture(move('capture', first, 6_000)))
      t.equal(inShort(await vipps.capture(move('capture', first, 4_001))), 'declined exceeds_authorisation')
      success(await vipps.release({ paymentId: second, intent: intent('release', 0) }))
      t.equal(inShort(await vipps.capture(move('capture', second, 10_000))), 'declined authorisation_cancelled')
      advance({ hours: 180 * 24 })
      t.equal(inShort(await vipps.capture(move('capture', third, 10_000))), 'declined authorisation_expired')
      t.equal(success(await vipps.read(third)).state, 'expired')
    })

    t.test('up to the end of the 180 days, which the snapshot tells, a capture goes well', async (t) => {
      const { vipps, now, advance, paid, move } = await open(t)
      const paymentId = await paid(10_000)
      const approvedAt = now()
      advance({ hours: 180 * 24 - 1, milliseconds: 3_599_999 })
      success(await vipps.capture(move('capture', paymentId, 10_000)))
      const { expiresAt } = success(await vipps.read(paymentId))
      t.ok(expiresAt?.equals(approvedAt.add({ hours: 180 * 24 })))
    })

    t.test('what the customer has not approved cannot be captured, and is captured once it is', async (t) => {
      const { simulator, vipps, order, intent, move } = await open(t)
      const { sessionId } = success(await vipps.start(order(10_000)))
      const early = move('capture', sessionId, 10_000)
      t.equal((await vipps.capture(early)).kind, 'declined')
      simulator.approve(sessionId)
      // The refusal was a definite no, so that the next attempt has a key of its own.
      success(await vipps.capture({ ...early, intent: intent('capture', 10_000, 2) }))
      t.equal(success(await vipps.read(sessionId)).captured, 10_000)
    })

    t.test('a payment that Vipps does not know is not found, whatever is asked of it', async (t) => {
      const { vipps, intent, move } = await open(t)
      for (const paymentId of ['00000000-0000-4000-8000-000000000000', '../../x?y']) {
        t.equal(inShort(await vipps.read(paymentId)), 'declined not_found')
        t.equal(inShort(await vipps.capture(move('capture', paymentId, 100))), 'declined not_found')
        t.equal(inShort(await vipps.refund(move('refund', paymentId, 100))), 'declined not_found')
        t.equal(inShort(await vipps.release({ paymentId, intent: intent('release', 0) })), 'declined not_found')
      }
    })

    t.test('the same key twice is one capture, and one refund', async (t) => {
      const { simulator, vipps, paid, move } = await open(t)
      const paymentId = await paid(10_000)
      const capture = move('capture', paymentId, 6_000)
      t.strictSame(success(await vipps.capture(capture)), success(await vipps.capture(capture)))
      const refund = move('refund', paymentId, 1_000)
      t.strictSame(success(await vipps.refund(refund)), success(await vipps.refund(refund)))
      t.strictSame(amounts(success(await vipps.read(paymentId))), [10_000, 6_000, 1_000, 4_000])
      t.strictSame(simulator.violations(), [])
    })

    t.test('the same key with another amount is a conflict, moves nothing, and is left to a person', async (t) => {
      const { simulator, vipps, paid, move } = await open(t)
      const capture = move('capture', await paid(10_000), 4_000)
      success(await vipps.capture(capture))
      const other = { ...capture, amount: { amount: 5_000, currency: 'NOK' } }
      const conflict = await vipps.capture(other)
      t.equal(inShort(conflict), 'unknown conflict')
      t.equal(conflict.kind === 'unknown' && conflict.error.code, '4010')
      t.equal(success(await vipps.reconcile({ op: 'capture', ...other })).verdict, 'ambiguous')
      t.equal(simulator.payments()[0]?.sums.captured, 4_000)
    })

    t.test('another key is another capture, so that a lost key would be noticed', async (t) => {
      const { vipps, paid, move } = await open(t)
      const paymentId = await paid(10_000)
      for (let times = 0; times < 2; times++) success(await vipps.capture(move('capture', paymentId, 4_000)))
      t.equal(success(await vipps.read(paymentId)).captured, 8_000)
    })

    t.test('two workers with the same intent at once move money once', async (t) => {
      const { simulator, vipps, paid, move } = await open(t)
      const capture = move('capture', await paid(10_000), 4_000)
      const asked = () => simulator.journal().filter(({ path }) => path.endsWith('/capture')).length
      const bothCame = until(() => asked() === 2)
      simulator.faults.add({
        match: { path: '/capture$' },
        phase: 'before',
        action: { type: 'delay', until: bothCame },
      })
      const results = (await Promise.all([vipps.capture(capture), vipps.capture(capture)])).map(inShort).sort()
      const second = { wait: 'ok', '409': 'unknown conflict', '423': 'not_sent throttled' }[inflight]
      t.strictSame(results, ['ok', second].sort())
      t.equal(inShort(await vipps.capture(capture)), 'ok')
      t.equal(simulator.payments()[0]?.sums.captured, 4_000)
      t.strictSame(simulator.violations(), [])
    })

    t.test('what was captured is refunded in parts, and no more than that', async (t) => {
      const { simulator, vipps, paid, move } = await open(t)
      const paymentId = await paid(10_000)
      t.equal(inShort(await vipps.refund(move('refund', paymentId, 1_000))), 'declined not_captured')
      for (const part of [6_000, 2_000]) success(await vipps.capture(move('capture', paymentId, part)))
      for (const part of [1_000, 6_000]) success(await vipps.refund(move('refund', paymentId, part)))
      t.equal(inShort(await vipps.refund(move('refund', paymentId, 1_001))), 'declined exceeds_captured')
      success(await vipps.refund(move('refund', paymentId, 1_000)))
      t.strictSame(amounts(success(await vipps.read(paymentId))), [10_000, 8_000, 8_000, 2_000])
      t.strictSame(simulator.violations(), [])
    })

    t.test('releasing cancels all or the rest, is done once, and later captures are refused', async (t) => {
      const { simulator, vipps, intent, paid, move } = await open(t)
      const [whole, part, nothing] = [await paid(10_000), await paid(10_000), await paid(10_000)]
      const input = { paymentId: whole, intent: intent('release', 0) }
      t.strictSame(success(await vipps.release(input)), { released: 10_000 })
      t.strictSame(success(await vipps.release(input)), { released: 0 })
      t.equal(simulator.journal().filter(({ path }) => path.endsWith('/cancel')).length, 1)
      t.equal(success(await vipps.read(whole)).state, 'cancelled')

      success(await vipps.capture(move('capture', part, 4_000)))
      t.strictSame(success(await vipps.release({ paymentId: part, intent: intent('release', 0) })), {
        released: 6_000,
      })
      t.strictSame(amounts(success(await vipps.read(part))), [10_000, 4_000, 0, 0])
      t.equal(inShort(await vipps.capture(move('capture', part, 1))), 'declined exceeds_authorisation')

      success(await vipps.capture(move('capture', nothing, 10_000)))
      t.strictSame(success(await vipps.release({ paymentId: nothing, intent: intent('release', 0) })), {
        released: 0,
      })
      t.strictSame(simulator.violations(), [])
    })

    t.test('two releases at once are both ok, since what both want is so', async (t) => {
      const { simulator, vipps, intent, paid } = await open(t)
      const paymentId = await paid(10_000)
      const secondDone = Promise.withResolvers<void>()
      simulator.faults.add({
        match: { path: '/cancel$' },
        phase: 'before',
        action: { type: 'delay', until: secondDone.promise },
      })
      const slow = vipps.release({ paymentId, intent: intent('release', 0) })
      await until(() => simulator.journal().some(({ path }) => path.endsWith('/cancel')))
      t.strictSame(success(await vipps.release({ paymentId, intent: intent('release', 0) })), { released: 10_000 })
      secondDone.resolve()
      t.strictSame(success(await slow), { released: 0 })
    })
  })
}

t.test('what Vipps itself let go at the end of the period needs no release', async (t) => {
  const { vipps, advance, intent, paid, move } = await openShop(t)
  const paymentId = await paid(10_000)
  success(await vipps.capture(move('capture', paymentId, 4_000)))
  advance({ hours: 180 * 24 })
  t.strictSame(success(await vipps.release({ paymentId, intent: intent('release', 0) })), { released: 0 })
  t.strictSame(amounts(success(await vipps.read(paymentId))), [10_000, 4_000, 0, 0])
  success(await vipps.refund(move('refund', paymentId, 4_000)))
})

t.test('nothing is extended and nothing is placed: both are declined without a request', async (t) => {
  const { simulator, vipps, intent, paid } = await openShop(t)
  const paymentId = await paid(10_000)
  const asked = simulator.journal().length
  const extension = { paymentId, intent: intent('capture', 0) }
  t.equal(inShort(await vipps.extend(extension)), 'declined not_supported')
  const approval = { intent: intent('start', 0), approvalToken: 'none', request: '{}' }
  t.equal(inShort(await vipps.authorise(approval)), 'declined not_supported')
  t.equal(simulator.journal().length, asked)
  const amount = { amount: 0, currency: 'NOK' }
  t.equal(success(await vipps.reconcile({ op: 'extend', ...extension, amount })).verdict, 'not_executed')
})

t.test('a capture made in Vipps’ portal is in the snapshot under Vipps’ own reference', async (t) => {
  const { simulator, vipps, paid, move } = await openShop(t)
  const paymentId = await paid(10_000)
  simulator.captureInPortal(paymentId, 3_000)
  const { captures, capturable } = success(await vipps.read(paymentId))
  t.strictSame([captures.length, captures[0]?.amount, capturable], [1, 3_000, 7_000])
  t.equal(captures[0]?.providerId, simulator.payments()[0]?.events.at(-1)?.pspReference)
  const ours = move('capture', paymentId, 3_000)
  t.equal(
    success(await vipps.reconcile({ op: 'capture', ...ours, intent: { ...ours.intent, firstSentAt: null } })).verdict,
    'not_executed',
  )
})
