import { aDamage } from './a-damage.ts'
import { aFailedDelivery } from './a-failed-delivery.ts'
import { ORDER_ID } from './an-order.ts'

const at = '2026-11-01T09:00:00Z'
const of = { orderId: ORDER_ID, number: 'SG-34265-3WB02', currency: 'NOK' }
const dayAfter = (days: number) => Temporal.PlainDate.from('2026-09-01').add({ days }).toString()
const openOf = (kind: string, open: (day: number) => number) => ({
  kind,
  days: Array.from({ length: 90 }, (_, day) => ({ day: dayAfter(day), open: open(day) })),
})
const fare = { open: 3, overdue: 1, closed: 7 }

/** What services answer of work that waits and of how cases fare: something of every kind. */
export const deskAnswers: Record<string, unknown> = {
  'GET /returns': {
    items: [
      {
        ...{ id: '01a21b28-5d68-7ee0-97e6-be9cecd5e6f1', ...of, kind: 'withdrawal', status: 'refund-decided' },
        ...{ awaits: 'payment', awaitsSince: at, dueOn: '2026-11-15', owed: 49_900, openedAt: at },
      },
    ],
  },
  'GET /orders/late': {
    items: [
      { ...of, promise: 'last-day', dueOn: '2026-11-01', unsent: [], underway: [{ lineId: '1', quantity: 2 }] },
      { ...of, promise: 'estimate', dueOn: '2026-11-20', unsent: [{ lineId: '1', quantity: 1 }], underway: [] },
    ],
  },
  'GET /payments/uncaptured': {
    items: [{ ...of, amount: 10_000, status: 'ambiguous', dispatchedAt: at, dueAt: at }],
    next: ORDER_ID,
  },
  'GET /payments/authorisations/ending': {
    items: [{ ...of, left: 30_000, provider: 'klarna', expiresAt: '2090-01-01T09:00:00Z' }],
  },
  'GET /alarms': ({ url }: { url: string }) => ({
    items: [
      url.includes('drift')
        ? {
            ...{ id: 'a-1', orderId: ORDER_ID, kind: 'reconciliation-drift', raisedAt: at },
            detail: {
              ...{ day: '2026-10-31', currency: 'NOK' },
              drift: [{ kind: 'captured-differs', provider: 20_000, ledger: 10_000 }],
            },
          }
        : { id: 'a-2', kind: 'relay-behind', detail: {}, raisedAt: at },
    ],
  }),
  'GET /law': {
    items: [
      {
        ...{ act: 'angrerettloven', status: 'in-force', source: 'Lovdata', how: 'read', checkedOn: '2026-10-01' },
        ...{ lookAgainOn: '2026-10-31', due: true },
      },
    ],
    tables: [{ table: 'late-payment-rates', knownTo: '2026-06-30', due: true }],
  },
  'GET /mails/unsent': {
    items: [{ mailId: ORDER_ID, aboutId: ORDER_ID, kind: 'confirmation', createdAt: at, tries: 3, error: 'No route.' }],
  },
  'GET /dead-letters': { items: [] },
  'GET /damage-reports': ({ url }: { url: string }) => ({
    items: url.includes('unsettled')
      ? [
          aDamage({ kind: 'lost', claimedAt: at, answerDueOn: '2026-11-10' }),
          aDamage({
            ...{ claimedAt: at, answerDueOn: '2090-01-10' },
            claim: { answer: 'accepted', amount: 49_900, currency: 'NOK', answeredAt: at },
          }),
        ]
      : [aDamage({ claimDueOn: '2026-11-10' }), aDamage({ kind: 'lost', claimDueOn: '2090-01-10' })],
  }),
  'GET /failed-deliveries': { items: [aFailedDelivery('Kari')] },
  'GET /payouts': { items: [] },
  'GET /statements': { items: [] },
  'GET /returns/refund-days': {
    ...{ from: dayAfter(0), to: dayAfter(89), paid: 60, late: 2, daysP50: 2, daysP95: 9 },
    items: [
      ...[20, 15, 10, 6, 3, 2, 1].map((paid, days) => ({ days, paid, late: 0 })),
      ...[9, 16, 61].map((days) => ({ days, paid: 1, late: days > 14 ? 1 : 0 })),
    ],
  },
  'GET /returns/open-by-day': {
    ...{ from: dayAfter(0), to: dayAfter(89) },
    items: [
      openOf('complaint', (day) => Math.round(6 + 4 * Math.sin(day / 9))),
      openOf('withdrawal', (day) => 12 + (day % 17)),
      openOf('loss', (day) => (day > 60 ? 1 : 0)),
    ],
  },
  'GET /returns/figures': {
    items: [
      { kind: 'complaint', ...fare, daysP50: 4.25, daysP95: 20.5 },
      { kind: 'withdrawal', ...fare },
    ],
  },
}
