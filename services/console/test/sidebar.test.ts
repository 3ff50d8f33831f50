import { createPool } from '@vilkar/server/postgres.ts'
import { asOwner } from '@vilkar/testing/database.ts'
import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { Value } from 'typebox/value'
import { Config } from '../config.ts'
import { en } from '../desk/words/en.ts'
import { sidebar } from '../desk/words/sidebar-en.ts'
import { anOrder, answersAbout, cites, ORDER_ID } from './an-order.ts'
import { createVisitor, startTestConsole } from './console.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6f1'
const order = anOrder()
const aCase = {
  ...{ id: CASE_ID, orderId: ORDER_ID, number: order.number, kind: 'complaint', status: 'received' },
  ...{ openedAt: '2026-11-27T09:00:00Z', dueOn: '2020-01-01' },
}
const AT = '/desk/sidebar?email=kari%40example.com'
const FRAMED_BY = 'https://shop.zendesk.com, https://desk.example:8443'
const answers = {
  ...answersAbout(order),
  'GET /orders': ({ url }: FastifyRequest) => ({ items: url.includes('kari') ? [order] : [] }),
  'GET /returns': ({ url }: FastifyRequest) => ({ items: url.includes('kari') ? [aCase] : [] }),
}
const house = await startTestConsole(t, answers, { SIDEBAR_FRAMED_BY: FRAMED_BY })
const headers = { 'accept-language': 'en' }

t.test('whoever writes is shown with orders, open cases and what may go back until when by which clause', async (t) => {
  const visitor = createVisitor(house, headers)
  await visitor.signIn('support')
  const { status, text } = await visitor.ask(AT)
  t.equal(status, 200)
  for (const said of [order.number, 'Fuktsensor', '10 December 2026', 'clause 8.2', cites[0]!.text, en.kind_complaint])
    t.match(text, said)
  for (const [href, name] of [
    [`/desk/orders/${ORDER_ID}`, order.number],
    [`/desk/cases/${CASE_ID}`, en.kind_complaint],
    ['/desk?q=kari%40example.com', sidebar.toDesk],
    ['/desk?q=kari%40example.com', sidebar.toDesk],
  ])
    t.match(text, `href="${href}" target="_blank" rel="noopener">${name}`)
  t.notMatch(text, '<form', 'nothing is changed from here')
  t.notMatch(text, en.right_cancel, 'what is refused is not in the way')
  t.match(
    (await visitor.ask('/desk/sidebar?email=nobody@example.com')).text,
    'Nobody has ordered with nobody@example.com.',
  )
  t.match((await visitor.ask('/desk/sidebar')).text, sidebar.noEmail)
  house.answers[`GET /orders/${ORDER_ID}/entitlements`] = 'silent'
  const less = await visitor.ask(AT)
  t.match(less.text, 'returns does not answer')
  t.match(less.text, sidebar.unread)
  Object.assign(house.answers, answers)
})

t.test('who looks is written down, where only a case is found too', async (t) => {
  const visitor = createVisitor(house, headers)
  await visitor.signIn('support')
  const owner = createPool(asOwner(house.database), { max: 1 })
  t.teardown(() => owner.end())
  for (const orders of [answers['GET /orders'], 'silent']) {
    house.answers['GET /orders'] = orders
    await owner.query('delete from look')
    t.match((await visitor.ask(AT)).text, en.kind_complaint)
    const { rows } = await owner.query('select subject, what, about from look')
    t.strictSame(rows, [{ subject: 'support', what: 'sidebar', about: ORDER_ID }])
  }
  Object.assign(house.answers, answers)
})

t.test('the origins that are named may frame this page, and nobody may frame another', async (t) => {
  const visitor = createVisitor(house, headers)
  await visitor.signIn('support')
  for (const [path, ancestors] of [
    [AT, 'https://shop.zendesk.com https://desk.example:8443'],
    ['/desk', "'none'"],
    [`/desk/orders/${ORDER_ID}`, "'none'"],
    ['/signed-out', "'none'"],
  ] as const) {
    const answer = await visitor.ask(path)
    const policy = answer.headers.get('content-security-policy')!
    t.equal(/frame-ancestors ([^;]*)/.exec(policy)?.[1], ancestors, path)
    t.equal(answer.headers.get('x-frame-options'), path === AT ? null : 'SAMEORIGIN', path)
    t.match(policy, "form-action 'self'")
    t.notMatch(policy, 'unsafe')
  }
})

t.test('the session comes into a frame by a cookie of its own, which no other page takes', async (t) => {
  const visitor = createVisitor(house, headers)
  const before = await visitor.ask(AT)
  t.equal(before.status, 401)
  t.match(before.text, `href="/sign-in?back=${encodeURIComponent(AT)}" target="_blank"`)
  t.notMatch(before.text, order.number)
  await visitor.signIn('support')
  const first = await visitor.ask(AT)
  const given = first.headers.getSetCookie().filter((line) => line.startsWith('sidebar='))
  t.match(given, [/Path=\/desk\/sidebar; HttpOnly; Secure; SameSite=None/])
  t.strictSame((await visitor.ask(AT)).headers.getSetCookie(), [], 'once')
  visitor.jar.delete('session')
  t.equal((await visitor.ask(AT)).status, 200)
  t.equal((await visitor.ask('/desk')).status, 303, 'no other page')
  t.equal((await visitor.ask('/desk/sidebar/x')).status, 404)
})

t.test('who signs out is signed out of the frame as well', async (t) => {
  const visitor = createVisitor(house, headers)
  await visitor.signIn('support')
  await visitor.ask(AT)
  const { text } = await visitor.ask('/desk')
  await visitor.send('/sign-out', visitor.fieldsOf(text, '/sign-out'))
  t.ok(visitor.jar.has('sidebar'))
  t.equal((await visitor.ask(AT)).status, 401)
})

t.test('it is for staff', async (t) => {
  const customer = createVisitor(house, headers)
  await customer.signIn('customer')
  t.equal((await customer.ask(AT)).status, 403)
})

t.test('it is not there unless somebody says who may frame it', async (t) => {
  const other = await startTestConsole(t, answers)
  const visitor = createVisitor(other, headers)
  await visitor.signIn('support')
  t.equal((await visitor.ask(AT)).status, 404)
  const { SIDEBAR_FRAMED_BY } = Config.properties
  for (const good of ['https://a.example', FRAMED_BY, 'http://127.0.0.1:8080'])
    t.ok(Value.Check(SIDEBAR_FRAMED_BY, good))
  for (const bad of [
    '*',
    'http://a.example',
    'https://*',
    'https://a.example/x',
    "https://a.example; script-src 'x'",
    '',
  ])
    t.notOk(Value.Check(SIDEBAR_FRAMED_BY, bad), bad)
})
