import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { clock, db, hear, call, delivered } = await startReturnsForTest()
const lines = [{ lineId: '1', quantity: 1 }]
const read = async (url: string) => (await call('support', 'GET', url)).body

/** A withdrawal whose refund is decided on a day of June 2026, when its goods come back. */
async function decided(day: string) {
  const { id: orderId } = await delivered()
  clock.at = `2026-06-${day}T09:00:00Z`
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines })
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, {})
  return async (paidOn: string) => {
    clock.at = paidOn
    await hear('PaymentRefunded', orderId, { returnId: body.id, refundedAt: paidOn })
  }
}

t.test('nothing was paid and nothing was open where there were no cases', async (t) => {
  t.strictSame(await read('/returns/refund-days'), {
    from: '2026-03-04',
    to: '2026-06-01',
    paid: 0,
    late: 0,
    items: [],
  })
  t.strictSame(await read('/returns/open-by-day?days=2'), { from: '2026-05-31', to: '2026-06-01', items: [] })
})

t.test('refunds are counted by the days in Norway from their decision to their payment', async (t) => {
  const [first, second, third] = [await decided('10'), await decided('10'), await decided('10'), await decided('12')]
  await first('2026-06-10T12:00:00Z')
  // Just after midnight in Oslo, and late by law.
  await second('2026-06-12T22:30:00Z')
  await third('2026-06-30T09:00:00Z')
  t.strictSame(await read('/returns/refund-days'), {
    ...{ from: '2026-04-02', to: '2026-06-30', paid: 3, late: 1, daysP50: 3, daysP95: 20 },
    items: [
      { days: 0, paid: 1, late: 0 },
      { days: 3, paid: 1, late: 0 },
      { days: 20, paid: 1, late: 1 },
    ],
  })
  t.hasStrict(await read('/returns/refund-days?days=7'), { from: '2026-06-24', paid: 1, daysP50: 20, daysP95: 20 })
})

t.test('so are those of before the moment of a decision was noted with its case', async (t) => {
  const noted = await read('/returns/refund-days')
  await db.updateTable('return_case').set({ refund_decided_at: null }).execute()
  t.strictSame(await read('/returns/refund-days'), noted)
})

t.test('a case is open on each day from its first to the one before it was closed', async (t) => {
  const { from, to, items } = await read('/returns/open-by-day?days=22')
  t.strictSame([from, to], ['2026-06-09', '2026-06-30'])
  t.equal(items.length, 1)
  const [{ kind, days }] = items
  const openOn = (day: string) => days.find((each: { day: string }) => each.day === day).open
  t.equal(kind, 'withdrawal')
  t.equal(days.length, 22)
  t.strictSame(
    ['2026-06-09', '2026-06-10', '2026-06-12', '2026-06-13', '2026-06-29', '2026-06-30'].map(openOn),
    [0, 2, 3, 2, 2, 1],
  )
  const later = await read('/returns/open-by-day?days=3')
  t.strictSame(
    later.items[0].days.map(({ open }: { open: number }) => open),
    [2, 2, 1],
    'opened before the span, it counts from its first day on',
  )
})

t.test('they are for staff, and of a year at most', async () => {
  for (const door of ['/returns/refund-days', '/returns/open-by-day']) {
    assertProblem(await call('storefront', 'GET', door), 403, 'scope-missing', /staff/)
    assertProblem(await call('support', 'GET', `${door}?days=367`), 400, 'invalid-input', /days/)
  }
})
