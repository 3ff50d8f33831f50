import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import t from 'tap'
import { en } from '../../customer/words/en.ts'
import { nb } from '../../customer/words/nb.ts'
import { ESCAPED, EVIL } from '../an-order.ts'
import { createVisitor, problem, startTestConsole, type Visitor } from '../console.ts'
import { aFunction, LABELS, RECEIPT_LINK, STATEMENT_ID } from './answers.ts'

const FORM = '/customer/withdraw'
const TYPED = { name: 'Kari Eksempel', orderNumber: 'SG-1', email: 'kari@example.com' }

/** A house whose returns service keeps statements, and somebody at its first page in a language. */
const { answers, statements } = aFunction()
const house = await startTestConsole(t, answers)
const said = (path: string) => house.asked.filter((each) => each.url === path)
const visit = (language: string) => createVisitor(house, { 'accept-language': language })
async function fillIn(visitor: Visitor, typed: Record<string, string>) {
  const fields = visitor.fieldsOf((await visitor.ask(FORM)).text, FORM)
  return { fields, answer: await visitor.send(FORM, { ...fields, ...typed }) }
}

for (const [language, words, other] of [
  ['nb', nb, en],
  ['en', en, nb],
] as const)
  t.test(`in ${language} somebody without an account withdraws in two steps, with the words of the law`, async (t) => {
    statements.clear()
    const visitor = visit(language)
    const first = await visitor.ask(FORM)
    t.equal(first.status, 200)
    t.match(first.text, `<h1 class="ds-heading" data-size="md">${LABELS[language].withdraw}</h1>`)
    for (const label of Object.values(LABELS[language].fields)) t.match(first.text, label)
    t.notMatch(first.text, other.intro)
    t.notMatch(first.text, /href="\/sign-in/, 'nothing of it is for who signs in')

    const { answer } = await fillIn(visitor, TYPED)
    t.equal(answer.status, 303)
    const path = answer.headers.get('location')!
    t.match(path, /^\/customer\/withdraw\/[0-9a-f-]{36}$/)
    t.equal(statements.size, 0, 'the first step says nothing')
    const second = await visitor.ask(path)
    t.match(second.text, `<button class="ds-button" type="submit">${LABELS[language].confirm}</button>`)
    for (const typed of [...Object.values(TYPED), words.everything]) t.match(second.text, typed)

    const done = await visitor.send(path, visitor.fieldsOf(second.text, path))
    t.equal(done.status, 303)
    t.equal(done.headers.get('location'), `/customer/receipts/${STATEMENT_ID}?link=${RECEIPT_LINK}`)
    t.strictSame([...statements.values()], [{ ...TYPED, language }])
    const receipt = await visitor.ask(done.headers.get('location')!)
    for (const told of [words.received, 'SG-1', 'Kari Eksempel', STATEMENT_ID, words.everything])
      t.match(receipt.text, told)
    t.match(receipt.text, /10:00:05 \(Europe\/Oslo\)/)
    t.match(receipt.text, `href="/customer/receipts/${STATEMENT_ID}/pdf?link=${RECEIPT_LINK}"`)
    for (const { text, headers } of [first, second, receipt]) {
      t.equal(headers.get('referrer-policy'), 'no-referrer')
      t.equal(headers.get('cache-control'), 'no-store')
      t.match(headers.get('content-security-policy'), /default-src 'none'/)
      t.notMatch(text, /undefined|\[object| style="/)
    }
  })

t.test('a second press, at the same moment too, and the way back make no second withdrawal', async (t) => {
  statements.clear()
  const visitor = visit('nb')
  const { fields, answer } = await fillIn(visitor, TYPED)
  const path = answer.headers.get('location')!
  t.equal((await visitor.send(FORM, { ...fields, ...TYPED })).headers.get('location'), path, 'one form, one page')
  const form = visitor.fieldsOf((await visitor.ask(path)).text, path)
  const pressed = await Promise.all([visitor.send(path, form), visitor.send(path, form), visitor.send(path, form)])
  t.equal(new Set(pressed.map(({ headers }) => headers.get('location'))).size, 1)
  await visitor.send(path, form)
  t.equal(statements.size, 1)
  const back = await visitor.ask(path)
  t.equal(back.status, 303, 'the way back leads to the receipt')
  t.equal(back.headers.get('location'), pressed[0]!.headers.get('location'))
})

t.test('two windows of one browser do not get in each other’s way', async (t) => {
  statements.clear()
  const visitor = visit('nb')
  const one = (await fillIn(visitor, TYPED)).answer.headers.get('location')!
  const other = (await fillIn(visitor, { ...TYPED, orderNumber: 'SG-2' })).answer.headers.get('location')!
  for (const path of [one, other]) await visitor.send(path, visitor.fieldsOf((await visitor.ask(path)).text, path))
  t.strictSame(
    [...statements.values()].map(({ orderNumber }) => orderNumber),
    ['SG-1', 'SG-2'],
  )
})

t.test('what is wrong is said in words, and what was typed stays', async (t) => {
  const { answer } = await fillIn(visit('nb'), { ...TYPED, name: EVIL, email: 'nobody', part: EVIL })
  t.equal(answer.status, 400)
  t.match(answer.text, nb.wrong_email)
  t.notMatch(answer.text, /must match format/)
  t.match(answer.text, 'value="SG-1"')
  t.notOk(answer.text.includes(EVIL))
  t.equal(answer.text.split(ESCAPED).length, 3, 'in both fields')
})

t.test('what somebody calls themselves is escaped on every page', async (t) => {
  const visitor = visit('en')
  const { answer } = await fillIn(visitor, { ...TYPED, name: EVIL, part: EVIL })
  const path = answer.headers.get('location')!
  const second = await visitor.ask(path)
  const done = await visitor.send(path, visitor.fieldsOf(second.text, path))
  for (const { text } of [second, await visitor.ask(done.headers.get('location')!)]) {
    t.ok(text.includes(ESCAPED))
    t.notOk(text.includes(EVIL))
  }
})

t.test('a form without its token is refused, and a page of another browser is not there', async (t) => {
  statements.clear()
  const visitor = visit('en')
  const path = (await fillIn(visitor, TYPED)).answer.headers.get('location')!
  const stranger = visit('en')
  t.equal((await stranger.send(FORM, TYPED)).status, 403)
  t.equal((await visitor.send(path, {})).status, 403)
  const elsewhere = await stranger.ask(path)
  t.equal(elsewhere.status, 404)
  t.match(elsewhere.text, en.lost)
  t.notMatch(withoutTokens(elsewhere.text), /Kari|SG-1/)
  const mine = stranger.fieldsOf((await stranger.ask(FORM)).text, FORM)
  t.equal((await stranger.send(path, mine)).status, 404)
  t.equal(statements.size, 0)
})

t.test('a draft that is too old is said to be so, and nothing is said by it', async (t) => {
  const visitor = visit('en')
  const path = (await fillIn(visitor, TYPED)).answer.headers.get('location')!
  const form = visitor.fieldsOf((await visitor.ask(path)).text, path)
  const before = answers['POST /withdrawal-function/confirmations']
  answers['POST /withdrawal-function/confirmations'] = problem(404, 'The link is not good any more.')
  const old = await visitor.send(path, form)
  t.equal(old.status, 404)
  t.match(old.text, en.lost)
  answers['POST /withdrawal-function/confirmations'] = before
})

t.test(
  'the returns service is told whose request it is, so that one visitor does not use up what all may ask',
  async (t) => {
    const visitor = createVisitor(house, { 'accept-language': 'nb', 'x-forwarded-for': '203.0.113.9' })
    await fillIn(visitor, TYPED)
    t.equal(said('/withdrawal-function/drafts').at(-1)!.forwardedFor, '127.0.0.1', 'and believes no stranger’s word')
  },
)

t.test('a receipt is shown to whoever has its link, and to nobody else', async (t) => {
  const shown = (link: string) => visit('nb').ask(`/customer/receipts/${STATEMENT_ID}${link}`)
  const { status, text } = await shown(`?link=${RECEIPT_LINK}`)
  t.equal(status, 200)
  t.match(text, nb.receipt)
  for (const link of ['', '?link=', '?link=x', `?link=${RECEIPT_LINK}x`, '?link=a&link=b']) {
    const none = await shown(link)
    t.equal(none.status, 404, link)
    t.match(none.text, nb.noReceipt)
    t.notMatch(withoutTokens(none.text), /SG-1|Kari/)
  }
  const bytes = Buffer.from('%PDF-1.7 …')
  const pdf = `GET /receipts/${STATEMENT_ID}/pdf`
  answers[pdf] = () => bytes
  const file = await visit('nb').ask(`/customer/receipts/${STATEMENT_ID}/pdf?link=${RECEIPT_LINK}`)
  t.equal(file.headers.get('content-type'), 'application/pdf')
  t.equal(file.text, bytes.toString())
  t.equal(file.headers.get('referrer-policy'), 'no-referrer')
  answers[pdf] = problem(404, 'The link is not whole.')
  t.equal((await visit('nb').ask(`/customer/receipts/${STATEMENT_ID}/pdf?link=x`)).status, 404)
})
