import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { en } from '../desk/words/en.ts'
import { nb } from '../desk/words/nb.ts'
import { anOrder, answersAbout, EVIL, ORDER_ID } from './an-order.ts'
import {
  accessibilityFaults,
  NARROW,
  openPage,
  reachesByKeyboard,
  scrollsSideways,
  signInAs,
  startBrowser,
} from './browser.ts'
import { startTestConsole } from './console.ts'

const RETURN_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e704'
const MAIL_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e705'
const COMPLAINT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'

const mail = {
  ...{ id: MAIL_ID, about: ORDER_ID, kind: 'confirmation', at: '2026-11-20T09:31:00Z', to: 'kari@example.com' },
  ...{ subject: EVIL, status: 'accepted', settledAt: '2026-11-20T09:31:02Z', content: 'kept' },
}
const texts = { nb: EVIL, en: EVIL }
const mailsAndGoods = {
  [`GET /orders/${ORDER_ID}/mails`]: { items: [mail] },
  [`GET /mails/${MAIL_ID}`]: {
    ...{ ...mail, text: EVIL, response: EVIL },
    attachments: [{ number: 1, filename: EVIL, contentType: 'application/pdf', bytes: 81_000 }],
  },
  [`GET /orders/${ORDER_ID}/entitlements/in-words`]: { locale: 'nb', items: [{ lineId: '1', ...texts }] },
  [`GET /returns/${RETURN_ID}`]: {
    ...{ id: RETURN_ID, orderId: ORDER_ID, status: 'sent', currency: 'NOK', refundEstimate: 129_900, reasons: [] },
    lines: [
      { lineId: '1', quantity: 2, amount: 129_900 },
      { lineId: '2', quantity: 12, amount: 1 },
    ],
    inspection: {
      ...{ inspectedAt: '2026-12-01T09:00:00Z', missing: [{ lineId: '2', quantity: 12 }], plain: false },
      units: [{ lineId: '1', quantity: 2, wear: 'used', seal: 'broken', complete: false, fitForSale: false }],
    },
    assessment: { assessedAt: '2026-12-01T09:00:00Z', deductions: [] },
  },
  [`GET /returns/${RETURN_ID}/case`]: {
    ...{ id: RETURN_ID, orderId: ORDER_ID, number: 'SG-1', kind: 'withdrawal', status: 'sent', answer: texts },
    ...{ openedAt: '2026-11-27T09:00:00Z', notes: [], timeline: [] },
  },
}

/** The house as a browser has it: signing in, both languages, a narrow window, no JavaScript, no mouse. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const order = anOrder({ customer: { kind: 'consumer', name: EVIL, email: 'kari@example.com' } })
  const port = String(await freePort())
  const house = await startTestConsole(
    t,
    {
      ...{ ...answersAbout(order), 'GET /orders': { items: [order] }, 'GET /alarms': { items: [] } },
      ...mailsAndGoods,
      [`GET /complaints/${COMPLAINT_ID}`]: {
        ...{ id: COMPLAINT_ID, orderId: ORDER_ID, lines: [{ lineId: '1', quantity: 1 }], defect: EVIL, failedCures: 1 },
      },
    },
    { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` },
  )
  const action = `/desk/orders/${ORDER_ID}/do/withdrawal`
  const decisions = ['cancel-order', 'address', 'override', 'goodwill', 'offer-price'].map(
    (name) => `/desk/orders/${ORDER_ID}/do/${name}`,
  )
  const pages = [
    ...decisions,
    '/desk',
    `/desk/orders/${ORDER_ID}?at=2027-01-15`,
    action,
    `/desk/cases/${COMPLAINT_ID}/do/assessment`,
    `/desk/cases/${RETURN_ID}`,
    `/desk/cases/${RETURN_ID}/do/inspection`,
    `/desk/cases/${RETURN_ID}/do/deduction`,
    `/desk/cases/${RETURN_ID}/do/collection`,
    `/desk/orders/${ORDER_ID}/mails/orders/${MAIL_ID}`,
    '/desk/work',
    '/desk/nowhere',
    '/signed-out',
  ]

  t.test(
    'a day is dragged to with the keys of an arrow, and what holds then takes the place of what held today',
    async (t) => {
      const { page, context } = await openPage(browser, house.url, { locale: 'nb-NO' })
      await signInAs(page, 'support', `/desk/orders/${ORDER_ID}`)
      const knob = page.getByRole('slider')
      const before = Number(await knob.inputValue())
      await knob.focus()
      await page.keyboard.press('ArrowRight')
      await page.getByRole('heading', { name: nb.rightsOn }).waitFor()
      t.equal(Number(await page.getByRole('slider').inputValue()), before + 1)
      t.equal(new URL(page.url()).search, '', 'on the same page')
      await page.keyboard.press('ArrowRight')
      await page.waitForFunction(`document.querySelector('#days')?.value === '${before + 2}'`)
      await context.close()
    },
  )

  t.test(
    'whoever signs in sees orders, in Norwegian and in English, light and dark, and nothing is complained of',
    async (t) => {
      const { page, context, complaints } = await openPage(browser, house.url)
      await signInAs(page, 'support')
      for (const [language, words, colorScheme] of [
        ['Norsk', nb, 'light'],
        ['English', en, 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        const link = page.getByRole('link', { name: language })
        if (await link.count()) await link.click()
        for (const path of pages) {
          await page.goto(path)
          t.strictSame(await accessibilityFaults(page), [], `${path} in ${language}`)
        }
        await page.goto('/desk')
        await page.getByLabel(words.searchLabel).fill(order.number)
        await page.getByRole('button', { name: words.find }).click()
        await page.getByRole('link', { name: order.number }).click()
        await page.getByText(EVIL).first().waitFor()
      }
      // The page that is not there is answered with 404, which Chromium says aloud.
      t.strictSame(
        complaints.filter((text) => !text.includes('404')),
        [],
      )
      await context.close()
    },
  )

  t.test('a window of 375 pixels shows all of it without scrolling sideways', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    await signInAs(page, 'support')
    for (const path of pages) {
      await page.goto(path)
      t.notOk(await scrollsSideways(page), path)
    }
    await context.close()
  })

  t.test('all of it works without JavaScript', async (t) => {
    const { page, context } = await openPage(browser, house.url, { javaScriptEnabled: false })
    await signInAs(page, 'support')
    await page.getByLabel(nb.searchLabel).fill('kari@example.com')
    await page.getByRole('button', { name: nb.find }).click()
    await page.getByRole('link', { name: order.number }).click()
    await page.waitForURL((url) => url.pathname === `/desk/orders/${ORDER_ID}`)
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.waitForURL((url) => url.pathname === '/signed-out')
    await page.goto('/desk')
    t.not(new URL(page.url()).port, port, 'signed out: the issuer asks who one is')
    await context.close()
  })

  t.test('the keyboard reaches what there is to do', async (t) => {
    const { page, context } = await openPage(browser, house.url)
    await signInAs(page, 'support')
    await page.goto('/desk')
    for (const name of ['Hopp til innholdet', nb.searchLabel, nb.find, order.number]) {
      t.ok(await reachesByKeyboard(page, name), name)
    }
    await context.close()
  })
}
