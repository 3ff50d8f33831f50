import { told } from '@vilkar/contracts/test/told.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import type { ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import { awaited, believedFrom, type DeclaredReturn } from '../../withdrawal/state.ts'
import {
  believe,
  declare,
  judge,
  learn,
  onTheWay,
  receive,
  received,
  send,
  sendAsStaff,
  shipmentId,
  unsent,
} from '../a-return.ts'

const after = (...commands: ReturnCommand[]) => given(decider, ...told(decider, ...commands))
const stateAfter = (...commands: ReturnCommand[]) =>
  told(decider, ...commands).reduce(decider.evolve, decider.initial) as DeclaredReturn
const oneSensor = [{ lineId: '1', quantity: 1 }]
/** Declared on the tenth, so that the last day to pay back is the twenty-fourth. */
const declared = declare({ lines: oneSensor })
const decided = { type: 'RefundDecided', data: { amount: 49_900, dueOn: '2026-06-24' } } as const

t.test("a customer's own word", async (t) => {
  t.test('starts the clock, and pays nothing yet', async (t) => {
    const state = after(declared)
      .when(send())
      .thenHappens({ type: 'ReturnSent', data: { shownBy: 'customer', paysFrom: '2026-06-16T08:00:00Z' } })
    t.hasStrict(state, { status: 'sent', sentAt: '2026-06-11T08:00:00Z' })
    t.equal(believedFrom(state as DeclaredReturn), '2026-06-16T08:00:00Z')
    t.equal(awaited(state as DeclaredReturn), undefined)
  })
  for (const verdict of ['confirmed', 'carrier-scanned'] as const)
    t.test(`pays once it is ${verdict}, and who judged it is kept`, async (t) => {
      const state = after(declared, send())
        .when(judge(verdict))
        .thenHappens({ type: 'ProofOfSendingJudged', data: { verdict, personal: { judgedBy: 'support-1' } } }, decided)
      t.equal(believedFrom(state as DeclaredReturn), undefined)
      after(declared, send(), judge(verdict)).when(judge(verdict)).thenNothing()
      after(declared, send(), judge(verdict)).when(judge('carrier-scanned')).thenNothing()
    })
  t.test('pays after the wait, not a moment before, and once', async () => {
    after(declared, send()).when(believe('2026-06-16T07:59:59Z')).thenNothing()
    after(declared, send()).when(believe('2026-06-16T08:00:00Z')).thenHappens(decided)
    after(declared, send(), believe('2026-06-16T08:00:00Z')).when(believe('2026-06-17T08:00:00Z')).thenNothing()
  })
  t.test('is waited for until the last day to pay back begins, however long the wait', async (t) => {
    for (const [shown, paysFrom] of [
      // The wait counts days in Oslo.
      ['2026-06-18T10:00:00Z', '2026-06-23T10:00:00Z'],
      ['2026-06-20T10:00:00Z', '2026-06-23T22:00:00Z'],
      ['2026-06-23T21:59:59Z', '2026-06-23T22:00:00Z'],
    ] as const)
      t.hasStrict(stateAfter(declared, send(shown)).proof, { paysFrom }, shown)
  })
  t.test('pays at once when it comes on that day or later', async (t) => {
    for (const shown of ['2026-06-23T22:00:00Z', '2026-06-24T21:59:59Z', '2026-07-01T12:00:00Z'])
      after(declared)
        .when(send(shown))
        .thenHappens({ type: 'ReturnSent', data: { paysFrom: shown } }, { type: 'RefundDecided' })
    const late = told(decider, declared, send('2026-06-12T08:00:00Z', '2026-07-01T12:00:00Z')).at(-1)!
    t.hasStrict(late, { data: { dueOn: '2026-07-01' } }, 'the day on which it is shown, not the one it tells of')
  })
  t.test('is not waited for across a change of the clock by an hour more or less', async (t) => {
    const facts = { ...received, parcels: [{ ...received.parcels[0]!, receivedAt: '2026-10-20T10:00:00Z' }] }
    const state = stateAfter(declare({ facts, lines: oneSensor }, '2026-10-22T08:00:00Z'), {
      ...send('2026-10-23T08:00:00Z', '2026-10-23T08:00:00Z', facts),
    })
    t.hasStrict(state.proof, { paysFrom: '2026-10-28T09:00:00Z' })
  })
  t.test('that comes before it is known which units left pays once both are there', async (t) => {
    const facts = { ...unsent, parcels: onTheWay.parcels.map((parcel) => ({ ...parcel, lines: oneSensor })) }
    const all = { ...facts, parcels: received.parcels }
    const both = [{ lineId: '1', quantity: 2 }]
    const asked = declare({ facts, lines: both })
    const said = send('2026-06-11T08:00:00Z', '2026-06-11T08:00:00Z', all)
    t.equal(believedFrom(stateAfter(asked, said)), undefined)
    t.strictSame(awaited(stateAfter(asked, said)), { awaits: 'units', since: '2026-06-10T09:00:00Z' })
    after(asked, said, judge())
      .when(learn([], both, all))
      .thenHappens({ type: 'ReturnUnitsKnown' }, { type: 'RefundDecided' })
    t.equal(believedFrom(stateAfter(asked, said, learn([], both, all))), '2026-06-16T08:00:00Z')
  })
})

t.test('the word of staff is a look: it pays at once, also when they repeat what the customer said', async () => {
  after(declared)
    .when(sendAsStaff())
    .thenHappens(
      { type: 'ReturnSent', data: { shownBy: 'staff' } },
      { type: 'ProofOfSendingJudged', data: { verdict: 'confirmed' } },
      decided,
    )
  after(declared, send()).when(sendAsStaff()).thenHappens({ type: 'ProofOfSendingJudged' }, decided)
})

t.test('a proof that is rejected', async (t) => {
  t.test('is as if it had not been shown', async (t) => {
    const state = after(declared, send())
      .when(judge('rejected'))
      .thenHappens({
        type: 'ProofOfSendingJudged',
        data: { verdict: 'rejected', personal: { reason: 'Posten knows no such parcel.' } },
      })
    t.hasStrict(state, { status: 'declared', sentAt: undefined, proof: undefined })
    after(declared, send(), judge('rejected')).when(believe('2027-01-01T00:00:00Z')).thenNothing()
    after(declared, send(), judge('rejected')).when(judge('rejected')).thenNothing()
    after(declared, send(), judge('rejected')).when(judge('confirmed')).thenRefused('proof-unknown')
    after(declared, send(), judge('rejected'))
      .when(receive())
      .thenHappens({ type: 'ReturnReceived' }, { type: 'RefundDecided' })
  })
  t.test('makes the next word of the customer wait for a verdict, which is asked for', async (t) => {
    const again = [declared, send(), judge('rejected'), send('2026-06-12T08:00:00Z')]
    t.strictSame(awaited(stateAfter(...again)), { awaits: 'verdict', since: '2026-06-12T08:00:00Z' })
    after(...again)
      .when(believe('2027-01-01T00:00:00Z'))
      .thenNothing()
    after(...again)
      .when(judge())
      .thenHappens({ type: 'ProofOfSendingJudged' }, { type: 'RefundDecided' })
  })
  t.test('cannot be rejected once the refund is decided, nor judged before it is shown', async () => {
    after(declared, send(), judge()).when(judge('rejected')).thenRefused('refund-decided')
    after(declared, receive()).when(judge('rejected')).thenRefused('refund-decided')
    for (const verdict of ['confirmed', 'carrier-scanned', 'rejected'] as const)
      after(declared).when(judge(verdict)).thenRefused('proof-unknown')
  })
})

t.test('when goods can have been sent', async (t) => {
  const now = '2026-06-11T08:00:00Z'
  t.test('not in the future, but by as much as clocks differ', async () => {
    after(declared).when(send('2026-06-11T08:05:01Z', now)).thenRefused('moment-in-the-future')
    after(declared).when(send('9999-12-31T23:59:59Z', now)).thenRefused('moment-in-the-future')
    after(declared).when(send('2026-06-11T08:05:00Z', now)).thenHappens({ type: 'ReturnSent' })
  })
  t.test('not before the customer had them, nor at a moment that is absurd', async () => {
    after(declared).when(send('2026-06-04T14:30:00Z', now)).thenHappens({ type: 'ReturnSent' })
    after(declared).when(send('2026-06-04T14:29:59Z', now)).thenRefused('goods-not-received')
    for (const absurd of ['2026-05-01T00:00:00Z', '1970-01-01T00:00:00Z', '0000-01-01T00:00:00Z'])
      after(declared).when(send(absurd, now)).thenRefused('goods-not-sent')
  })
  t.test('not while they are on their way to the customer, whoever says it but staff', async () => {
    const asked = declare({ facts: onTheWay, lines: oneSensor })
    after(asked)
      .when(send(now, now, onTheWay))
      .thenRefused('goods-not-received')
    after(asked)
      .when(sendAsStaff(now, now, onTheWay))
      .thenHappens({ type: 'ReturnSent' }, { type: 'ProofOfSendingJudged' }, { type: 'RefundDecided' })
    after(asked)
      .when(sendAsStaff('2026-06-02T11:59:59Z', now, onTheWay))
      .thenRefused('goods-not-sent')
  })
  t.test('not when they never left, whoever says it (case L01c)', async () => {
    for (const saying of [send, sendAsStaff]) {
      after(declare({ facts: unsent, lines: oneSensor }))
        .when(saying(now, now, unsent))
        .thenRefused('goods-not-sent')
      after(declare({ facts: unsent, lines: oneSensor }), learn(oneSensor, [], unsent))
        .when(saying())
        .thenRefused('goods-not-sent')
    }
  })
  t.test('not units of which the customer has not got as many', async () => {
    const [parcel] = received.parcels
    const facts = { ...received, parcels: [{ ...parcel!, lines: oneSensor }] }
    const both = declare({ lines: [{ lineId: '1', quantity: 2 }] })
    after(both)
      .when(send(now, now, facts))
      .thenRefused('goods-not-received')
    after(declared)
      .when(send(now, now, facts))
      .thenHappens({ type: 'ReturnSent' })
  })
  t.test('not units that another return has sent back', async () => {
    const [parcel] = received.parcels
    const other = { returnId: shipmentId, lines: oneSensor, outcome: 'open' as const, proofOfSendingAt: now }
    const facts = { ...received, parcels: [{ ...parcel!, lines: oneSensor }], returns: [other] }
    after(declared)
      .when(send(now, now, facts))
      .thenRefused('goods-not-received')
    after(declared)
      .when(send(now, now, { ...facts, parcels: received.parcels }))
      .thenHappens({ type: 'ReturnSent' })
  })
})
