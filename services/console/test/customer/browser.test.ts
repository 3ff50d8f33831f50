import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { en } from '../../customer/words/en.ts'
import { nb } from '../../customer/words/nb.ts'
import { accessibilityFaults, NARROW, openPage, scrollsSideways, startBrowser } from '../browser.ts'
import { startTestConsole } from '../console.ts'
import { aFunction, LABELS } from './answers.ts'

/** The withdrawal as a customer has it: a phone, no JavaScript, both languages; each page is in order for those who cannot see it. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const { answers, statements } = aFunction()
  const house = await startTestConsole(t, answers, { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` })
  for (const [locale, labels, words] of [
    ['nb-NO', LABELS.nb, nb],
    ['en-GB', LABELS.en, en],
  ] as const)
    t.test(`without JavaScript and on a phone somebody withdraws (${locale})`, async (t) => {
      statements.clear()
      const how = { javaScriptEnabled: false, viewport: NARROW, locale }
      const { page, context, complaints } = await openPage(browser, house.url, how)
      const looksRight = async (name: string) => {
        t.strictSame(await accessibilityFaults(page), [], name)
        t.notOk(await scrollsSideways(page), name)
        if (process.env.SCREENSHOTS) {
          const path = `${process.env.SCREENSHOTS}/${locale}-${name}.png`
          await page.screenshot({ path, fullPage: true })
        }
      }
      await page.goto('/customer/withdraw')
      await looksRight('first')
      await page.getByLabel(labels.fields.name).fill('Kari Eksempel')
      await page.getByLabel(labels.fields.orderNumber).fill('SG-34265-3WB02')
      await page.getByLabel(labels.fields.email).fill('kari@example.com')
      await page.getByRole('button', { name: words.next }).click()
      await looksRight('second')
      const confirming = page.url()
      await page.getByRole('button', { name: labels.confirm, exact: true }).click()
      await page.getByRole('heading', { name: words.received }).waitFor()
      await looksRight('receipt')
      const receipt = page.url()
      t.equal(statements.size, 1)
      await page.goBack()
      t.equal(page.url(), receipt, `the way back from ${confirming} leads to the receipt`)
      await page.goto('/customer/withdraw/019f2146-0000-7a11-8a01-2d1c6f8b7a20')
      await looksRight('lost')
      t.equal(statements.size, 1)
      t.strictSame(
        complaints.filter((text) => !text.includes('404')),
        [],
      )
      await context.close()
    })
}
