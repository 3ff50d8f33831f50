import { readFileSync } from 'node:fs'
import t from 'tap'
import { partsOf } from '../desk/runbook.ts'
import { alarms as en } from '../desk/words/alarms-en.ts'
import { alarms as nb } from '../desk/words/alarms-nb.ts'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e801'
const alarm = {
  ...{ id: ID, kind: 'mails-unsent', orderId: ORDER_ID, about: 'mails', detail: { waiting: 3, error: '<b>550</b>' } },
  raisedAt: '2026-11-27T09:00:00Z',
}
const at = `/desk/work/alarms/orders/mails-unsent/${ID}`
const house = await startTestConsole(t, {
  ...{ ...answersAbout(anOrder()), ...deskAnswers, 'GET /alarms': { items: [] } },
  'GET /alarms?limit=10': { items: [alarm] },
  'GET /alarms?kind=mails-unsent&limit=200': { items: [{ ...alarm, id: ORDER_ID }, alarm] },
})
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const told = () => house.asked.filter(({ method }) => method === 'PUT').map(({ url, body }) => ({ url, body }))

t.test('an alarm of the work list leads to what the runbook says of it', async (t) => {
  t.ok((await support.ask('/desk/work')).text.includes(`href="${at}"`))
  const { text } = await support.ask(at)
  const [look = ''] = /\*\*Look\*\*/.exec(partsOf(readFileSync('docs/runbook.md', 'utf8')).get('mails-unsent')!) ?? []
  t.equal(look, '**Look**')
  for (const said of [
    '<strong>Look</strong>',
    '&quot;waiting&quot;: 3',
    '&lt;b&gt;550',
    `/desk/orders/${ORDER_ID}`,
    en.runbook,
  ])
    t.ok(text.includes(said), said)
  t.notMatch(text, /\*\*|\]\(#/)
  const norwegian = createVisitor(house, { 'accept-language': 'nb' })
  await norwegian.signIn('support')
  t.ok((await norwegian.ask(at)).text.includes(nb.runbook))
})

t.test('somebody says that they look into it, once, and the list and the page say who and since when', async (t) => {
  const put = `PUT /alarms/${ID}/acknowledgement`
  const acknowledgedAt = '2026-11-27T10:00:00Z'
  const path = `${at}/acknowledgement`
  house.answers[put] = { ...alarm, acknowledgedAt, acknowledgedBy: 'support' }
  const form = await support.ask(at)
  t.ok(form.text.includes(en.byNobody))
  for (const _ of [1, 2])
    t.equal((await support.send(path, support.fieldsOf(form.text, path))).headers.get('location'), at)
  t.strictSame(told(), [{ url: `/alarms/${ID}/acknowledgement`, body: undefined }])
  house.asked.length = 0

  const taken = { ...alarm, acknowledgedAt, acknowledgedBy: 'staff-7' }
  house.answers['GET /alarms?limit=10'] = { items: [taken] }
  house.answers['GET /alarms?kind=mails-unsent&limit=200'] = { items: [taken] }
  for (const page of ['/desk/work', at])
    t.match((await support.ask(page)).text, /staff-7, <time datetime="2026-11-27T10:00/)
  t.ok((await support.ask(at)).text.includes(en.takeOver))
  house.answers[put] = problem(409, 'It ended at noon: somebody else did it.')
  const refused = await support.send(path, support.fieldsOf((await support.ask(at)).text, path))
  t.equal(refused.status, 409)
  t.match(refused.text, /role="alert".*somebody else did it/s)
  house.asked.length = 0
})

t.test('it ends by what somebody says was done, once, and not before they saw what follows', async (t) => {
  const form = await support.ask(at)
  const done = 'The mail server is back.'
  const check = await support.send(`${at}/check`, { ...support.fieldsOf(form.text, `${at}/check`), done })
  for (const said of [done, en.follows]) t.ok(check.text.includes(said), said)
  t.strictSame(told(), [])
  house.answers[`PUT /alarms/${ID}/resolution`] = alarm
  for (const _ of [1, 2])
    t.equal((await support.send(at, support.fieldsOf(check.text, at))).headers.get('location'), '/desk/work')
  t.strictSame(told(), [{ url: `/alarms/${ID}/resolution`, body: { done } }])
})

t.test('what ended by another word is refused with that word, above what was written', async (t) => {
  house.answers[`PUT /alarms/${ID}/resolution`] = problem(409, 'It ended at noon: somebody else did it.')
  const form = await support.ask(at)
  const check = await support.send(`${at}/check`, { ...support.fieldsOf(form.text, `${at}/check`), done: 'I did it.' })
  const refused = await support.send(at, support.fieldsOf(check.text, at))
  t.equal(refused.status, 409)
  t.match(refused.text, /role="alert".*somebody else did it.*I did it\./s)
})

t.test('of an alarm that is over one reads what was done, and there is nothing to do', async (t) => {
  const kept = house.answers['GET /alarms?kind=mails-unsent&limit=200']
  const over = { ...alarm, resolvedAt: '2026-11-27T11:00:00Z', resolution: 'It went on by itself.' }
  house.answers['GET /alarms?kind=mails-unsent&limit=200'] = { items: [over] }
  const { text } = await support.ask(at)
  t.ok(text.includes('It went on by itself.'))
  for (const none of [en.takeOn, en.takeOver, en.byNobody, `action="${at}/check"`]) t.notOk(text.includes(none), none)
  house.answers['GET /alarms?kind=mails-unsent&limit=200'] = kept!
})

t.test('what is no alarm is a page that is not there', async (t) => {
  for (const path of [
    `/desk/work/alarms/orders/mails-unsent/${crypto.randomUUID()}`,
    `/desk/work/alarms/issuer/x/${ID}`,
  ])
    t.equal((await support.ask(path)).status, 404, path)
})
