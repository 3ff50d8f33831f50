import t from 'tap'
import type { Movement, ReconcileInput, Snapshot } from '../../port.ts'
import { reconciled } from '../../vipps/reconcile.ts'

const GRACE_MS = 65_000
const SENT_AT = Temporal.Instant.from('2026-11-22T09:30:00Z')
const KEY = '2f3c6a53-1d0c-5a55-8f10-5b7a9b1c2d3e'

const movement = (providerId: string, amount: number): Movement => ({
  providerId,
  reference: null,
  amount,
  at: SENT_AT,
})

function snapshot(captures: Movement[], { captured, ...rest }: Partial<Snapshot> = {}): Snapshot {
  const sum = captures.reduce((all, { amount }) => all + amount, 0)
  return {
    paymentId: KEY,
    orderNumber: 'V-1001',
    currency: 'NOK',
    state: 'authorised',
    review: null,
    authorised: 10_000,
    captured: captured ?? sum,
    refunded: 0,
    capturable: 10_000 - sum,
    expiresAt: null,
    captures,
    refunds: [],
    readAt: SENT_AT.add({ milliseconds: GRACE_MS }),
    ...rest,
  }
}

const input = (change: Partial<ReconcileInput> = {}): ReconcileInput => ({
  op: 'capture',
  paymentId: KEY,
  intent: { intentId: KEY, attempt: 1, idempotencyKey: KEY, firstSentAt: SENT_AT },
  amount: { amount: 4_000, currency: 'NOK' },
  ...change,
})

const verdict = (asked: ReconcileInput, seen: Snapshot) => {
  const result = reconciled(asked, seen, GRACE_MS)
  return result.kind === 'ok' ? result.value.verdict : result.kind
}

/** `[rule, what was asked, what the books show, verdict]` */
const table: [string, ReconcileInput, Snapshot, string][] = [
  ['a movement under our key is ours', input(), snapshot([movement(KEY, 4_000)]), 'executed'],
  [
    'it is ours even while others of the same amount stand beside it',
    input(),
    snapshot([movement('other', 4_000), movement(KEY, 4_000)]),
    'executed',
  ],
  [
    'a movement of our amount under another key is not ours',
    input(),
    snapshot([movement('other', 4_000)]),
    'not_executed',
  ],
  ['another amount under our key is for a person', input(), snapshot([movement(KEY, 5_000)]), 'ambiguous'],
  [
    'two movements under our key are for a person',
    input(),
    snapshot([movement(KEY, 4_000), movement(KEY, 4_000)]),
    'ambiguous',
  ],
  [
    'nothing, read within the grace period, is not yet nothing',
    input(),
    snapshot([], { readAt: SENT_AT.add({ milliseconds: GRACE_MS - 1 }) }),
    'pending',
  ],
  ['nothing, read after it, is nothing', input(), snapshot([]), 'not_executed'],
  [
    'the grace period begins with the last time it was sent',
    input({ lastSentAt: SENT_AT.add({ milliseconds: 1 }) }),
    snapshot([]),
    'pending',
  ],
  [
    'a log that does not yet account for the total settles nothing',
    input(),
    snapshot([], { captured: 4_000 }),
    'pending',
  ],
  ['a release is done when nothing is left', input({ op: 'release' }), snapshot([], { capturable: 0 }), 'executed'],
  ['a release is not done while something is left', input({ op: 'release' }), snapshot([]), 'not_executed'],
]

for (const [rule, asked, seen, expected] of table) {
  t.test(rule, async (t) => t.equal(verdict(asked, seen), expected))
}
