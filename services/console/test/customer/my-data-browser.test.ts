import { freePort } from '@vilkar/testing/ports.ts'
import type { Page } from 'playwright-core'
import t from 'tap'
import { en } from '../../customer/my-data/words/en.ts'
import { nb } from '../../customer/my-data/words/nb.ts'
import { en as customerEn } from '../../customer/words/en.ts'
import { nb as customerNb } from '../../customer/words/nb.ts'
import {
  accessibilityFaults,
  NARROW,
  openPage,
  reachesByKeyboard,
  scrollsSideways,
  startBrowser,
  WIDE,
} from '../browser.ts'
import { startTestConsole } from '../console.ts'
import { anOrderByLink, LINK } from './by-link.ts'
import { ADDRESS, aPersonsData, consented, EXPORT_ID } from './data-answers.ts'

const by = (path = '') => `/customer/order/data${path}?link=${LINK}`

/** Keeps a picture of a page where somebody wants to look at them. */
async function keep(page: Page, name: string) {
  const { SCREENSHOTS } = process.env
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name.replaceAll(/\W+/g, '-')}.png`, fullPage: true })
}

// Before any test: one that is queued and done before the browser is there would end the file.
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const data = aPersonsData()
  data.log.push(consented)
  const house = await startTestConsole(
    t,
    { ...anOrderByLink().answers, ...data.answers },
    {
      ...{ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, PRIVACY_URL: '', MY_DATA_CLIENT_ID: 'pages' },
    },
  )

  for (const [locale, colorScheme, words, order] of [
    ['nb-NO', 'light', nb, customerNb],
    ['en-GB', 'dark', en, customerEn],
  ] as const)
    t.test(`somebody comes from their order, sees their data and asks to have them erased (${locale})`, async (t) => {
      const { page, context, complaints } = await openPage(browser, house.url, { locale, colorScheme })
      const looksRight = async (name: string) => {
        t.strictSame(await accessibilityFaults(page), [], name)
        await keep(page, `${name} ${locale} wide`)
        await page.setViewportSize(NARROW)
        t.notOk(await scrollsSideways(page), name)
        await keep(page, `${name} ${locale} narrow`)
        await page.setViewportSize(WIDE)
      }
      await page.goto(`/customer/order?link=${LINK}`)
      await page.getByRole('link', { name: order.myData }).click()
      await page.getByLabel(words.address).fill('ola@example.com')
      await page.getByRole('button', { name: words.goOn }).click()
      await page.getByText(words.wrongAddress).waitFor()
      await looksRight('gate')
      await page.getByLabel(words.address).fill(ADDRESS)
      await page.getByRole('button', { name: words.goOn }).click()
      await page.getByRole('heading', { name: words.held, exact: true }).waitFor()
      await looksRight('data')
      await page.getByRole('link', { name: words.ask_erase }).click()
      data.takeRequest(house.answers, await page.locator('form[action*="/data/ask/"] input[name=id]').inputValue())
      await looksRight('erase')
      await page.getByRole('button', { name: words.do_erase }).dblclick()
      await page.getByText(words.sent).waitFor()
      await looksRight('request')
      t.equal(data.requests.length, 1, 'pressed twice it is one request')
      data.collect(house.answers)
      await page.goto(by())
      await page.getByText(words.export_ready).waitFor()
      await looksRight('data with a file')
      await page.goto(by(`/requests/${EXPORT_ID}`))
      await page.getByRole('button', { name: words.exportAgain }).click()
      await page.getByText(words.exportMailed).waitFor()
      await looksRight('file')
      data.requests.splice(0)
      t.strictSame(
        complaints.filter((text) => !text.includes('400')),
        [],
      )
      await context.close()
    })

  t.test('the newsletter is left without JavaScript and by the keyboard', async (t) => {
    const { page, context } = await openPage(browser, house.url, { javaScriptEnabled: false, viewport: NARROW })
    await page.goto(by())
    await page.getByLabel(nb.address).fill(ADDRESS)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: nb.stop_newsletter }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(nb.noted).waitFor()
    await page.getByRole('button', { name: nb.start_newsletter }).waitFor()
    await context.close()
    const opened = await openPage(browser, house.url)
    await opened.page.goto(by())
    for (const name of ['Hopp til innholdet', nb.address, nb.goOn])
      t.ok(await reachesByKeyboard(opened.page, name), name)
    await opened.context.close()
  })
}
