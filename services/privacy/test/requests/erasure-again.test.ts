import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { settleRequests } from '../../requests/settle.ts'
import { eraseAgain } from '../../retention/run.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { deps, clock, call, pool, hear } = await startPrivacyForTest()
const COUNTS = { blanked: 1, deleted: 0, events: 0, files: 0 }
let people = 0
/** Somebody of the test's own, whose records nobody else touches. */
function aPerson(controller: string) {
  people += 1
  const identifiers = [{ kind: 'email', value: `person-${people}@example.com` }]
  const system = `system-${people}`
  const tell = (record: string, category: string, facts: object) =>
    call('holder', 'PUT', `/holdings/${controller}/${system}/${record}`, {
      ...{ category, identifiers, facts },
      ...(category === 'member' && { age: 30 }),
    })
  const asked = async () => (await call('holder', 'GET', `/erasures/of-system/${system}`)).body.items
  const records = async () => (await asked()).flatMap((each: { records: string[] }) => each.records)
  const answer = async (erased: string[], left: string[] = []) => {
    const [{ id }] = await asked()
    const postponed = left.map((record) => ({ record, why: 'under-way' }))
    return call('holder', 'PUT', `/erasures/${id}/answer`, { erased, postponed, counts: COUNTS })
  }
  const request = async (kind = 'erase') => {
    const url = `/requests/${crypto.randomUUID()}`
    const { body } = await call('storefront', 'PUT', url, { controller, kind, channel: 'signed-in', identifiers })
    return { body, read: async () => (await call('support', 'GET', url)).body }
  }
  return { tell, records, answer, request }
}
const theDayAfter = async () => {
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 24 }).toString()
  await settleRequests(deps)
}

t.test('what comes to be held after a request is not erased by it, though something of before stays', async (t) => {
  const { tell, records, answer, request } = aPerson('smartgroup')
  await tell('invoice-1', 'accounting', { on: { document: '2026-03-01' } })
  await tell('account-1', 'account', { on: { login: '2026-06-01' } })
  const { read } = await request()
  t.strictSame(await records(), ['account-1'])
  await answer(['account-1'])
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 1 }).toString()
  await tell('account-2', 'account', { on: { login: '2026-06-15' } })
  await tell('account-1', 'account', { on: { login: '2026-06-15' } })
  await theDayAfter()
  t.strictSame(await records(), [], 'who comes back is not erased again')
  t.match(await read(), { status: 'answered', kept: [{ record: 'invoice-1', until: '2031-12-31' }] })
})

for (const [n, late] of ['before the next look', 'once it was answered'].entries())
  t.test(`an order that was placed before a request goes by it, although it is heard of ${late}`, async (t) => {
    const email = `placed-${n}@example.com`
    const body = { controller: 'smartgroup', kind: 'erase', channel: 'signed-in' }
    const url = `/requests/${crypto.randomUUID()}`
    const read = async () => (await call('support', 'GET', url)).body
    const [before, after] = [crypto.randomUUID(), crypto.randomUUID()]
    const personal = { email, name: 'Kari', placedBy: 'storefront', shippingAddress: {} }
    const place = (orderId: string) =>
      hear('OrderPlaced', { orderId, placedAt: clock.at, seller: 'smartgroup', personal })
    const placedAt = clock.at
    clock.at = Temporal.Instant.from(clock.at).add({ seconds: 1 }).toString()
    await call('storefront', 'PUT', url, { ...body, identifiers: [{ kind: 'email', value: email }] })
    clock.at = Temporal.Instant.from(clock.at).add({ seconds: 1 }).toString()
    await place(after)
    if (late === 'once it was answered') await theDayAfter()
    await hear('OrderPlaced', { orderId: before, placedAt, seller: 'smartgroup', personal })
    await theDayAfter()
    t.match(await read(), { kept: [{ record: before, holds: ['open-order'] }] }, 'it waits until the order is over')
    t.notMatch(JSON.stringify(await read()), after, 'what was bought afterwards is not asked about')
    await hear('OrderCancelled', { orderId: before, cancelledAt: clock.at })
    await theDayAfter()
    const { rows } = await pool.query('select records from erasure where $1 = any(records)', [before])
    t.equal(rows.length, 1)
  })

t.test(
  'asked for twice in one moment, by what else the person is known by too, each record is asked for once',
  async (t) => {
    const identifiers = [
      { kind: 'email', value: 'kari.twice@example.com' },
      { kind: 'phone', value: '+4790000042' },
    ]
    const facts = { on: { login: '2026-06-01' } }
    const url = '/holdings/smartgroup/system-twice/account-1'
    await call('holder', 'PUT', url, { category: 'account', identifiers, facts })
    const ask = (identifier: object) => {
      const wish = { controller: 'smartgroup', kind: 'erase', channel: 'signed-in', identifiers: [identifier] }
      return call('storefront', 'PUT', `/requests/${crypto.randomUUID()}`, wish)
    }
    // Both have come as far as the record before either goes on.
    const holder = await pool.connect()
    await holder.query('begin')
    await holder.query(`select from holding where system = 'system-twice' for update`)
    const both = Promise.all(identifiers.map(ask))
    await eventually('both to wait for the record', async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      return (await pool.query(waiting)).rows.length === 2
    })
    await holder.query('commit')
    holder.release()
    for (const { body } of await both) t.match(body, { status: 'open', kept: [] })
    const { items } = (await call('holder', 'GET', '/erasures/of-system/system-twice')).body
    t.match(items, [{ records: ['account-1'] }])
    t.equal(items.length, 1)
  },
)

t.test('what its system cannot let go is asked for again, and the request says that it stays until then', async (t) => {
  const { tell, records, answer, request } = aPerson('smartphoto')
  await tell('album-1', 'cat5', { on: { ordered: '2026-06-10' } })
  const { read } = await request()
  await answer([], ['album-1'])
  clock.at = Temporal.Instant.from(clock.at).add({ hours: 20 }).toString()
  await settleRequests(deps)
  t.match((await read()).kept, [{ record: 'album-1', holds: ['postponed'] }])
  await theDayAfter()
  t.strictSame(await records(), ['album-1'])
  await answer(['album-1'])
  await theDayAfter()
  t.match(await read(), { status: 'answered', kept: [] })
})

t.test('of what cannot go yet all is said to stay, and not its accounts alone', async (t) => {
  const { tell, records, answer, request } = aPerson('smarti')
  await tell('order-1', 'order', { on: { document: '2026-03-01' } })
  const { read } = await request()
  const stays = [{ until: '2031-12-31', holds: [] }, { holds: ['postponed'] }]
  for (const day of ['the first day', 'the second day']) {
    await answer([], ['order-1'])
    await theDayAfter()
    t.match((await read()).kept, stays, day)
    t.strictSame(await records(), ['order-1'], 'it is asked for again')
  }
  await answer(['order-1'])
  await theDayAfter()
  t.match((await read()).kept, [stays[0]])
  t.equal((await read()).kept.length, 1)
})

t.test(
  'who waits for an order that is asked for again at the same hour each day is answered, and told so',
  async (t) => {
    const orderId = crypto.randomUUID()
    const email = 'kari.again@example.com'
    const personal = { email, name: 'Kari', placedBy: 'storefront', shippingAddress: {} }
    await hear('OrderPlaced', { orderId, placedAt: clock.at, seller: 'smartgroup', personal })
    await hear('OrderDelivered', { orderId, deliveredAt: clock.at })
    const url = `/requests/${crypto.randomUUID()}`
    const identifiers = [{ kind: 'email', value: email }]
    await call('storefront', 'PUT', url, { controller: 'smartgroup', kind: 'erase', channel: 'signed-in', identifiers })
    for (const day of ['the first day', 'the second day']) {
      const { rows } = await pool.query('select id from erasure where $1 = any(records) and settled_at is null', [
        orderId,
      ])
      const of = { erasureId: rows[0].id, counts: COUNTS, erasedAt: clock.at }
      await hear('OrderDataErased', { ...of, erased: [], postponed: [{ orderId, why: 'order-open' }] })
      for (const name of ['ShipmentDataErased', 'ReturnDataErased'] as const)
        await hear(name, { ...of, erased: [orderId], postponed: [] })
      clock.at = Temporal.Instant.from(clock.at).add({ hours: 24 }).toString()
      await eraseAgain(deps, 'smartgroup')
      await settleRequests(deps)
      const { body } = await call('support', 'GET', url)
      t.match(body, { status: 'answered', kept: [{ record: orderId, holds: ['postponed'] }] }, day)
    }
  },
)

t.test('of what is erased but for its accounts these are said to stay', async (t) => {
  const { tell, answer, request } = aPerson('smarti')
  await tell('order-1', 'order', { on: { document: '2026-03-01' } })
  const { read } = await request()
  await answer(['order-1'])
  await theDayAfter()
  t.match((await read()).kept, [{ record: 'order-1', until: '2031-12-31' }])
})

t.test('the register of a club goes by the word of the club, whatever is asked of who keeps it', async (t) => {
  const { tell, records, request } = aPerson('smartorg')
  await tell('member-1', 'member', {})
  await tell('account-1', 'account', {})
  const { body } = await request()
  t.strictSame(await records(), ['account-1'])
  t.match(body.kept, [{ record: 'member-1', reasons: [{ code: 'role-by-purpose' }] }])
})

t.test('who wants their data kept after they wanted them erased is believed', async (t) => {
  const { tell, request } = aPerson('smartgroup')
  await tell('invoice-1', 'accounting', { on: { document: '2026-03-01' } })
  await request()
  await request('restrict')
  await theDayAfter()
  const restrictions = await deps.db.selectFrom('restriction').select('keeps').where('keeps', '=', true).execute()
  t.equal(restrictions.length, 1)
})

t.test('an order of which more is to come is under way, until its last parcel came or nothing more will', async (t) => {
  const personal = { email: 'kari.parcels@example.com', name: 'Kari', placedBy: 'storefront', shippingAddress: {} }
  const place = async () => {
    const orderId = crypto.randomUUID()
    await hear('OrderPlaced', { orderId, placedAt: clock.at, seller: 'smartgroup', personal })
    await hear('OrderDelivered', { orderId, deliveredAt: clock.at, moreToCome: true })
    return orderId
  }
  const holdsOf = async (orderId: string) => {
    const { rows } = await pool.query('select facts from holding where record = $1', [orderId])
    return rows[0].facts.openOrder === true
  }
  const [delivered, lost, corrected] = [await place(), await place(), await place()]
  for (const orderId of [delivered, lost, corrected]) t.ok(await holdsOf(orderId))
  await hear('OrderDelivered', { orderId: delivered, deliveredAt: clock.at })
  await hear('OrderCompleted', { orderId: lost, completedAt: clock.at })
  await hear('OrderDeliveryCorrected', { orderId: corrected, deliveredAt: clock.at, moreToCome: true })
  t.strictSame([await holdsOf(delivered), await holdsOf(lost), await holdsOf(corrected)], [false, false, true])
})
