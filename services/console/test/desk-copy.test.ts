import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { en } from '../desk/words/en.ts'
import { en as house } from '../pages/words/en.ts'
import { anOrder, answersAbout, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { NARROW, openPage, signInAs, startBrowser } from './browser.ts'
import { createVisitor, startTestConsole } from './console.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'
const nb = 'Du kan angre på kjøpet av Fuktsensor. Dette følger av kjøpsvilkårene punkt 8.1; angrerettloven § 20.'
const inEnglish = `You can withdraw from ${EVIL}.`
const aCase = {
  ...{ id: CASE_ID, orderId: ORDER_ID, number: 'SG-1', kind: 'withdrawal', status: 'sent', notes: [], timeline: [] },
  ...{ openedAt: '2026-11-27T09:00:00Z', answer: { nb, en: inEnglish } },
}
const answers = () => ({
  ...answersAbout(anOrder()),
  [`GET /orders/${ORDER_ID}/entitlements/in-words`]: { locale: 'nb', items: [{ lineId: '1', nb, en: inEnglish }] },
  [`GET /returns/${CASE_ID}/case`]: aCase,
})
const browser = await startBrowser(t)
const port = String(await freePort())
const console_ = await startTestConsole(t, answers(), { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` })
const support = createVisitor(console_, { 'accept-language': 'en' })
await support.signIn('support')
/** The fields that can be copied from, in their order: the language that they are in, and their text. */
const fieldsIn = (text: string) =>
  [...text.matchAll(/<textarea class="ds-input" id="([^"]+)" lang="(nb|en)"[^>]* readonly>([^<]*)<\/textarea>/g)].map(
    ([, id, lang, said]) => [id, lang, said],
  )

t.test('what holds for a line can be copied in sentences, the customer’s language first', async (t) => {
  const { text } = await support.ask(`/desk/orders/${ORDER_ID}`)
  t.strictSame(fieldsIn(text), [
    ['answer-1-nb', 'nb', nb],
    ['answer-1-en', 'en', `You can withdraw from ${ESCAPED}.`],
  ])
  t.match(text, `${house.answerIn_nb} (${house.customersLanguage})`)
  const asked = await support.ask(`/desk/orders/${ORDER_ID}?at=2027-01-15`)
  t.equal(fieldsIn(asked.text).length, 2)
  t.ok(
    console_.asked.some(({ url }) => /dossier\?at=2027-01-15/.test(decodeURIComponent(url))),
    'of the same day',
  )
})

t.test('so can the answer of a case, and a case without a ruling says so', async (t) => {
  console_.answers[`GET /orders/${ORDER_ID}`] = anOrder({ locale: 'en' })
  const { text } = await support.ask(`/desk/cases/${CASE_ID}`)
  t.strictSame(
    fieldsIn(text).map(([id]) => id),
    ['answer-text-en', 'answer-text-nb'],
  )
  const { answer: _, ...unruled } = aCase
  console_.answers[`GET /returns/${CASE_ID}/case`] = unruled
  t.match((await support.ask(`/desk/cases/${CASE_ID}`)).text, en.noAnswer)
  Object.assign(console_.answers, answers())
})

if (browser !== undefined) {
  t.test(
    'a button copies it where there is JavaScript; elsewhere there is none, and the text can be selected',
    async (t) => {
      const { page, context, complaints } = await openPage(browser, console_.url, { locale: 'en-GB', viewport: NARROW })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await signInAs(page, 'support')
      await page.goto(`/desk/orders/${ORDER_ID}`)
      await page.getByText(en.toCopy).first().click()
      await page.getByRole('button', { name: `${house.copy} – ${house.answerIn_nb}` }).click()
      await page.getByText(house.copied).waitFor()
      t.equal(await page.evaluate('navigator.clipboard.readText()'), nb)
      t.strictSame(complaints, [])
      await context.close()

      const bare = await openPage(browser, console_.url, { locale: 'en-GB', javaScriptEnabled: false })
      await signInAs(bare.page, 'support')
      await bare.page.goto(`/desk/cases/${CASE_ID}`)
      t.equal(await bare.page.getByRole('button', { name: house.copy }).count(), 0)
      t.equal(await bare.page.getByLabel(house.answerIn_nb).inputValue(), nb)
      await bare.context.close()
    },
  )
}
