import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import t, { type Test } from 'tap'
import { damage as words } from '../desk/words/damage-nb.ts'
import { nb as desk } from '../desk/words/nb.ts'
import { nb } from '../pages/words/nb.ts'
import { aDamage, answersOf, REPORT_ID, SHA } from './a-damage.ts'
import { anOrder, answersAbout, EVIL, ORDER_ID } from './an-order.ts'
import { openPage, pressTwice, reachesByKeyboard, signInAs, startBrowser } from './browser.ts'
import { startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'
import { areReadable, WAYS } from './desk-in-order.ts'

const at = `/desk/orders/${ORDER_ID}/damage/${REPORT_ID}`
const report = aDamage({
  what: `${EVIL} ${'x'.repeat(300)}`,
  kind: 'lost',
  photos: [`https://shop.example/${'a'.repeat(200)}`],
})
const pages = ['/desk/work', '/desk/claims', `/desk/orders/${ORDER_ID}`, at, `${at}/claim`, `${at}/choice`]

/** Damage and losses as a browser has them: narrow, dark, by keyboard and without JavaScript. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(
    t,
    {
      ...{ ...answersAbout(anOrder()), ...deskAnswers, ...answersOf(report) },
      [`GET /damage-reports/${REPORT_ID}/photos/${SHA}`]: await phonePicture(),
      [`POST /damage-reports/${REPORT_ID}/choice/preview`]: { choice: 'refund', lines: report.lines },
      [`PUT /damage-reports/${REPORT_ID}/choice`]: report,
      [`PUT /damage-reports/${REPORT_ID}/claim`]: report,
    },
    { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` },
  )
  const told = (door: string) => house.asked.filter(({ method, url }) => method === 'PUT' && url.endsWith(door))

  for (const [language, colorScheme, window] of WAYS)
    t.test(`its pages are in order for everybody, ${colorScheme} (${language})`, async (t) => {
      const { page, context, complaints } = await openPage(browser, house.url, { colorScheme, ...window })
      await signInAs(page, 'support', '/desk/work')
      await areReadable(t as Test, page, language, pages)
      await page.goto(at)
      const shown = 'document.querySelector(".pictures img").decode().then(() => true)'
      t.ok(await page.evaluate(shown), 'the picture is one')
      t.strictSame(complaints, [])
      await context.close()
    })

  t.test('from the list of work to a carrier that was told, by keyboard alone', async (t) => {
    const { page, context } = await openPage(browser, house.url)
    await signInAs(page, 'support', '/desk/work')
    t.ok(await reachesByKeyboard(page, words.kind_lost, 200))
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === at)
    for (const [name, to] of [
      [words.doClaim, `${at}/claim`],
      [nb.seeFirst, `${at}/claim/check`],
      [nb.doIt, at],
    ] as const) {
      t.ok(await reachesByKeyboard(page, name), name)
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.pathname === to)
    }
    t.equal(told('/claim').length, 1)
    await context.close()
  })

  t.test('a choice is written down without JavaScript, once', async (t) => {
    const { page, context } = await openPage(browser, house.url, { javaScriptEnabled: false })
    await signInAs(page, 'support', `/desk/orders/${ORDER_ID}`)
    await page.getByRole('link', { name: words.kind_lost }).click()
    await page.getByRole('link', { name: words.doChoice }).click()
    await page.getByLabel(words.choiceOf).selectOption('refund')
    await page.getByRole('button', { name: nb.seeFirst }).click()
    await page.getByText('2 × Fuktsensor').last().waitFor()
    await pressTwice(page, nb.doIt, at)
    t.match(told('/choice'), [{ body: { choice: 'refund' } }])
    t.equal(told('/choice').length, 1)
    await page.getByRole('link', { name: `${words.toOrder} ${anOrder().number}` }).click()
    await page.getByRole('heading', { name: desk.shipments }).waitFor()
    await context.close()
  })
}
