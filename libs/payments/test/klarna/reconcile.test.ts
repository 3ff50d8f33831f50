import t from 'tap'
import { reconciled } from '../../klarna/reconcile.ts'
import { snapshotOf } from '../../klarna/snapshot.ts'
import type { Movement, ReconcileInput, Snapshot } from '../../port.ts'

const SENT = Temporal.Instant.from('2026-11-22T09:30:00Z')
const GRACE_MS = 65_000
const later = (ms: number) => SENT.add({ milliseconds: ms })

const input = (change: Partial<ReconcileInput> = {}): ReconcileInput => ({
  op: 'capture',
  paymentId: 'p',
  intent: { intentId: 'ours', attempt: 1, idempotencyKey: 'k', firstSentAt: SENT },
  amount: { amount: 1_000, currency: 'NOK' },
  ...change,
})
const moved = (change: Partial<Movement> = {}): Movement => ({
  providerId: 'c1',
  reference: null,
  amount: 1_000,
  at: SENT,
  ...change,
})
const books = (captures: Movement[], change: Partial<Snapshot> = {}): Snapshot => ({
  paymentId: 'p',
  orderNumber: null,
  currency: 'NOK',
  state: 'authorised',
  review: 'accepted',
  authorised: 9_000,
  captured: 0,
  refunded: 0,
  capturable: 9_000,
  expiresAt: null,
  captures,
  refunds: [],
  readAt: later(GRACE_MS),
  ...change,
})

function verdict(asked: ReconcileInput, snapshot: Snapshot) {
  const result = reconciled(asked, snapshot, GRACE_MS)
  if (result.kind !== 'ok') return result.kind
  return 'by' in result.value ? `${result.value.verdict} by ${result.value.by}` : result.value.verdict
}

t.test('a movement with our reference is ours', async (t) => {
  const snapshot = books([moved({ reference: 'theirs' }), moved({ providerId: 'c2', reference: 'ours' })])
  t.equal(verdict(input(), snapshot), 'executed by reference')
})

t.test('our reference twice, or with another amount, is for a person', async (t) => {
  const twice = [moved({ reference: 'ours' }), moved({ providerId: 'c2', reference: 'ours' })]
  t.equal(verdict(input(), books(twice)), 'ambiguous')
  t.equal(verdict(input(), books([moved({ reference: 'ours', amount: 999 })])), 'ambiguous')
})

t.test('without references the only one of our amount since we asked is ours', async (t) => {
  t.equal(verdict(input(), books([moved()])), 'executed by amount_and_time')
  t.equal(verdict(input(), books([moved({ at: null })])), 'executed by amount_and_time')
  t.equal(verdict(input(), books([moved({ at: later(-60_000) })])), 'executed by amount_and_time')
  t.equal(verdict(input(), books([moved(), moved({ providerId: 'c2' })])), 'ambiguous')
})

t.test('what is another’s, of another amount, or older than our request is not ours', async (t) => {
  t.equal(verdict(input({ claimed: new Set(['c1']) }), books([moved()])), 'not_executed')
  t.equal(verdict(input(), books([moved({ reference: 'theirs' })])), 'not_executed')
  t.equal(verdict(input(), books([moved({ amount: 1_001 })])), 'not_executed')
  t.equal(verdict(input(), books([moved({ at: later(-60_001) })])), 'not_executed')
  t.equal(verdict(input({ op: 'refund' }), books([moved({ reference: 'ours' })])), 'not_executed')
})

t.test('that nothing is there counts after the grace period of what was sent last', async (t) => {
  t.equal(verdict(input(), books([], { readAt: later(GRACE_MS - 1) })), 'pending')
  t.equal(verdict(input(), books([])), 'not_executed')
  t.equal(verdict(input({ lastSentAt: later(1) }), books([])), 'pending')
})

t.test('what was never sent did not happen', async (t) => {
  const intent = { ...input().intent, firstSentAt: null }
  t.equal(verdict(input({ intent }), books([moved()], { readAt: SENT })), 'not_executed')
})

t.test('a release is done when nothing is left to capture', async (t) => {
  const release = input({ op: 'release' })
  t.equal(verdict(release, books([], { state: 'cancelled' })), 'executed by totals')
  t.equal(verdict(release, books([], { capturable: 0 })), 'executed by totals')
  t.equal(verdict(release, books([], { readAt: SENT })), 'pending')
  t.equal(verdict(release, books([])), 'not_executed')
})

/** Instants as text: two of them have no fields in which they could differ. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

t.test('an order is a snapshot only when everything that we decide on is there', async (t) => {
  const order = {
    order_id: 'p',
    status: 'SOMETHING_NEW',
    fraud_status: 'STOPPED',
    purchase_currency: 'NOK',
    order_amount: 9_000,
    captured_amount: 1_000,
    refunded_amount: 0,
    remaining_authorized_amount: 8_000,
    expires_at: 'some day',
    captures: [{ capture_id: 'c1', captured_amount: 1_000, captured_at: '2026-11-22T09:30:00.000Z', reference: '' }],
  }
  const snapshot = snapshotOf(order, SENT)
  t.strictSame([snapshot?.state, snapshot?.review, snapshot?.expiresAt], ['other', 'rejected', null])
  t.strictSame(plain(snapshot?.captures), plain([moved()]))
  t.strictSame(snapshot?.refunds, [])
  for (const name of Object.keys(order).filter((field) => !/^(fraud_status|expires_at|captures)$/.test(field))) {
    t.equal(snapshotOf({ ...order, [name]: undefined }, SENT), null, name)
  }
  for (const amount of [-1, 0.5, '9000', null]) t.equal(snapshotOf({ ...order, order_amount: amount }, SENT), null)
  for (const nothing of [null, undefined, 'text', [], { ...order, captures: {} }]) {
    t.equal(snapshotOf(nothing, SENT), null)
  }
})
