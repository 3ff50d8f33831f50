import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { raiseAlarm, resolveAlarm } from '../../alarms/alarms.ts'
import type { AlarmKind } from '../../alarms/kinds.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const unknown = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
await house.stock()
const place = async () => (await house.place()).body.id as string

const errors: object[] = []
const log = { error: (details: object) => errors.push(details) } as never
const raise = (orderId: string, kind: AlarmKind = 'authorisation-expiring', detail: object = { paymentId: 'p' }) =>
  house.db
    .transaction()
    .execute((trx) => raiseAlarm(trx, { orderId, kind, detail, at: house.clock.now().toString() }, log))
const resolve = (id: string, body: object = { done: 'Called the bank.' }, role = 'support') =>
  house.call(role, 'PUT', `/alarms/${id}/resolution`, body)
const acknowledge = (id: string, role = 'support') => house.call(role, 'PUT', `/alarms/${id}/acknowledgement`)
const list = async (query = '') => (await house.call('support', 'GET', `/alarms${query}`)).body

t.test('an alarm', async (t) => {
  t.test('is raised once while it is open, keeps what it was raised for, and is logged as an error', async (t) => {
    const orderId = await place()
    errors.length = 0
    t.strictSame(
      [await raise(orderId), await raise(orderId, 'authorisation-expiring', { paymentId: 'q' })],
      [true, false],
    )
    const { items } = await list(`?orderId=${orderId}`)
    t.equal(items.length, 1)
    t.strictSame(items[0].detail, { paymentId: 'p' })
    t.equal(errors.length, 1)
    t.hasStrict(errors[0], { orderId, kind: 'authorisation-expiring' })
  })
  t.test('of another kind, of another order or after the first has ended is another one', async (t) => {
    const [orderId, other] = [await place(), await place()]
    await raise(orderId)
    t.ok(await raise(orderId, 'reconciliation-drift'))
    t.ok(await raise(other))
    const at = house.clock.now().toString()
    const end = { orderId, kind: 'authorisation-expiring', resolution: 'It lasts longer.', at } as const
    await house.db.transaction().execute((trx) => resolveAlarm(trx, end))
    t.ok(await raise(orderId))
    t.equal((await list(`?orderId=${orderId}&kind=authorisation-expiring`)).items.length, 2)
  })
  t.test('raised by many at once is one', async (t) => {
    const orderId = await place()
    const raised = await Promise.all(Array.from({ length: 8 }, () => raise(orderId)))
    t.equal(raised.filter(Boolean).length, 1)
  })
  t.test('raised in a transaction that fails was not raised', async (t) => {
    const orderId = await place()
    await t.rejects(
      house.db.transaction().execute(async (trx) => {
        await raiseAlarm(trx, { orderId, kind: 'reconciliation-drift', detail: {}, at: house.clock.now().toString() })
        throw new Error('undone')
      }),
    )
    t.strictSame((await list(`?orderId=${orderId}`)).items, [])
  })
})

t.test('the list of alarms', async (t) => {
  t.test('has the open ones first, newest first, in pages without a gap', async (t) => {
    const ids: string[] = []
    for (let i = 0; i < 4; i += 1) {
      const orderId = await place()
      await raise(orderId, 'shipped-although-cancelled')
      ids.push((await list(`?orderId=${orderId}`)).items[0].id)
    }
    await resolve(ids[2]!)
    const seen: string[] = []
    let next: string | undefined
    do {
      const after = next === undefined ? '' : `&after=${next}`
      const page = await list(`?kind=shipped-although-cancelled&limit=2${after}`)
      t.ok(page.items.length <= 2)
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      next = page.next
    } while (next !== undefined)
    t.strictSame(seen, [ids[3], ids[1], ids[0], ids[2]])
  })
  for (const query of ['limit=201', 'limit=0', 'kind=fire', 'orderId=7', 'colour=red'])
    t.test(`is not searched by ${query}`, async () =>
      assertProblem(await house.call('support', 'GET', `/alarms?${query}`), 400, 'invalid-input', /querystring|colour/),
    )
  t.test('is for staff alone', async () => {
    assertProblem(await house.call('storefront', 'GET', '/alarms'), 403, 'scope-missing', /staff/)
    assertProblem(await house.call('nobody', 'GET', '/alarms'), 401, 'token-missing', /bearer/)
    assertProblem(await resolve(unknown, undefined, 'storefront'), 403, 'scope-missing', /staff/)
  })
})

t.test('the end of an alarm', async (t) => {
  t.test('keeps who looked and what was done; said twice it happens once, and it stays what it was', async (t) => {
    const orderId = await place()
    await raise(orderId)
    const [{ id }] = (await list(`?orderId=${orderId}`)).items
    const first = await resolve(id)
    t.equal(first.status, 200)
    t.equal(first.body.resolution, 'Called the bank.')
    t.ok(first.body.resolvedBy)
    t.strictSame((await resolve(id)).body, first.body)
    assertProblem(await resolve(id, { done: 'Nothing.' }), 409, 'alarm-resolved', /Called the bank/)
  })
  t.test('needs an alarm and words', async () => {
    assertProblem(await resolve(unknown), 404, 'alarm-unknown', /no such alarm/)
    assertProblem(await resolve(unknown, { done: '' }), 400, 'invalid-input', /body\.done/)
    assertProblem(await resolve(unknown, {}), 400, 'invalid-input', /done/)
  })
})

t.test('an alarm that somebody looks into', async (t) => {
  const [{ orderId }] = (await list()).items
  const raised = async (kind: AlarmKind) => {
    await raise(orderId, kind)
    return (await list(`?orderId=${orderId}&kind=${kind}`)).items[0]
  }
  t.test('says who and since when, and is open still; said twice it is said once', async (t) => {
    const before = await raised('payment-stuck-operation')
    t.equal(before.acknowledgedAt, undefined)
    const first = await acknowledge(before.id)
    t.equal(first.status, 200)
    t.ok(first.body.acknowledgedBy)
    t.ok(first.body.acknowledgedAt)
    t.equal(first.body.resolvedAt, undefined)
    house.clock.advance('PT1H')
    t.strictSame((await acknowledge(before.id)).body, first.body)
    t.strictSame((await list(`?orderId=${orderId}&kind=${before.kind}`)).items, [first.body])
  })
  t.test('is looked into by who said so last: a colleague takes it over', async (t) => {
    const { id } = await raised('payment-amount-differs')
    const { body: first } = await acknowledge(id)
    house.clock.advance('PT1H')
    const { body: second } = await acknowledge(id, 'manager')
    t.not(second.acknowledgedBy, first.acknowledgedBy)
    t.ok(second.acknowledgedAt > first.acknowledgedAt)
  })
  t.test('keeps who looked into it when it ends, and after that nobody does', async (t) => {
    const { id } = await raised('stop-unanswered')
    const { body } = await acknowledge(id)
    const { body: over } = await resolve(id)
    t.equal(over.acknowledgedAt, body.acknowledgedAt)
    assertProblem(await acknowledge(id), 409, 'alarm-resolved', /Called the bank/)
  })
  t.test('is one, and looked into by staff', async () => {
    assertProblem(await acknowledge(unknown), 404, 'alarm-unknown', /no such alarm/)
    assertProblem(await acknowledge(unknown, 'storefront'), 403, 'scope-missing', /staff/)
  })
})
