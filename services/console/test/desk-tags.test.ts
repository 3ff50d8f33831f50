import t from 'tap'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'
const bears = (...words: string[]) => ({
  items: words.map((word) => ({ word, taggedAt: '2026-11-27T09:00:00Z', taggedBy: 'support-1' })),
})
const aCase = {
  ...{ id: CASE_ID, orderId: ORDER_ID, number: 'SG-1', kind: 'complaint', status: 'received', awaits: 'judgement' },
  ...{ openedAt: '2026-11-27T09:00:00Z', notes: [], timeline: [], tags: ['presse'], orderTags: ['vip'] },
}
const house = await startTestConsole(t, {
  ...answersAbout(anOrder()),
  [`GET /orders/${ORDER_ID}/tags`]: bears('presse', 'vip'),
  [`GET /returns/${CASE_ID}/case`]: aCase,
  [`PUT /orders/${ORDER_ID}/tags/ny-kunde`]: bears('ny-kunde'),
  [`PUT /returns/${CASE_ID}/tags/ny-kunde`]: bears('ny-kunde'),
  [`DELETE /orders/${ORDER_ID}/tags/vip`]: bears(),
  [`DELETE /returns/${CASE_ID}/tags/presse`]: bears(),
})
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const told = (method: string, path: string) => house.asked.filter((each) => each.method === method && each.url === path)

for (const { page, door, off } of [
  { page: `/desk/orders/${ORDER_ID}`, door: `/orders/${ORDER_ID}/tags`, off: 'vip' },
  { page: `/desk/cases/${CASE_ID}`, door: `/returns/${CASE_ID}/tags`, off: 'presse' },
])
  t.test(`staff tags on ${page}, and takes tags off, each once however often a form is sent`, async (t) => {
    const { text } = await support.ask(page)
    for (const word of ['presse', 'vip']) t.ok(text.includes(`href="/desk?tag=${word}"`), word)
    const adding = { ...support.fieldsOf(text, `${page}/tag`), word: 'Ny  kunde' }
    for (const _ of [1, 2]) t.equal((await support.send(`${page}/tag`, adding)).headers.get('location'), `${page}#tags`)
    t.equal(told('PUT', `${door}/ny-kunde`).length, 1)
    const taking = { ...support.fieldsOf(text, `${page}/untag`), word: off }
    for (const _ of [1, 2])
      t.equal((await support.send(`${page}/untag`, taking)).headers.get('location'), `${page}#tags`)
    t.equal(told('DELETE', `${door}/${off}`).length, 1)
  })

t.test('what is no tag is refused above the field, in which it stands as it was written', async (t) => {
  const page = `/desk/orders/${ORDER_ID}`
  const { text } = await support.ask(page)
  house.answers[`PUT /orders/${ORDER_ID}/tags/kari%40example.com`] = problem(400, 'A value in the request is wrong.', {
    errors: [{ field: 'params.word', message: 'must be one word of up to 30 small letters' }],
  })
  const refused = await support.send(`${page}/tag`, {
    ...{ ...support.fieldsOf(text, `${page}/tag`), word: 'Kari@example.com' },
  })
  t.equal(refused.status, 400)
  t.match(refused.text, /role="alert".*must be one word.*value="Kari@example.com"/s)
  t.equal((await support.ask(`${page}/tag`)).headers.get('location'), `${page}#tags`)
})

t.test('the desk finds orders and cases by a tag, and the work lists can be looked through by one', async (t) => {
  house.answers['GET /tags/vip/orders'] = { items: [{ orderId: ORDER_ID, number: 'SG-1' }] }
  house.answers['GET /tags'] = { items: [{ word: 'vip', orders: 1, cases: 0 }] }
  house.answers['GET /returns?tag=vip'] = { items: [aCase] }
  house.answers['GET /returns?status=open&tag=vip&limit=10'] = { items: [aCase] }
  house.answers['GET /returns/figures?tag=vip&limit=10'] = {
    items: [{ kind: 'complaint', open: 3, overdue: 0, closed: 0 }],
  }
  house.answers['GET /returns?refund=unpaid&tag=vip&limit=10'] = { items: [] }
  const found = (await support.ask('/desk?tag=vip')).text
  for (const said of ['Tagged #vip', 'a tag', `/desk/orders/${ORDER_ID}`, `/desk/cases/${CASE_ID}`, '#presse'])
    t.ok(found.includes(said), said)
  const all = (await support.ask('/desk/work')).text
  t.ok(all.includes('href="/desk/work?tag=vip"'))
  house.asked.length = 0
  const work = (await support.ask('/desk/work?tag=vip')).text
  for (const said of ['Tagged #vip', `/desk/cases/${CASE_ID}`, 'href="/desk/cases?kind=complaint&amp;tag=vip"'])
    t.ok(work.includes(said), said)
  t.strictSame(
    house.asked.map(({ url }) => url),
    ['/work?tag=vip&limit=10'],
    'what bears no tags is not asked for',
  )
  house.answers['GET /returns?kind=complaint&status=open&tag=vip&limit=50'] = { items: [aCase] }
  t.ok((await support.ask('/desk/cases?kind=complaint&tag=vip')).text.includes(`/desk/cases/${CASE_ID}`))
})

t.test('in Norwegian too', async (t) => {
  const kari = createVisitor(house, { 'accept-language': 'nb' })
  await kari.signIn('support')
  const { text } = await kari.ask(`/desk/orders/${ORDER_ID}`)
  for (const said of ['Merkelapper', 'Ta av #vip', 'Ny merkelapp']) t.ok(text.includes(said), said)
})
