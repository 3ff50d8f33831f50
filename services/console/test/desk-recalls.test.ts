import t from 'tap'
import { recalls as en } from '../desk/words/recalls-en.ts'
import { answersOfRecall, aRecall, RECALL_ID } from './a-recall.ts'
import { anOrder, answersAbout, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const recall = aRecall(EVIL)
const house = await startTestConsole(t, {
  ...{ ...answersAbout(anOrder()), ...deskAnswers, ...answersOfRecall(recall, EVIL) },
})
const { answers } = house
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const page = `/desk/recalls/${RECALL_ID}`
const told = () => house.asked.filter(({ method }) => method === 'PUT').map(({ url, body }) => ({ url, body }))
async function check(path: string, typed: Record<string, string> = {}) {
  const action = `${path}/check`
  const fields = support.fieldsOf((await support.ask(path)).text, action)
  // A box that is not ticked is not sent.
  const { 'remedy-repair': _, 'remedy-replacement': __, 'remedy-refund': ___, ...rest } = fields
  return support.send(action, { ...rest, ...typed })
}
const doIt = (path: string, text: string) => support.send(path, support.fieldsOf(text, path))
const has = (text: string, ...said: string[]) => {
  for (const each of said) t.ok(text.includes(each), each)
}

t.test('the work page counts recalls that are not over, loudly where somebody is reached by no mail', async (t) => {
  const { text } = await support.ask('/desk/work')
  t.match(text, new RegExp(`href="#recalls">${en.recalls} 1</a> <span class="ds-tag" data-color="danger">`))
  const [list = ''] = /<section[^>]* id="recalls".*?<\/section>/s.exec(text) ?? []
  has(list, `href="${page}"`, 'LOCK-1', 'href="/desk/recalls"')
})

t.test('recalls are listed, and a unit is found by its number', async (t) => {
  const { text } = await support.ask('/desk/recalls')
  has(text, `href="${page}"`, en.running, 'href="/desk/recalls/new"', '25 November 2026')
  const found = (await support.ask('/desk/recalls?number=SN-10')).text
  has(found, `1 × ${ESCAPED} SN-10`, 'SG-34265-3WB02', RECALL_ID.slice(0, 8))
  has((await support.ask('/desk/recalls?number=SN-11')).text, en.noneFound)
  answers['GET /recalls'] = { items: [] }
  has((await support.ask('/desk/recalls')).text, en.noRecalls)
  answers['GET /recalls'] = { items: [recall] }
  t.notOk((await support.ask('/desk/recalls')).text.includes('undefined'))
})

t.test('one says what it is of, whom it reached, and who is to be told by a person', async (t) => {
  const { text } = await support.ask(page)
  has(text, 'L-5', 'SN-1 to SN-100', ESCAPED, 'repair, the money back', 'of these without a number: 2', en.doEnd)
  has(text, en.outcome_unreachable, en['outcome_told-by-person'], `1 × ${ESCAPED} SN-10`)
  t.equal(text.split(`/desk/orders/${ORDER_ID}/recalls/${RECALL_ID}"`).length, 3, 'who was told is not told again')
  await support.ask(`${page}?outcome=unreachable&after=${ORDER_ID}`)
  t.equal(house.asked.at(-1)!.url, `/recalls/${RECALL_ID}/notices?outcome=unreachable&after=${ORDER_ID}`)
  answers[`GET /recalls/${RECALL_ID}`] = aRecall('x', {
    endedAt: '2026-11-26T09:00:00Z',
    why: EVIL,
    lotNumbers: undefined,
    serialNumbers: undefined,
  })
  const ended = (await support.ask(page)).text
  has(ended, ESCAPED, en.scopeAll)
  t.notOk(ended.includes(`${page}/end"`) || ended.includes(en.doTold))
  answers[`GET /recalls/${RECALL_ID}`] = recall
})

t.test('a product is called back once, after a look at whom that concerns', async (t) => {
  const typed = {
    ...{ sku: 'LOCK-1', lots: 'L-5\r\n\r\n L-6 ', serials: 'SN-1..SN-100\nSN-7' },
    ...{ 'hazard-nb': 'Kan brenne', 'hazard-en': 'May burn', 'whatToDo-nb': 'Slå av', 'whatToDo-en': 'Turn it off' },
    ...{ 'remedy-repair': 'yes', 'remedy-refund': 'yes' },
  }
  const foreseen = await check('/desk/recalls/new', typed)
  has(foreseen.text, 'mail: 3', 'units: 7', en.announceMore, 'Art. 35(1)', 'May burn', 'SN-1 to SN-100, SN-7')
  t.strictSame(house.asked.findLast(({ url }) => url === '/recalls/preview')!.body, {
    ...{ sku: 'LOCK-1', lotNumbers: ['L-5', 'L-6'] },
    serialNumbers: [
      { from: 'SN-1', to: 'SN-100' },
      { from: 'SN-7', to: 'SN-7' },
    ],
  })
  t.strictSame(told(), [])
  const { id } = support.fieldsOf(foreseen.text, '/desk/recalls/new')
  answers[`PUT /recalls/${id}`] = recall
  for (const _ of [1, 2])
    t.equal((await doIt('/desk/recalls/new', foreseen.text)).headers.get('location'), `/desk/recalls/${id}`)
  t.equal(told().length, 1)
  t.match(told()[0], {
    url: `/recalls/${id}`,
    body: { hazard: { nb: 'Kan brenne', en: 'May burn' }, remedies: ['repair', 'refund'] },
  })
  answers['POST /recalls/preview'] = problem(400, 'SN-1 is before the number that it begins with.')
  const wrong = await check('/desk/recalls/new', { ...typed, serials: 'SN-9..SN-1' })
  t.match(wrong.text, /role="alert".*begins with/s)
  t.match(wrong.text, />SN-9\.\.SN-1<\/textarea>/)
})

t.test('it is ended once, after a look at who was not told', async (t) => {
  const before = told().length
  const foreseen = await check(`${page}/end`, { why: 'All are back.' })
  has(foreseen.text, 'looks after them any more: 2', 'All are back.', 'Art. 35(1)')
  for (const _ of [1, 2]) t.equal((await doIt(`${page}/end`, foreseen.text)).headers.get('location'), page)
  t.strictSame(told().slice(before), [{ url: `/recalls/${RECALL_ID}/end`, body: { why: 'All are back.' } }])
  answers[`POST /recalls/${RECALL_ID}/end/preview`] = { changes: false, untold: 0, here: 0, reasons: [] }
  has((await check(`${page}/end`, { why: 'x' })).text, en.endOver)
})

t.test('that a customer was told otherwise is written down once, under their order', async (t) => {
  const before = told().length
  const path = `/desk/orders/${ORDER_ID}/recalls/${RECALL_ID}`
  const foreseen = await check(path, { how: 'By telephone.' })
  has(foreseen.text, 'By telephone.', en.toldFollows, 'Art. 35(1)')
  for (const _ of [1, 2]) t.equal((await doIt(path, foreseen.text)).headers.get('location'), `${page}#notices`)
  const url = `/recalls/${RECALL_ID}/notices/${ORDER_ID}/told`
  t.strictSame(told().slice(before), [{ url, body: { how: 'By telephone.' } }])
  answers[`PUT ${url}`] = problem(404, 'The customer of this order is not told of this recall.')
  t.match((await doIt(path, (await check(path, { how: 'x' })).text)).text, /role="alert".*is not told/s)
})

t.test('they are for staff', async (t) => {
  const stranger = createVisitor(house, { 'accept-language': 'en' })
  for (const path of ['/desk/recalls', '/desk/recalls/new', page, `${page}/end`])
    t.equal((await stranger.ask(path)).status, 303, path)
})
