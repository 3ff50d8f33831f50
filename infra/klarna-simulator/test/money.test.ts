import t from 'tap'
import { inShort, openShop, success, until } from './shop.ts'

const amounts = ({ authorised, captured, refunded, capturable }: Record<string, unknown>) => [
  authorised,
  captured,
  refunded,
  capturable,
]

t.test('a full capture takes everything, shows our reference, and carries the shipment', async (t) => {
  const { simulator, klarna, paid, move } = await openShop(t)
  const paymentId = await paid(10_000)
  const capture = move('capture', paymentId, 10_000)
  const shipment = { carrier: 'Posten', trackingNumber: '370000000000000001' }
  const { providerId } = success(await klarna.capture({ ...capture, shipment }))
  const snapshot = success(await klarna.read(paymentId))
  t.strictSame(amounts(snapshot), [10_000, 10_000, 0, 0])
  t.strictSame(
    snapshot.captures.map((movement) => [movement.providerId, movement.reference, movement.amount]),
    [[providerId, capture.intent.intentId, 10_000]],
  )
  t.strictSame(simulator.orders()[0]?.captures[0]?.shipping_info, [
    { shipping_company: 'Posten', tracking_number: '370000000000000001' },
  ])
})

t.test('three shipments are captured as three parts, of which the last is the remainder', async (t) => {
  const { simulator, klarna, paid, move } = await openShop(t)
  const paymentId = await paid(10_000)
  for (const part of [3_333, 3_333]) success(await klarna.capture(move('capture', paymentId, part)))
  const { capturable } = success(await klarna.read(paymentId))
  t.equal(capturable, 3_334)
  success(await klarna.capture(move('capture', paymentId, capturable)))
  t.strictSame(amounts(success(await klarna.read(paymentId))), [10_000, 10_000, 0, 0])
  t.strictSame(simulator.violations(), [])
})

t.test('no more is captured than was authorised, nor anything on an order that is over', async (t) => {
  const { klarna, advance, intent, paid, move } = await openShop(t)
  const [first, second, third] = [await paid(10_000), await paid(10_000), await paid(10_000)]
  t.equal(inShort(await klarna.capture(move('capture', first, 10_001))), 'declined exceeds_authorisation')
  success(await klarna.release({ paymentId: second, intent: intent('release', 0) }))
  t.equal(inShort(await klarna.capture(move('capture', second, 10_000))), 'declined authorisation_cancelled')
  advance(29 * 86_400_000)
  t.equal(inShort(await klarna.capture(move('capture', third, 10_000))), 'declined authorisation_expired')
})

t.test('a capture during the fraud review waits for it', async (t) => {
  const { simulator, klarna, order, move } = await openShop(t)
  const input = order(move('capture', '', 10_000).lines)
  const { sessionId } = success(await klarna.start(input))
  const paymentId = simulator.approve(sessionId, 'PENDING').order_id!
  t.equal(inShort(await klarna.capture(move('capture', paymentId, 10_000))), 'pending fraud_review')
})

t.test('an order that Klarna does not know is not found, whatever is asked of it', async (t) => {
  const { klarna, intent, move } = await openShop(t)
  for (const paymentId of ['00000000-0000-4000-8000-000000000000', 'no-uuid', '../../x?y']) {
    t.equal(inShort(await klarna.read(paymentId)), 'declined not_found')
    t.equal(inShort(await klarna.capture(move('capture', paymentId, 100))), 'declined not_found')
    t.equal(inShort(await klarna.refund(move('refund', paymentId, 100))), 'declined not_found')
    t.equal(inShort(await klarna.release({ paymentId, intent: intent('release', 0) })), 'declined not_found')
  }
})

t.test('what was captured is refunded in parts, and no more than that', async (t) => {
  const { simulator, klarna, paid, move } = await openShop(t)
  const paymentId = await paid(10_000)
  t.equal(inShort(await klarna.refund(move('refund', paymentId, 1_000))), 'declined not_captured')
  for (const part of [6_000, 2_000]) success(await klarna.capture(move('capture', paymentId, part)))
  for (const part of [1_000, 6_000]) success(await klarna.refund(move('refund', paymentId, part)))
  t.equal(inShort(await klarna.refund(move('refund', paymentId, 1_001))), 'declined exceeds_captured')
  success(await klarna.refund(move('refund', paymentId, 1_000)))
  t.strictSame(amounts(success(await klarna.read(paymentId))), [10_000, 8_000, 8_000, 2_000])
  t.strictSame(simulator.violations(), [])
})

t.test('releasing cancels an order of which nothing was captured, and is done once', async (t) => {
  const { simulator, klarna, intent, paid } = await openShop(t)
  const paymentId = await paid(10_000)
  const input = { paymentId, intent: intent('release', 0) }
  t.strictSame(success(await klarna.release(input)), { released: 10_000 })
  t.strictSame(success(await klarna.release(input)), { released: 0 })
  t.equal(simulator.journal().filter(({ path }) => path.endsWith('/cancel')).length, 1)
  const snapshot = success(await klarna.read(paymentId))
  t.strictSame([snapshot.state, ...amounts(snapshot)], ['cancelled', 10_000, 0, 0, 0])
})

t.test('two releases at once are both ok, since what both want is so', async (t) => {
  const { simulator, klarna, intent, paid } = await openShop(t)
  const paymentId = await paid(10_000)
  const [first, second] = [intent('release', 0), intent('release', 0)]
  const secondDone = Promise.withResolvers<void>()
  simulator.faults.add({
    match: { path: '/cancel$' },
    phase: 'before',
    action: { type: 'delay', until: secondDone.promise },
  })
  const slow = klarna.release({ paymentId, intent: first })
  await until(() => simulator.journal().some(({ path }) => path.endsWith('/cancel')))
  t.strictSame(success(await klarna.release({ paymentId, intent: second })), { released: 10_000 })
  secondDone.resolve()
  t.strictSame(success(await slow), { released: 0 })
})

t.test('releasing lets the rest of a partly captured order go, and of a captured one nothing', async (t) => {
  const { klarna, intent, paid, move } = await openShop(t)
  const paymentId = await paid(10_000)
  success(await klarna.capture(move('capture', paymentId, 4_000)))
  t.strictSame(success(await klarna.release({ paymentId, intent: intent('release', 0) })), { released: 6_000 })
  t.strictSame(success(await klarna.release({ paymentId, intent: intent('release', 0) })), { released: 0 })
  t.strictSame(amounts(success(await klarna.read(paymentId))), [10_000, 4_000, 0, 0])
  t.equal(inShort(await klarna.capture(move('capture', paymentId, 1))), 'declined exceeds_authorisation')
})

for (const scope of ['global', 'endpoint'] as const) {
  for (const inflight of ['wait', '409'] as const) {
    t.test(`the same intent sent twice at once moves money once (keys ${scope}, in flight ${inflight})`, async (t) => {
      const { simulator, klarna, paid, move } = await openShop(t, { idempotency: { scope, inflight } })
      const capture = move('capture', await paid(10_000), 4_000)
      const asked = () => simulator.journal().filter(({ path }) => path.endsWith('/captures')).length
      const bothCame = until(() => asked() === 2)
      simulator.faults.add({
        match: { path: '/captures$' },
        phase: 'before',
        action: { type: 'delay', until: bothCame },
      })
      const results = (await Promise.all([klarna.capture(capture), klarna.capture(capture)])).map(inShort).sort()
      t.strictSame(results, inflight === 'wait' ? ['ok', 'ok'] : ['ok', 'unknown conflict'])
      t.equal(inShort(await klarna.capture(capture)), 'ok')
      t.equal(simulator.orders()[0]?.captured_amount, 4_000)
      t.strictSame(simulator.violations(), [])
    })
  }
}
