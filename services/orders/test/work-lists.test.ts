import { readFile } from 'node:fs/promises'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t from 'tap'
import { scheduleDelayCheck } from '../order/handle.ts'
import { dispatch, formed, pageOf, tell } from './alarming.ts'
import type { OrdersForTest } from './orders-service.ts'

/** Texts that look like where a page begins, and are none. */
const places = (at: string, id: string) => [
  ...[`9999-99-99T99:99:99Z/${id}`, `2026-06-01T10:00:00Z/${'-'.repeat(36)}`, `6421-00-28T.7.%3A.6.%3A%3A.Z/${id}`],
  ...[`2026-02-30/${id}`, `${at}/${id}/${id}`, `${at}/`, `/${id}`, `${at}/${id.toUpperCase()}`, `${at}%20/${id}`],
]

/** Lists of what staff must see to before it is lost or late. */
const list = async (house: OrdersForTest, url: string) => (await house.call('support', 'GET', url)).body
const doors = ['/payments/uncaptured', '/payments/authorisations/ending', '/orders/late', '/law', '/mails/unsent']

t.test('what was shipped is listed until it is captured, with when a person is called', async (t) => {
  const { house, id, order, read } = await formed(t)
  house.klarna.faults.add({
    match: { method: 'POST', path: '/captures' },
    phase: 'before',
    action: { type: 'status', status: 503 },
    times: 1_000,
  } as never)
  const units = [1, 1, 1]
  for (const quantity of units) {
    await dispatch(house, id, quantity)
    house.clock.advance('PT10M')
  }
  const { items } = await list(house, '/payments/uncaptured')
  t.hasStrict(
    items,
    units.map(() => ({ orderId: id, number: order.number, currency: 'NOK' })),
  )
  const counted = async () => (await list(house, '/work/counts')).uncaptured
  t.strictSame(await counted(), { count: units.length, overdue: 0 }, 'all of them, before a person is called')
  const moments = items.map(({ dispatchedAt }: { dispatchedAt: string }) => dispatchedAt)
  t.strictSame(moments, moments.toSorted(), 'the longest ago first')
  for (const { dispatchedAt, dueAt } of items)
    t.equal(dueAt, Temporal.Instant.from(dispatchedAt).add('PT1H').toString(), 'an hour after it left')
  const seen: string[] = []
  for (let after = '', more = true; more; ) {
    const page = await list(house, `/payments/uncaptured?limit=1${after && `&after=${after}`}`)
    seen.push(...page.items.map(({ operationId }: { operationId: string }) => operationId))
    after = page.next
    more = after !== undefined
  }
  t.strictSame(
    seen,
    items.map(({ operationId }: { operationId: string }) => operationId),
  )
  house.clock.advance('PT2H')
  t.strictSame(await counted(), { count: units.length, overdue: units.length })
  house.klarna.faults.clear()
  await eventually('both captures', async () => (await read()).payment.captured === order.totals.total)
  t.strictSame(await list(house, '/payments/uncaptured'), { items: [] })
})

t.test('an authorisation is listed once it ends within days, and while money of it is still to be taken', async (t) => {
  const { house, id, order } = await formed(t)
  t.strictSame((await list(house, '/payments/authorisations/ending')).items, [])
  house.clock.advance('P24D')
  const { items, next } = await list(house, '/payments/authorisations/ending')
  t.hasStrict(items, [{ orderId: id, number: order.number, provider: 'klarna', left: order.totals.total }])
  t.equal(items[0].expiresAt, order.payment.expiresAt)
  t.equal(next, undefined)
  const counted = async () => (await list(house, '/work/counts')).endingAuthorisations
  t.strictSame(await counted(), { count: 1, overdue: 0 })
  t.strictSame((await list(house, `/payments/authorisations/ending?after=${order.payment.expiresAt}/${id}`)).items, [])
  house.clock.advance('P10D')
  t.equal((await list(house, '/payments/authorisations/ending')).items.length, 1, 'when it has ended too')
  t.strictSame(await counted(), { count: 1, overdue: 1 })
})

t.test('an authorisation that is extended between two pages has no other left out of the second', async (t) => {
  const { house } = await formed(t)
  const quote = await house.quote({ lines: [{ sku: 'SENSOR-1', quantity: 1 }] })
  const key = { 'idempotency-key': crypto.randomUUID() }
  const { body: other } = await house.call('storefront', 'POST', '/orders', house.orderOf(quote), key)
  house.klarna.approve(await pageOf(other.payment.url))
  await eventually('the other', async () => {
    const { body } = await house.call('support', 'GET', `/orders/${other.id}`)
    return body.status === 'formed'
  })
  house.clock.advance('P24D')
  const ending = '/payments/authorisations/ending'
  const all = (await list(house, ending)).items.map(({ orderId }: { orderId: string }) => orderId)
  t.equal(all.length, 2)
  const first = await list(house, `${ending}?limit=1`)
  const until = house.clock
    .now()
    .add({ hours: 24 * 60 })
    .toString()
  await sql`
    insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, expires_at, at)
    select order_id, 'extended', 0, currency, provider, payment_id, 'longer', ${until}, ${house.clock.now().toString()}
    from payment_account where order_id = ${all[0]}`.execute(house.db)
  const second = await list(house, `${ending}?limit=1&after=${first.next}`)
  t.strictSame(
    second.items.map(({ orderId }: { orderId: string }) => orderId),
    [all[1]],
  )
  assertProblem(await house.call('support', 'GET', `${ending}?after=x`), 400, 'invalid-input', /next/)
})

t.test('an order is late from the first promised day that passed until nothing is waited for', async (t) => {
  const { house, id, order } = await formed(t)
  const late = async (query = '') => (await list(house, `/orders/late${query}`)).items
  const look = () =>
    tell(house, { type: 'TellDelay', data: { orderId: id, at: house.clock.now().toString() } } as never)
  await look()
  t.strictSame(await late(), [])
  await dispatch(house, id, 2)
  house.clock.advance('P14D')
  await look()
  const { to, lastDay } = order.deliveryPromise
  const units = { unsent: [{ lineId: '1', quantity: 1 }], underway: [{ lineId: '1', quantity: 2 }] }
  t.strictSame(await late(), [{ orderId: id, number: order.number, promise: 'estimate', dueOn: to, ...units }])
  const counted = async () => (await list(house, '/work/counts')).late
  t.strictSame(await counted(), { count: 1, overdue: 0 }, 'what was only expected is not overdue')
  house.clock.advance('P31D')
  await look()
  t.strictSame(await counted(), { count: 1, overdue: 1 })
  t.hasStrict(await late(), [{ promise: 'last-day', dueOn: lastDay }])
  t.strictSame(await late(`?after=${lastDay}/${id}`), [], 'the page after it')
  assertProblem(await house.call('support', 'GET', '/orders/late?after=x'), 400, 'invalid-input', /next/)
  const until = house.clock
    .now()
    .add({ hours: 24 * 14 })
    .toZonedDateTimeISO('Europe/Oslo')
    .toPlainDate()
    .toString()
  const period = { orderId: id, at: house.clock.now().toString(), periodId: crypto.randomUUID(), until, by: 'support' }
  await tell(house, { type: 'SetAdditionalPeriod', data: period } as never)
  t.hasStrict(await late(), [{ extraTimeUntil: until }])

  // A row of before says so once it is looked at.
  await sql`update orders set late_since = null`.execute(house.db)
  const { state } = await house.db.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow()
  await transact(house.deps, (trx) => scheduleDelayCheck(trx, { id, state } as never))
  t.equal((await late()).length, 1)

  // An instance of before, which knows no such day, may have looked at it first: it is not asked to look again.
  await sql`update orders set late_since = null, delay_check_at = null`.execute(house.db)
  await sql
    .raw(await readFile(new URL('../migrations/310-late-since-known.sql', import.meta.url), 'utf8'))
    .execute(house.db)
  t.hasStrict(await late(), [{ promise: 'last-day', dueOn: lastDay }])

  await dispatch(house, id, 1)
  const at = house.clock.now().toString()
  const now = await house.db.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow()
  for (const { shipmentId } of now.state.shipments)
    await tell(house, { type: 'RecordDelivery', data: { orderId: id, shipmentId, at } })
  t.strictSame(await late(), [])
})

t.test('the law is listed with when it was looked at, what is due first, on the day of the shop’s clock', async (t) => {
  const { house } = await formed(t)
  const before = await list(house, '/law')
  t.ok(before.items.length > 20)
  const act = before.items.find((each: { act: string }) => each.act === 'angrerettloven')
  t.equal(act.lookAgainOn, Temporal.PlainDate.from(act.checkedOn).add({ days: 30 }).toString())
  house.clock.advance('P400D')
  const { items, tables } = await list(house, '/law')
  t.ok(items.every(({ due }: { due: boolean }) => due))
  t.strictSame(
    items.map(({ checkedOn }: { checkedOn: string }) => checkedOn),
    items.map(({ checkedOn }: { checkedOn: string }) => checkedOn).toSorted(),
    'the longest ago first',
  )
  t.hasStrict(tables, [{ table: 'public-holidays', due: false }, { table: 'late-payment-rates' }])
})

t.test('mails that nobody took are listed after an hour, and tried again when somebody says so', async (t) => {
  const { house } = await formed(t)
  const { mailbox, db, clock } = house
  const created = clock.now().toString()
  const [mail] = await db.selectFrom('mail').select(['id', 'about_id']).limit(1).execute()
  const [id, about] = [crypto.randomUUID(), mail!.about_id]
  // Its next try is a long time away.
  await db.transaction().execute(async (trx) => {
    const row = { id, about_id: about, kind: 'confirmation', recipient: 'kari@example.com', created_at: created }
    await trx
      .insertInto('mail')
      .values(row as never)
      .execute()
    await house.deps.jobs.enqueue(trx, 'send-mail', [{ data: { mailId: id }, startAfterSeconds: 3_600 }])
  })
  t.strictSame((await list(house, '/mails/unsent')).items, [])
  clock.advance('PT61M')
  t.hasStrict((await list(house, '/mails/unsent')).items, [{ mailId: id, aboutId: about, kind: 'confirmation' }])
  const before = mailbox.mails().length
  const retry = (body: object) => house.call('support', 'POST', '/mails/unsent/retry', body)
  t.strictSame((await retry({ mailId: crypto.randomUUID() })).body, { tried: 0 })
  t.strictSame((await retry({ mailId: id })).body, { tried: 1 })
  await eventually('the mail', async () => mailbox.mails().length > before)
  await eventually('that it is taken', async () => (await list(house, '/mails/unsent')).items.length === 0)
})

t.test(
  'ten thousand mails that wait are listed and tried again within the time that a question may take',
  async (t) => {
    const { house } = await formed(t)
    const { db, clock, deps } = house
    const waiting = await sql<{ mailId: string }>`
    insert into mail (id, about_id, kind, recipient, created_at)
    select gen_random_uuid(), gen_random_uuid(), 'confirmation', 'kari@example.com', ${clock.now().toString()}::timestamptz
    from generate_series(1, 10000) returning id as "mailId"`.execute(db)
    // The queue has forgotten the first.
    const trying = waiting.rows.slice(1).map((data) => ({ data, startAfterSeconds: 36_000 }))
    await db.transaction().execute((trx) => deps.jobs.enqueue(trx, 'send-mail', trying))
    clock.advance('PT61M')
    t.equal((await list(house, '/mails/unsent')).items?.length, 200)
    const { items, count } = await list(house, '/mails/unsent?limit=50')
    t.strictSame([items?.length, count], [50, 200], 'the first of them, and how many there are')
    const { mailId } = waiting.rows[0]!
    const { status } = await house.call('support', 'POST', '/mails/unsent/retry', { mailId })
    t.equal(status, 200)
    await db.updateTable('mail').set({ status: 'accepted' }).where('status', '=', 'queued').execute()
  },
)

t.test('they are for staff', async (t) => {
  const { house } = await formed(t)
  for (const door of doors) assertProblem(await house.call('storefront', 'GET', door), 403, 'scope-missing', /staff/)
  assertProblem(await house.call('storefront', 'POST', '/mails/unsent/retry', {}), 403, 'scope-missing', /staff/)
})

t.test(
  'a page begins where the page before ended, and nowhere else: what only looks like it is said to be wrong',
  async (t) => {
    const { house } = await formed(t)
    const id = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
    for (const [door, at] of [
      ['/payments/uncaptured', '2026-06-01T10:00:00Z'],
      ['/payments/authorisations/ending', '2026-06-01T10:00:00Z'],
      ['/orders/late', '2026-06-01'],
    ] as const) {
      t.strictSame(await list(house, `${door}?after=${at}/${id}`), { items: [] })
      for (const place of places(at, id))
        assertProblem(await house.call('support', 'GET', `${door}?after=${place}`), 400, 'invalid-input', /next/)
    }
  },
)
