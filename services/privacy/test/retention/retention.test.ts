import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { runRetention } from '../../retention/run.ts'
import { readHolding } from '../../subjects/store.ts'
import { startPrivacyForTest } from '../privacy-service.ts'

const { db, deps, clock, call } = await startPrivacyForTest()
const person = { kind: 'email', value: 'kari@example.com' }
let records = 0
const tell = async (controller: string, category: string, facts: object, system = 'photo-store') => {
  const record = `r-${records++}`
  const url = `/holdings/${controller}/${system}/${record}`
  const age = category === 'member' ? { age: 30 } : {}
  const { status, body } = await call('holder', 'PUT', url, { category, identifiers: [person], facts, ...age })
  t.equal(status, 200, JSON.stringify(body))
  return { ...body, url, record }
}
const codes = ({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code)

t.test('a system is answered when a record has to go and by which sentence', async (t) => {
  for (const [controller, category, facts, dueAt] of [
    ['smartphoto', 'cat1', { visitEndedAt: '2026-06-15T08:00:00Z' }, '2026-06-16T08:00:00Z'],
    ['smartphoto', 'cat2', { on: { accountDeleted: '2026-06-15' } }, '2028-06-15T22:00:00Z'],
    ['smartphoto', 'cat3', { on: { lastOrder: '2026-02-10' } }, '2028-02-10T23:00:00Z'],
    ['smartphoto', 'cat4', { on: { lastContact: '2026-06-15' } }, '2028-06-15T22:00:00Z'],
    ['smartphoto', 'cat5', { on: { ordered: '2026-06-15' } }, '2026-08-14T22:00:00Z'],
    ['smartphoto', 'cat5', { on: { saved: '2026-06-15' } }, '2028-06-15T22:00:00Z'],
    ['smartphoto', 'cat5', { on: { saved: '2026-06-15', newOrder: '2027-01-10' } }, '2029-01-10T23:00:00Z'],
    ['smartphoto', 'cat5', { on: { uploaded: '2026-06-15' }, account: false }, '2026-09-13T22:00:00Z'],
    ['smartgroup', 'account', { on: { login: '2026-06-15' } }, '2028-06-15T22:00:00Z'],
    ['smartgroup', 'support', { on: { caseClosed: '2026-06-15' } }, '2027-06-15T22:00:00Z'],
    ['smartgroup', 'support', { on: { caseClosed: '2026-06-15' }, orderLinked: true }, '2029-06-15T22:00:00Z'],
    ['smartgroup', 'consent-log', { on: { consentEnded: '2026-06-15' } }, '2028-06-15T22:00:00Z'],
    ['smartgroup', 'marketing', { on: { unsubscribed: '2026-06-15' } }, '2026-06-15T09:05:00Z'],
    ['smarti', 'correspondence', { on: { document: '2026-03-10' } }, '2030-06-30T22:00:00Z'],
    ['smartorg', 'payment', { on: { transaction: '2026-03-10' } }, '2031-12-31T23:00:00Z'],
    ['smartorg', 'member', { on: { purposeEnded: '2026-06-15' } }, '2026-06-15T09:05:00Z'],
    // Told before, it stays through the day on which its purpose ends.
    ['smartorg', 'member', { on: { purposeEnded: '2026-12-31' } }, '2026-12-31T23:00:00Z'],
    // The policy has no period for it, and says that it goes on request.
    ['smarti', 'profile', { on: { purposeEnded: '2026-06-15' } }, '2026-06-15T09:05:00Z'],
  ] as const) {
    const held = await tell(controller, category, facts)
    t.equal(held.dueAt, dueAt, `${controller} ${category} ${JSON.stringify(facts)}`)
    t.ok(
      held.reasons.every(({ cites }: { cites: unknown[] }) => cites.length > 0),
      'each reason cites',
    )
  }
})

t.test('each new order begins the period of saved pictures anew, also the second and the third', async (t) => {
  const url = '/holdings/smartphoto/photo-store/saved-1'
  const facts = { on: { saved: '2022-01-10' } }
  const orders = ['2023-12-20', '2025-11-30', '2026-06-01']
  for (const newOrder of orders) {
    const on = { ...facts.on, newOrder }
    await call('holder', 'PUT', url, { category: 'cat5', identifiers: [person], facts: { on } })
  }
  const { body } = await call('holder', 'PUT', url, {
    category: 'cat5',
    identifiers: [person],
    facts: { on: { ...facts.on, newOrder: orders.at(-1) } },
  })
  t.match(body, { dueAt: '2028-06-01T22:00:00Z', facts: { newOrders: orders.slice(0, 2) } })
  const first = await tell('smartphoto', 'cat5', { on: { ...facts.on, newOrder: orders.at(-1) } })
  t.equal(first.dueAt, '2024-01-10T23:00:00Z', 'of who orders when everything is over nothing is left')
  const whole = await tell('smartphoto', 'cat5', {
    on: { ...facts.on, newOrder: orders.at(-1) },
    newOrders: orders.slice(0, 2),
  })
  t.equal(whole.dueAt, '2028-06-01T22:00:00Z', 'told at once by a system that begins to tell')
})

t.test('what nobody has said is said to be missing, and a category that the policy lacks is refused', async (t) => {
  t.match(await tell('smartphoto', 'cat6', {}), { missing: 'cookie-policy', status: 'held' })
  t.match(await tell('smarti', 'profile', {}), { missing: 'retention-rule', status: 'held' })
  const { status, body } = await call('holder', 'PUT', '/holdings/smarti/crm/x-1', {
    ...{ category: 'photos', identifiers: [person], facts: {} },
  })
  t.match([status, body.type, body.detail], [409, '/problems/category-unknown', /no category photos/])
})

t.test('a dry run says what goes by a day, when and why, and asks nobody', async (t) => {
  const { record } = await tell('smarti', 'correspondence', { on: { document: '2022-03-10' } }, 'dry-run')
  const before = await call('support', 'GET', '/retention/smarti/due?on=2026-06-29')
  t.notOk(before.body.items.some((item: { record: string }) => item.record === record))
  const { body } = await call('support', 'GET', '/retention/smarti/due?on=2026-07-01')
  const item = body.items.find((each: { record: string }) => each.record === record)
  t.match(item, { dueAt: '2026-06-30T22:00:00Z', status: 'held' })
  t.ok(codes(item).includes('bookkeeping'))
  t.match(body.counts, [{ system: 'dry-run', category: 'correspondence', count: 1 }])
})

t.test('a run asks the holder once, on the first moment after the period and not before', async (t) => {
  const { record } = await tell('smartphoto', 'cat1', { visitEndedAt: '2026-06-15T10:00:00Z' }, 'site')
  const asked = async () =>
    (await call('holder', 'GET', '/erasures/of-system/site')).body.items.flatMap(
      (each: { records: string[] }) => each.records,
    )
  clock.at = '2026-06-16T09:59:59Z'
  await runRetention(deps, 'smartphoto')
  t.strictSame(await asked(), [])
  clock.at = '2026-06-16T10:00:00Z'
  await Promise.all([runRetention(deps, 'smartphoto'), runRetention(deps, 'smartphoto')])
  await runRetention(deps, 'smartphoto')
  t.strictSame(await asked(), [record], 'two runs at once and one after ask once')
  clock.at = '2026-06-15T09:05:00Z'
})

t.test('what somebody else has at hand is asked for in the same run, after the rest', async (t) => {
  const [busy, free] = await Promise.all(
    ['busy-site', 'free-site'].map((site) =>
      tell('smartphoto', 'cat1', { visitEndedAt: '2026-06-10T10:00:00Z' }, site),
    ),
  )
  const stateOf = async ({ record, url }: { record: string; url: string }) =>
    (await readHolding(db, { controller: 'smartphoto', system: url.split('/')[3]!, record }))?.status
  const letGo = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const working = db.transaction().execute(async (trx) => {
    await trx.selectFrom('holding').select('record').where('record', '=', busy!.record).forUpdate().execute()
    locked.resolve()
    await letGo.promise
  })
  await locked.promise
  const running = runRetention(deps, 'smartphoto')
  await eventually('the rest to be asked for', async () => (await stateOf(free!)) === 'due')
  t.equal(await stateOf(busy!), 'held')
  letGo.resolve()
  await Promise.all([working, running])
  t.equal(await stateOf(busy!), 'due')
})

t.test('while something is open, or held for a dispute, nothing is asked for; when it is over it is', async (t) => {
  const old = { on: { accountDeleted: '2020-01-01' } }
  const open = await tell('smartphoto', 'cat2', { ...old, openComplaint: true }, 'accounts')
  t.match(open, { holds: ['open-complaint'] })
  const disputed = await tell('smartphoto', 'cat2', old, 'accounts')
  const hold = `/data-holds/${crypto.randomUUID()}`
  const about = { controller: 'smartphoto', record: { system: 'accounts', record: disputed.record } }
  t.equal((await call('support', 'PUT', hold, { ...about, why: 'Sak for Forbrukerklageutvalget' })).status, 200)
  const asked = async () => {
    await runRetention(deps, 'smartphoto')
    const { body } = await call('holder', 'GET', '/erasures/of-system/accounts')
    return body.items.flatMap((each: { records: string[] }) => each.records)
  }
  t.strictSame(await asked(), [])
  t.equal((await call('support', 'DELETE', hold)).status, 200)
  t.strictSame(await asked(), [disputed.record])
  await call('holder', 'PUT', open.url, { category: 'cat2', identifiers: [person], facts: old })
  t.strictSame((await asked()).toSorted(), [open.record, disputed.record].toSorted())
})

t.test('a hold of a person keeps all that is held of them at that controller', async (t) => {
  const identifier = { kind: 'account', value: 'albumeier-77' }
  const url = '/holdings/smartphoto/albums/album-77'
  const facts = { on: { uploaded: '2020-01-01' }, account: false }
  await call('holder', 'PUT', url, { category: 'cat5', identifiers: [identifier], facts })
  const hold = `/data-holds/${crypto.randomUUID()}`
  await call('support', 'PUT', hold, { controller: 'smartphoto', person: identifier, why: 'Politiet ba om det' })
  await runRetention(deps, 'smartphoto')
  t.strictSame((await call('holder', 'GET', '/erasures/of-system/albums')).body.items, [])
})

t.test('what a system says it holds no more is gone, said once or twice', async (t) => {
  const { url, record } = await tell('smartphoto', 'cat2', {}, 'crm')
  const of = { controller: 'smartphoto', identifiers: [person] }
  const records = async () =>
    (await call('support', 'POST', '/holdings/of-person', of)).body.items.map((each: { record: string }) => each.record)
  t.ok((await records()).includes(record))
  for (const _ of [1, 2]) t.equal((await call('holder', 'DELETE', url)).status, 204)
  t.notOk((await records()).includes(record))
})

t.test('nothing of what a person is known by is kept', async (t) => {
  const { rows } = await (await import('kysely')).sql<{ text: string }>`
    select string_agg(holding::text, ' ') as text from holding`.execute(db)
  t.notMatch(rows[0]?.text, /kari|example\.com|albumeier/i)
})

t.test('who may not is refused', async (t) => {
  for (const [role, method, url] of [
    ['nobody', 'GET', '/retention/smartgroup/due'],
    ['storefront', 'GET', '/retention/smartgroup/due'],
    ['holder', 'POST', '/retention/smartgroup/runs'],
    ['holder', 'GET', '/data-holds'],
    ['storefront', 'GET', '/erasures/of-system/site'],
  ] as const) {
    const { status } = await call(role, method, url)
    t.ok(status === 401 || status === 403, `${role} ${method} ${url}: ${status}`)
  }
  const body = { category: 'order', identifiers: [person], facts: {} }
  t.match(await call('holder', 'PUT', '/holdings/smartgroup/shop/x', body), { status: 409 })
})
