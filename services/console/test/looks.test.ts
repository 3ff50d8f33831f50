import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { asOwner } from '@vilkar/testing/database.ts'
import type { FastifyRequest } from 'fastify'
import t from 'tap'
import type { Database } from '../database.ts'
import { trimLooks } from '../oversight/looks.ts'
import { en } from '../oversight/words/en.ts'
import { en as pagesEn } from '../pages/words/en.ts'
import { aShipment, SHIPMENT_ID } from './a-shipment.ts'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { aPrivacyService, REQUEST_ID } from './privacy/answers.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6f1'
const OTHER_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6f2'
const order = anOrder()
const aCase = {
  ...{ id: CASE_ID, orderId: ORDER_ID, number: order.number, kind: 'withdrawal', status: 'declared' },
  ...{ openedAt: '2026-11-27T09:00:00Z', notes: [], timeline: [] },
}
const found = ({ url }: FastifyRequest) => ({
  items: /name=Kari|email=kari|number=SG-34265-3WB02|limit=15/.test(decodeURIComponent(url)) ? [order] : [],
})
const house = await startTestConsole(
  t,
  {
    ...aPrivacyService(),
    ...answersAbout(order),
    'GET /orders': found,
    [`GET /orders/${ORDER_ID.toUpperCase()}`]: order,
    [`GET /returns/${CASE_ID}/case`]: aCase,
    'GET /returns': ({ url }: FastifyRequest) => ({ items: url.includes(order.number) ? [aCase] : [] }),
    [`GET /orders/${ORDER_ID}/documents/invoice-1/pdf`]: Buffer.from('%PDF'),
    [`GET /shipments/${SHIPMENT_ID}`]: aShipment('Sensor'),
    [`GET /shipments/${SHIPMENT_ID}/label`]: Buffer.from('%PDF'),
    'GET /shipments': ({ url }: FastifyRequest) => ({ items: url.includes(ORDER_ID) ? [aShipment('Sensor')] : [] }),
  },
  { PRIVACY_URL: '' },
)
const owner = createPool(asOwner(house.database), { max: 1 })
t.teardown(() => owner.end())
const support = createVisitor(house, { 'accept-language': 'en' })
const manager = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
await manager.signIn('manager')
const kept = async () =>
  (
    await owner.query<{ look: string }>(`select concat_ws(' ', subject, what, about) as look from look order by id`)
  ).rows.map(({ look }) => look)
/** What is written down of asking for a page. */
async function written(path: string, visitor = support) {
  const before = (await kept()).length
  const { status } = await visitor.ask(path)
  return [status, ...(await kept()).slice(before)]
}

t.test('whoever opens an order, its documents or a case, or finds somebody, is written down', async (t) => {
  for (const [path, ...looks] of [
    [`/desk/orders/${ORDER_ID}`, `support order ${ORDER_ID}`],
    [`/desk/orders/${ORDER_ID}?at=2027-01-01`, `support order ${ORDER_ID}`],
    [`/desk/orders/${ORDER_ID}/do/address`, `support order ${ORDER_ID}`],
    [`/desk/orders/${ORDER_ID}/documents/invoice-1`, `support document ${ORDER_ID}`],
    [`/desk/cases/${CASE_ID}`, `support case ${CASE_ID}`],
    [`/privacy/requests/${REQUEST_ID}`, `support request ${REQUEST_ID}`],
    [`/desk/orders/${ORDER_ID.toUpperCase()}`, `support order ${ORDER_ID}`],
    ['/privacy'],
    ['/desk?q=kari@example.com', `support search ${ORDER_ID}`],
    ['/desk?q=nobody@example.com'],
    ['/desk'],
    ['/desk/work'],
  ] as const)
    t.strictSame(await written(path), [200, ...looks], path)
})

t.test('who looks in the warehouse where a shipment goes is written down, and who reads its list is not', async (t) => {
  const warehouse = createVisitor(house, { 'accept-language': 'en' })
  await warehouse.signIn('warehouse', '/warehouse')
  for (const path of ['', '/packing', '/label'].map((part) => `/warehouse/shipments/${SHIPMENT_ID}${part}`))
    t.strictSame(await written(path, warehouse), [200, `warehouse shipment ${SHIPMENT_ID}`], path)
  t.strictSame(await written('/warehouse', warehouse), [200])
  const { text } = await manager.ask(`/desk/looks?order=${ORDER_ID}`)
  t.ok(text.includes(`href="/warehouse/shipments/${SHIPMENT_ID}"`), 'found by its order')
  t.ok(text.includes(en.what_shipment))
})

t.test('what was not shown was not looked at', async (t) => {
  t.strictSame(await written(`/desk/orders/${OTHER_ID}`), [404])
  t.strictSame(await written('/desk/orders/nothing'), [404])
  t.strictSame(await written(`/desk/orders/${ORDER_ID}`, createVisitor(house)), [303])
})

t.test('nothing of whom they looked at is kept but an id', async (t) => {
  const { rows } = await owner.query('select * from look')
  t.notMatch(JSON.stringify(rows), /kari|Eksempel|SG-34265/i)
  await t.rejects(owner.query(`update look set subject = 'nobody'`), /only ever added to/)
})

t.test('who may approve reads it by member of staff and by order, of which its cases are a part', async (t) => {
  await manager.ask(`/desk/orders/${ORDER_ID}`)
  await owner.query(
    `insert into look (id, subject, what, about) values ('00000000-0000-7000-8000-000000000000', 'warehouse', 'order', '${OTHER_ID}')`,
  )
  const rowsOf = async (query: Record<string, string>) => {
    const { text } = await manager.ask(`/desk/looks?${new URLSearchParams(query)}`)
    return [
      ...text.matchAll(
        /<tr><td[^>]*><time[^>]*>[^<]*<\/time><\/td><td[^>]*>([^<]*)<\/td><td[^>]*>([^<]*)<\/td><td[^>]*><a[^>]* href="([^"]*)"/g,
      ),
    ].map(([, ...cells]) => cells.join(' '))
  }
  const all = await rowsOf({})
  t.equal(all.length, (await kept()).length)
  t.ok(all.includes(`support ${en.what_document} /desk/orders/${ORDER_ID}`))
  t.strictSame(await rowsOf({ subject: 'manager' }), [`manager ${en.what_order} /desk/orders/${ORDER_ID}`])
  for (const asked of [order.number.toLowerCase(), ORDER_ID]) {
    const ofOrder = await rowsOf({ order: asked, subject: 'support' })
    t.equal(ofOrder.length, 7, asked)
    t.ok(ofOrder.includes(`support ${en.what_case} /desk/cases/${CASE_ID}`), 'its case')
  }
  t.strictSame(await rowsOf({ order: CASE_ID }), [`support ${en.what_case} /desk/cases/${CASE_ID}`])
  t.strictSame(await rowsOf({ order: OTHER_ID }), [`warehouse ${en.what_order} /desk/orders/${OTHER_ID}`])
  const unknown = await manager.ask('/desk/looks?order=SG-0')
  t.match(unknown.text, 'There is no order SG-0.')
  t.match(unknown.text, en.nobody)
  house.answers['GET /orders'] = 'silent'
  const unread = await manager.ask('/desk/looks?order=SG-0')
  t.match(unread.text, 'orders and payments does not answer')
  t.notMatch(unread.text, 'There is no order', 'nobody knows')
  t.match(unread.text, en.nobody)
  house.answers['GET /orders'] = found
  t.equal((await support.ask('/desk/looks')).status, 403)
  t.notMatch((await support.ask('/desk')).text, 'href="/desk/looks"')
  t.match((await manager.ask('/desk')).text, 'href="/desk/looks"')
})

t.test('the last stand first, and earlier ones on the next page', async (t) => {
  await owner.query(
    `insert into look (id, subject, what, about)
    select lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000', 'long-ago', 'order', '${OTHER_ID}'
    from generate_series(1, 51) n`.replace(
      "lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000'",
      "(lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000')::uuid",
    ),
  )
  const first = await manager.ask('/desk/looks?subject=long-ago')
  const [, older] = /href="(\/desk\/looks\?[^"]*before=[^"]*)"/.exec(first.text)!
  t.equal([...first.text.matchAll(/long-ago<\/td>/g)].length, 50)
  const second = await manager.ask(older!.replaceAll('&amp;', '&'))
  t.equal([...second.text.matchAll(/long-ago<\/td>/g)].length, 1)
  t.notMatch(second.text, 'before=')
})

t.test('what has had its time goes, by the role that runs the console', async (t) => {
  const aged = (id: number, subject: string, days: number) =>
    owner.query(
      `insert into look (id, at, subject, what, about) values
      ('00000000-0000-7000-9000-00000000000${id}', now() - ${days} * interval '1 day', '${subject}', 'order', '${OTHER_ID}')`,
    )
  await aged(1, 'old', 366)
  await aged(2, 'young', 364)
  const pool = createPool(house.database, { max: 1 })
  t.teardown(() => pool.end())
  const db = createDatabase<Database>(pool)
  await Promise.all([trimLooks(db, 365), trimLooks(db, 365)])
  const left = (await kept()).filter((look) => /^(old|young) /.test(look))
  t.strictSame(left, [`young order ${OTHER_ID}`])
})

t.test('a page that says why something was refused shows the order as well, and is written down', async (t) => {
  const path = `/desk/orders/${ORDER_ID}/do/goodwill`
  const fields = support.fieldsOf((await support.ask(path)).text, `${path}/check`)
  house.answers[`POST /orders/${ORDER_ID}/goodwill/preview`] = problem(409, 'Not that much.')
  const before = (await kept()).length
  const { status, text } = await support.send(`${path}/check`, { ...fields, amount: '1' })
  t.equal(status, 409)
  t.match(text, order.number)
  t.strictSame((await kept()).slice(before), [`support order ${ORDER_ID}`])
})

t.test('whoever finds a case finds somebody, where nobody says its order', async (t) => {
  const { [`GET /orders/${ORDER_ID}`]: known } = house.answers
  house.answers['GET /orders'] = 'silent'
  house.answers[`GET /orders/${ORDER_ID}`] = 'silent'
  t.strictSame(await written(`/desk?q=${order.number}`), [200, `support search ${ORDER_ID}`])
  house.answers['GET /orders'] = found
  house.answers[`GET /orders/${ORDER_ID}`] = known
})

t.test('a page that cannot be written down is not shown', async (t) => {
  await owner.query('alter table look rename to look_away')
  const { status, text } = await support.ask(`/desk/orders/${ORDER_ID}`)
  t.equal(status, 503)
  t.match(text, pagesEn.title_503)
  t.notMatch(text, 'Storgata')
  t.equal((await support.ask(`/desk/orders/${ORDER_ID}/documents/invoice-1`)).status, 503)
  t.equal((await support.ask('/desk/work')).status, 200, 'what shows nobody is shown')
  await owner.query('alter table look_away rename to look')
  t.strictSame(await written(`/desk/orders/${ORDER_ID}`), [200, `support order ${ORDER_ID}`])
})
