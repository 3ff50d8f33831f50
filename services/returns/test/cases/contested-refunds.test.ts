import { sql } from 'kysely'
import t from 'tap'
import { returnGauges } from '../../cases/gauges.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, look, hear, call, delivered } = await startReturnsForTest()
const one = { lineId: '1', quantity: 1 }
const overdue = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter(
    (alarm: { about: string; kind: string }) => alarm.about === about && alarm.kind === 'refund-overdue',
  )
async function lookAt(at: string) {
  clock.at = at
  await look()
}
async function due(when: string) {
  const { rows } = await sql<{ when: string; due: string }>`${returnGauges[1]!.find(clock.at)}`.execute(db)
  return Number(rows.find((row) => row.when === when)?.due ?? 0)
}

/** A withdrawal of the 10th of June 2026, to be paid back by the 24th, and what is listed of it. */
async function declared() {
  const { id: orderId, email } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines: [one] })
  const unpaid = async () =>
    (await call('support', 'GET', `/returns?refund=unpaid&q=${encodeURIComponent(email)}`)).body.items
  return { id: body.id as string, orderId, unpaid }
}
/** One of which a used sensor came back, and that nobody judges. */
async function contested() {
  const withdrawal = await declared()
  clock.at = '2026-06-15T10:00:00Z'
  const units = [{ ...one, complete: true, wear: 'used', fitForSale: false }]
  await call('warehouse', 'PUT', `/returns/${withdrawal.id}/inspection`, { units })
  return withdrawal
}
const judge = (id: string, amount: number) =>
  call('support', 'PUT', `/returns/${id}/assessment`, {
    ...{ deductions: amount > 0 ? [{ ...one, amount, why: 'diminished-value' }] : [], final: true },
    ...(amount > 0 && { grounds: 'Brukt.' }),
  })

t.test('a refund that is contested past its last day calls a person until it is decided and paid', async (t) => {
  const { id, orderId, unpaid } = await contested()
  await lookAt('2026-06-22T21:59:59Z')
  t.strictSame(await unpaid(), [], 'nothing is due yet')
  t.strictSame([await due('within-48h'), await due('overdue')], [0, 0])
  await lookAt('2026-06-24T21:59:59Z')
  t.hasStrict(await unpaid(), [{ id, awaits: 'assessment', dueOn: '2026-06-17', payBy: '2026-06-24' }])
  t.strictSame([await due('within-48h'), await due('overdue')], [1, 0])
  t.strictSame(await overdue(id), [], 'the last day is not over')

  await lookAt('2026-06-24T22:00:00Z')
  t.strictSame(
    (await overdue(id)).map(({ detail }: { detail: object }) => detail),
    [{ orderId, dueOn: '2026-06-24' }],
    'what is owed is not decided',
  )
  t.hasStrict(await unpaid(), [{ id, payBy: '2026-06-24' }])
  t.strictSame([await due('within-48h'), await due('overdue')], [0, 1])

  await judge(id, 0)
  await look()
  const [listed] = await unpaid()
  t.hasStrict(listed, { id, awaits: 'payment', dueOn: '2026-06-24', owed: 49_900 })
  t.equal(listed.payBy, undefined)
  t.equal((await overdue(id))[0].resolution, undefined, 'what is decided late is not paid yet')
  await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-06-25T09:00:00Z' })
  await look()
  t.hasStrict(await overdue(id), [{ resolution: 'The money is back.' }])
  t.strictSame(await unpaid(), [])
  t.equal(await due('overdue'), 0)
})

t.test('where it is judged that nothing is owed, nobody is called any more', async (t) => {
  const { id, orderId } = await contested()
  await lookAt('2026-06-24T22:00:00Z')
  t.equal((await overdue(id)).length, 1)
  await judge(id, 49_900)
  await hear('PaymentRefunded', orderId, { returnId: id, refundedAt: '2026-06-25T09:00:00Z', amount: 0 })
  await look()
  t.hasStrict(await overdue(id), [{ resolution: 'Nothing is to be paid back.' }])
})

t.test('a word of sending that nobody judges is late too, and is not once it is rejected', async (t) => {
  const { id, unpaid } = await declared()
  const said = { carrier: 'Posten', trackingNumber: 'BACK9NO', sentAt: '2026-06-10T09:00:00Z' }
  const judged = (verdict: string) =>
    call('support', 'PUT', `/returns/${id}/proof-of-sending/verdict`, { verdict, reason: 'Ukjent nummer.' })
  await call('storefront', 'PUT', `/returns/${id}/proof-of-sending`, said)
  await judged('rejected')
  await call('storefront', 'PUT', `/returns/${id}/proof-of-sending`, said)
  await lookAt('2026-06-24T22:00:00Z')
  t.hasStrict(await unpaid(), [{ id, awaits: 'verdict', payBy: '2026-06-24' }])
  t.hasStrict(await overdue(id), [{ detail: { dueOn: '2026-06-24' } }])
  await judged('rejected')
  await look()
  t.hasStrict(await overdue(id), [{ resolution: 'Nothing is to be paid back.' }])
  t.strictSame(await unpaid(), [])
})

t.test('goods that may still be waited for are not due', async (t) => {
  const { id, unpaid } = await declared()
  await lookAt('2026-06-30T09:00:00Z')
  t.strictSame(await overdue(id), [])
  t.strictSame(await unpaid(), [])
})

t.test('what an earlier release kept without its last day has it after a look', async (t) => {
  const { id, unpaid } = await contested()
  await sql`update return set pay_by = null where id = ${id}`.execute(db)
  clock.at = '2026-06-24T10:00:00Z'
  t.strictSame(await unpaid(), [])
  await look()
  t.hasStrict(await unpaid(), [{ id, payBy: '2026-06-24' }])
})

t.test('a refund that the version before decided is not taken for one that nobody decided', async (t) => {
  const { id, unpaid } = await contested()
  const refund = JSON.stringify({ amount: 49_900, dueOn: '2026-06-24', decidedAt: '2026-06-20T10:00:00Z', reasons: [] })
  const closed = JSON.stringify({ outcome: 'refunded', amount: 49_900, closedAt: '2026-06-20T10:00:00Z' })
  await sql`update return set awaits = null, awaits_since = null,
    state = state || jsonb_build_object('refund', ${refund}::jsonb, 'closed', ${closed}::jsonb) where id = ${id}`.execute(
    db,
  )
  await lookAt('2026-06-24T22:00:00Z')
  t.strictSame(await unpaid(), [])
  t.strictSame(await overdue(id), [])
})

t.test('a condition check that is not made has the last day of the terms', async (t) => {
  const { id: orderId, email } = await delivered()
  clock.at = '2026-06-20T09:00:00Z'
  const { body } = await call('support', 'POST', `/orders/${orderId}/voluntary-returns`, { lines: [one] })
  await call('warehouse', 'PUT', `/voluntary-returns/${body.id}/receipt`, {})
  const [listed] = (await call('support', 'GET', `/returns?q=${encodeURIComponent(email)}`)).body.items
  t.hasStrict(listed, { id: body.id, awaits: 'check', payBy: listed.dueOn })
  clock.at = `${listed.payBy}T10:00:00Z`
  const unpaid = `/returns?refund=unpaid&q=${encodeURIComponent(email)}`
  t.hasStrict((await call('support', 'GET', unpaid)).body.items, [{ id: body.id }])
  await lookAt(`${listed.payBy}T14:30:00Z`)
  const [paying] = (await call('support', 'GET', unpaid)).body.items
  t.hasStrict(paying, { id: body.id, awaits: 'refund', dueOn: listed.payBy })
  t.equal(paying.payBy, undefined)
})
