import t from 'tap'
import { snapshotOf } from '../../vipps/snapshot.ts'

const READ_AT = Temporal.Instant.from('2026-11-22T09:30:00Z')
const nok = (value: unknown) => ({ value, currency: 'NOK' })
const aggregate = (authorised: unknown, captured = 0, refunded = 0, cancelled = 0) => ({
  authorizedAmount: nok(authorised),
  capturedAmount: nok(captured),
  refundedAmount: nok(refunded),
  cancelledAmount: nok(cancelled),
})
const payment = { reference: 'payment-1', state: 'AUTHORIZED', amount: nok(1_000), aggregate: aggregate(1_000) }
const event = (name: string, value: number, more = {}) => ({
  reference: 'payment-1',
  pspReference: `psp-${name}`,
  name,
  amount: nok(value),
  timestamp: '2026-11-01T10:00:00.1234567Z',
  idempotencyKey: `key-${name}`,
  success: true,
  ...more,
})
const read = (from: unknown, events: unknown) => snapshotOf(from, events, { readAt: READ_AT, reservationDays: 180 })

t.test('the aggregate decides, since an authorised payment stays AUTHORIZED whatever moves', async (t) => {
  const states: [ReturnType<typeof aggregate>, string, number][] = [
    [aggregate(1_000), 'authorised', 1_000],
    [aggregate(1_000, 400), 'authorised', 600],
    [aggregate(1_000, 1_000), 'captured', 0],
    [aggregate(1_000, 400, 400, 600), 'captured', 0],
    [aggregate(1_000, 0, 0, 1_000), 'cancelled', 0],
  ]
  for (const [sums, state, capturable] of states) {
    const seen = read({ ...payment, aggregate: sums }, [])
    t.strictSame([seen?.state, seen?.capturable], [state, capturable])
  }
})

t.test('what was never approved holds no money, even though Vipps shows its cancellation with an amount', async (t) => {
  for (const [state, expected] of [
    ['CREATED', 'other'],
    ['ABORTED', 'cancelled'],
    ['TERMINATED', 'cancelled'],
    ['EXPIRED', 'expired'],
  ]) {
    const seen = read({ ...payment, state, aggregate: aggregate(0, 0, 0, 1_000) }, [])
    t.strictSame([seen?.state, seen?.authorised, seen?.capturable, seen?.expiresAt], [expected, 0, 0, null])
  }
})

t.test('movements are the log’s successes under their keys, and the period counts from the approval', async (t) => {
  const seen = read({ ...payment, aggregate: aggregate(1_000, 700, 100) }, [
    event('CREATED', 1_000),
    event('AUTHORIZED', 1_000),
    event('CAPTURED', 400),
    event('CAPTURED', 900, { success: false, idempotencyKey: 'refused' }),
    event('CAPTURED', 300, { idempotencyKey: null }),
    event('REFUNDED', 100),
  ])
  const inShort = (movements: { providerId: string; amount: number }[] | undefined) =>
    movements?.map(({ providerId, amount }) => [providerId, amount])
  t.strictSame(inShort(seen?.captures), [
    ['key-CAPTURED', 400],
    ['psp-CAPTURED', 300],
  ])
  t.strictSame(inShort(seen?.refunds), [['key-REFUNDED', 100]])
  t.equal(seen?.expiresAt?.toString(), '2027-04-30T10:00:00.1234567Z')
})

t.test('a payment or a log that lacks what we decide on is no snapshot', async (t) => {
  const broken: [unknown, unknown][] = [
    [undefined, []],
    [{ ...payment, reference: undefined }, []],
    [{ ...payment, aggregate: undefined }, []],
    [{ ...payment, aggregate: aggregate('1000') }, []],
    [{ ...payment, aggregate: aggregate(-1) }, []],
    [payment, undefined],
    [payment, {}],
    [payment, [event('CAPTURED', 1.5)]],
    [payment, [event('CAPTURED', 1, { idempotencyKey: null, pspReference: null })]],
  ]
  for (const [from, events] of broken) t.equal(read(from, events), null)
})
