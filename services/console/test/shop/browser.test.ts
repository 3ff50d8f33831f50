import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { en } from '../../shop/words/en.ts'
import { nb } from '../../shop/words/nb.ts'
import { accessibilityFaults, NARROW, openPage, reachesByKeyboard, scrollsSideways, startBrowser } from '../browser.ts'
import { startTestConsole } from '../console.ts'
import { aShop, BUTTON, NUMBER } from './answers.ts'

/** Buying as a customer has it: a phone, no JavaScript, no mouse, both languages; each page is in order for those who cannot see it. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const { answers, placed, state } = aShop()
  const settings = { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, SHOP_CLIENT_ID: 'shop' }
  const house = await startTestConsole(t, answers, settings)
  for (const [locale, words, button, colorScheme] of [
    ['nb-NO', nb, BUTTON.nb, 'light'],
    ['en-GB', en, BUTTON.en, 'dark'],
  ] as const)
    t.test(`without JavaScript and on a phone somebody buys (${locale}, ${colorScheme})`, async (t) => {
      placed.clear()
      state.status = 'awaiting-payment'
      const how = { javaScriptEnabled: false, viewport: NARROW, locale, colorScheme }
      const { page, context, complaints } = await openPage(browser, house.url, how)
      const looksRight = async (name: string) => {
        t.strictSame(await accessibilityFaults(page), [], name)
        t.notOk(await scrollsSideways(page), name)
        if (process.env.SCREENSHOTS)
          await page.screenshot({ path: `${process.env.SCREENSHOTS}/shop-${locale}-${name}.png`, fullPage: true })
      }
      await page.goto('/shop')
      await looksRight('catalogue')
      await page.getByRole('button', { name: words.add }).last().click()
      await page.getByRole('heading', { name: words.basket }).waitFor()
      await looksRight('basket')
      await page.getByRole('link', { name: words.toCheckout }).click()
      await looksRight('address')
      await page.getByLabel(words.name, { exact: true }).fill('Kari Eksempel')
      await page.getByLabel(words.email).fill('kari@example.com')
      await page.getByLabel(words.street).fill('Friedrichstraße 1')
      await page.getByLabel(words.postalCode).fill('10117')
      await page.getByLabel(words.city).fill('Berlin')
      await page.getByLabel(words.country).selectOption('DE')
      await page.getByRole('button', { name: words.seeOver }).click()
      await page.getByRole('img', { name: 'europa.eu/youreurope/guarantees' }).waitFor()
      await looksRight('check')
      await page.getByLabel(words.accept).check()
      await page.getByRole('button', { name: button, exact: true }).click()
      await page.getByRole('link', { name: words.goAndPay }).waitFor()
      await looksRight('pay')
      t.equal(placed.size, 1)
      await page.goBack()
      await page.getByRole('link', { name: words.goAndPay }).waitFor()
      t.equal(placed.size, 1, 'the way back leads to paying')
      state.status = 'formed'
      await page.goto(`/shop/orders/${NUMBER}/paid`)
      await looksRight('formed')
      await page.goto('/shop/terms/smartgroup/2026-01-15')
      await looksRight('terms')
      t.strictSame(complaints, [])
      await context.close()
    })

  for (const [locale, words] of [
    ['nb-NO', nb],
    ['en-GB', en],
  ] as const)
    t.test(`the label of a guarantee of durability is readable by all once it is opened (${locale})`, async (t) => {
      for (const [colorScheme, viewport] of [
        ['light', NARROW],
        ['dark', undefined],
      ] as const) {
        const { page, context, complaints } = await openPage(browser, house.url, {
          ...{ locale, colorScheme, ...(viewport && { viewport }) },
        })
        await page.goto('/shop')
        await page.locator('form[action="/shop/country"] select').selectOption('DE')
        await page.locator('form[action="/shop/country"] button').click()
        const label = page.locator('details', { hasText: 'GARAN' }).first()
        await label.locator('summary', { hasText: 'GARAN' }).click()
        await label.locator('summary').last().click()
        await label.getByText(words.garanGoods.replace('{brand}', 'Eksempel').replace('{model}', 'K-2')).waitFor()
        t.strictSame(await accessibilityFaults(page), [], `opened, ${colorScheme}`)
        t.notOk(await scrollsSideways(page), 'opened')
        t.strictSame(complaints, [])
        await context.close()
      }
    })

  t.test('the keyboard alone buys', async (t) => {
    placed.clear()
    state.status = 'awaiting-payment'
    const { page, context } = await openPage(browser, house.url)
    const press = async (name: string, key = 'Enter') => {
      t.ok(await reachesByKeyboard(page, name), name)
      await page.keyboard.press(key)
    }
    const type = async (name: string, text: string) => {
      t.ok(await reachesByKeyboard(page, name), name)
      await page.keyboard.type(text)
    }
    await page.goto('/shop')
    await press(nb.add)
    await page.waitForURL('**/shop/basket')
    await press(nb.toCheckout)
    await page.waitForURL('**/shop/checkout')
    await type(nb.name, 'Kari Eksempel')
    await type(nb.email, 'kari@example.com')
    await type(nb.street, 'Storgata 1')
    await type(nb.postalCode, '0155')
    await type(nb.city, 'Oslo')
    await press(nb.seeOver)
    await page.waitForURL('**/shop/checkout/*')
    await press(nb.accept, 'Space')
    await press(BUTTON.nb)
    await page.waitForURL('**/pay')
    t.ok(await reachesByKeyboard(page, nb.goAndPay))
    t.equal(placed.size, 1)
    await context.close()
  })
}
