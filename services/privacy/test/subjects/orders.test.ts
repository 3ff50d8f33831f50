import fc from 'fast-check'
import t from 'tap'
import { holdingsOf, readHolding } from '../../subjects/store.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { db, deps, hear } = await startPrivacyForTest()
const email = 'kari@example.com'
const key = deps.subjectKey({ controller: 'smartgroup', kind: 'email', value: email })
const holdingOf = (orderId: string) => readHolding(db, { controller: 'smartgroup', system: 'shop', record: orderId })
const instant = (moment: string | null) => (moment === null ? null : Temporal.Instant.from(moment).toString())

const place = (orderId: string, longLived = false) => ({
  ...{ orderId, seller: 'smartgroup' },
  lines: [{ lineId: '1', quantity: 1, sku: 'A', name: 'A', traits: { longLived } }],
  personal: { email, name: 'Kari', placedBy: 'storefront', shippingAddress: { phone: '912 34 567' } },
})
const CAPTURED = { capturedAt: '2026-06-03T10:00:00Z' }
const DELIVERED = { deliveredAt: '2026-06-05T10:00:00Z' }

t.test('an order is held until five years after the year of its last document', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId))
  t.equal((await holdingOf(orderId))?.due_at, null, 'nothing has begun')
  await hear('PaymentCaptured', { orderId, ...CAPTURED })
  await hear('OrderDelivered', { orderId, ...DELIVERED })
  const held = (await holdingOf(orderId))!
  t.strictSame([instant(held.due_at), held.open, held.missing], ['2031-12-31T23:00:00Z', false, null])
})

t.test('of an order that is still being performed, or has a case, nothing goes', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId))
  t.equal((await holdingOf(orderId))?.open, true, 'neither delivered nor cancelled')
  await hear('OrderDelivered', { orderId, ...DELIVERED })
  t.equal((await holdingOf(orderId))?.open, false)
  const returnId = crypto.randomUUID()
  await hear('WithdrawalDeclared', { orderId, returnId })
  t.equal((await holdingOf(orderId))?.open, true)
  await hear('ReturnClosed', { orderId, returnId })
  t.equal((await holdingOf(orderId))?.open, false)
})

t.test('a complaint that was rejected is over, and goes on when the rejection is taken back', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId))
  await hear('OrderDelivered', { orderId, ...DELIVERED })
  const returnId = crypto.randomUUID()
  const isOpen = async () => (await holdingOf(orderId))?.open
  await hear('ComplaintReceived', { orderId, returnId })
  t.equal(await isOpen(), true)
  await hear('ComplaintAssessed', { orderId, returnId, outcome: 'rejected' })
  t.equal(await isOpen(), false)
  await hear('ComplaintAssessed', { orderId, returnId, outcome: 'accepted' })
  t.equal(await isOpen(), true)
})

t.test('an order that was cancelled before anything was booked goes a month later', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId))
  await hear('OrderCancelled', { orderId, cancelledAt: '2026-06-02T10:00:00Z' })
  const held = (await holdingOf(orderId))!
  t.equal(instant(held.due_at), '2026-07-02T22:00:00Z', 'after the thirtieth day')
})

t.test('one that was cancelled and refunded is kept as its documents are', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId))
  await hear('PaymentCaptured', { orderId, ...CAPTURED })
  await hear('OrderCancelled', { orderId, cancelledAt: '2026-06-04T10:00:00Z' })
  await hear('PaymentRefunded', { orderId, refundedAt: '2027-01-02T10:00:00Z' })
  t.equal(instant((await holdingOf(orderId))!.due_at), '2032-12-31T23:00:00Z')
})

t.test('long-lived goods may be complained of for five years after delivery, if that is longer', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId, true))
  await hear('PaymentCaptured', { orderId, ...CAPTURED })
  await hear('OrderDelivered', { orderId, deliveredAt: '2027-03-01T10:00:00Z' })
  t.equal(instant((await holdingOf(orderId))!.due_at), '2032-03-01T23:00:00Z')
})

t.test('a person is found by their address as by their telephone, and by a corrected address', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('OrderPlaced', place(orderId))
  await hear('EmailCorrected', { orderId, personal: { email: 'kari.ny@example.com' } })
  const identifiers = [
    { kind: 'email', value: email },
    { kind: 'phone', value: '+4791234567' },
    { kind: 'email', value: 'kari.ny@example.com' },
  ] as const
  for (const each of identifiers) {
    const found = await holdingsOf(db, 'smartgroup', [deps.subjectKey({ controller: 'smartgroup', ...each })])
    t.ok(
      found.some(({ record }) => record === orderId),
      each.value,
    )
  }
  t.strictSame(await holdingsOf(db, 'smartorg', [key]), [], 'at another controller they are somebody else')
})

t.test('in whatever order services are heard, the same follows', async (t) => {
  const returnId = crypto.randomUUID()
  // Of each producer the order is its own; between them there is none.
  const orders = (orderId: string) => [
    () => hear('OrderPlaced', place(orderId)),
    () => hear('PaymentCaptured', { orderId, ...CAPTURED }),
    () => hear('OrderDelivered', { orderId, ...DELIVERED }),
  ]
  const returns = (orderId: string) => [
    () => hear('WithdrawalDeclared', { orderId, returnId }),
    () => hear('ReturnClosed', { orderId, returnId }),
  ]
  const shuffles = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(shuffles, async (turns) => {
      const orderId = crypto.randomUUID()
      const [ours, theirs] = [orders(orderId), returns(orderId)]
      for (const turn of turns) await ((turn ? theirs.shift() : ours.shift()) ?? ours.shift() ?? theirs.shift())?.()
      for (const rest of [...ours, ...theirs]) await rest()
      const held = (await holdingOf(orderId))!
      t.strictSame([instant(held.due_at), held.open], ['2031-12-31T23:00:00Z', false])
    }),
    { numRuns: 30 },
  )
})

t.test('what is heard of one order at the same time is all taken up', async (t) => {
  const orderId = crypto.randomUUID()
  await Promise.all([
    hear('OrderPlaced', place(orderId)),
    hear('WithdrawalDeclared', { orderId, returnId: crypto.randomUUID() }),
    hear('ComplaintReceived', { orderId, returnId: crypto.randomUUID() }),
    hear('PaymentCaptured', { orderId, ...CAPTURED }),
  ])
  const { facts } = await db
    .selectFrom('order_held')
    .select('facts')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  t.equal(facts.cases?.length, 2)
  t.equal(facts.on?.document, '2026-06-03')
})
