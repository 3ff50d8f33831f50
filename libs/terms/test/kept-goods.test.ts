import t from 'tap'
import { entitlements } from '../order/entitlements.ts'
import type { OrderFacts, ParcelFacts, ReturnFacts, Units } from '../order/facts.ts'
import { codes, noon } from './cites.ts'
import { order } from './order.ts'

const [one, two, three] = [1, 2, 3].map((quantity) => ({ lineId: 'A', quantity })) as [Units, Units, Units]
const door = { lineId: 'B', quantity: 1 }
const came = (lines: Units[], day = '2026-06-04'): ParcelFacts => ({
  ...underway(lines, 'S-1'),
  receivedAt: `${day}T10:00:00Z`,
})
const underway = (lines: Units[], shipmentId = 'S-2'): ParcelFacts => ({
  ...{ shipmentId, lines, handedOverAt: '2026-06-02T08:00:00Z' },
})
const back = (lines: Units[], more: Partial<ReturnFacts> = {}): ReturnFacts => ({
  ...{ returnId: 'R', lines, outcome: 'closed', refunded: 1 },
  ...{ noticeReceivedAt: '2026-06-08T10:00:00Z', goodsReceivedAt: '2026-06-12T10:00:00Z' },
  ...more,
})
const lineOf = (facts: Partial<OrderFacts>, day: string, lineId = 'A') =>
  entitlements(order(facts), noon(day)).lines.find((line) => line.lineId === lineId)!

t.test('what was withdrawn from on its way, not taken and is back, is not waited for', async (t) => {
  const refused = { parcels: [came([one, door]), underway([two])], returns: [back([two])] }

  t.test('complaints of what was kept end by their years from its receipt (10, fkjl § 27)', async (t) => {
    t.equal(lineOf(refused, '2026-07-01').complaint.until, '2028-06-06')
    t.equal(lineOf(refused, '2031-09-28').complaint.outcome, 'refused')
    t.equal(lineOf(refused, '2031-09-28', 'B').complaint.outcome, 'refused')
  })
  t.test('the days to withdraw from the rest count from its receipt or that notice, whichever is later', async (t) => {
    for (const lineId of ['A', 'B']) t.equal(lineOf(refused, '2026-06-15', lineId).withdrawal.until, '2026-06-22')
    const before = { ...refused, returns: [back([two], { noticeReceivedAt: '2026-06-03T10:00:00Z' })] }
    t.equal(lineOf(before, '2026-06-15').withdrawal.until, '2026-06-18')
  })
  t.test('the risk of what was kept is the consumer’s after that (7.3)', async (t) =>
    t.hasStrict(lineOf(refused, '2026-06-23').risk, { bearer: 'customer', since: '2026-06-22T22:00:00Z' }),
  )
  t.test('nor is a whole line of it', async (t) => {
    const facts = { parcels: [came([three]), underway([door])], returns: [back([door])] }
    t.equal(lineOf(facts, '2026-06-15').withdrawal.until, '2026-06-22')
  })
  t.test('nor is it late', async (t) =>
    t.equal(entitlements(order(refused), noon('2026-09-01')).delivery!.late, 'refused'),
  )
})

t.test('in doubt it is waited for, and every right stays open', async (t) => {
  for (const [rule, facts] of [
    [
      'while it is not back',
      {
        parcels: [came([one, door]), underway([two])],
        returns: [back([two], { goodsReceivedAt: undefined, outcome: 'open', refunded: undefined })],
      },
    ],
    [
      'when what is back can be what had come',
      { parcels: [came([two, door]), underway([one])], returns: [back([one])] },
    ],
    [
      'when it can have been in either of two parcels',
      { parcels: [came([door]), underway([one]), underway([two], 'S-3')], returns: [back([one])] },
    ],
    [
      'when a return gave nothing back',
      { parcels: [came([one, door]), underway([two])], returns: [back([two], { refunded: undefined })] },
    ],
    [
      'when others are sent for it',
      { parcels: [came([one, door]), { ...underway([two], 'S-1'), replaced: true }], returns: [back([two])] },
    ],
  ] as [string, Partial<OrderFacts>][])
    t.test(rule, async (t) =>
      t.strictSame(codes(lineOf(facts, '2026-07-10', 'B').withdrawal.reasons), ['period-not-begun']),
    )
})

t.test('of what the customer never has there is nothing to complain of (10)', async (t) => {
  const stops = [{ requestId: 'Q', lines: [door], stopped: [door], left: [] }]
  t.equal(lineOf({ parcels: [came([three])], stops }, '2026-06-10', 'B').complaint.outcome, 'refused')
  t.equal(lineOf({ parcels: [came([three])], stops }, '2026-06-10').complaint.outcome, 'granted')
  const some = [{ requestId: 'Q', lines: [two], stopped: [two], left: [] }]
  t.equal(lineOf({ parcels: [came([one, door])], stops: some }, '2026-06-10').complaint.outcome, 'granted')
  t.test('nor of what is left of a line when the rest was paid back', async (t) => {
    const facts = { parcels: [came([one, door])], stops: some, returns: [back([one])] }
    t.equal(lineOf(facts, '2026-06-20').complaint.outcome, 'refused')
  })
  t.test('nor of what was lost and is paid back', async (t) => {
    const lost = back([three], { right: 'loss', refunded: undefined, goodsReceivedAt: undefined, outcome: 'open' })
    t.equal(lineOf({ parcels: [came([door])], returns: [lost] }, '2026-06-20').complaint.outcome, 'refused')
  })
})
