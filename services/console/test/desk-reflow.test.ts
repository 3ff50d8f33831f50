import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { accessibilityFaults, NARROW, openPage, scrolledSideways, signInAs, startBrowser } from './browser.ts'
import { startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'
const LONG = 'Trådløs fuktsensor med varslingssentral og reservebatteri for kjeller, krypkjeller og uoppvarmede rom'
const EMAIL = 'kari.elisabeth.nordmann-stavseth.johannessen@avdeling-for-innkjop.kommune.example.com'
const at = '2026-11-27T09:00:00Z'

const order = anOrder({
  customer: { kind: 'consumer', name: 'Kari Elisabeth Nordmann-Stavseth Johannessen', email: EMAIL },
})
for (const line of order.lines) line.name = LONG
const aCase = {
  ...{
    id: CASE_ID,
    orderId: ORDER_ID,
    number: order.number,
    kind: 'withdrawal',
    status: 'refund-decided',
    owed: 1_299_900,
  },
  ...{ currency: 'NOK', awaits: 'payment', awaitsSince: at, dueOn: '2026-11-15', openedAt: at, assignee: EMAIL },
  ...{ tags: ['gjentatt-forsinkelse-i-levering'], orderTags: ['storkunde', 'presse', 'vip'] },
}
const mail = {
  ...{ id: CASE_ID, about: ORDER_ID, kind: 'confirmation', at, to: EMAIL, subject: `Ordrebekreftelse: ${LONG}` },
  ...{
    status: 'accepted',
    settledAt: at,
    content: 'kept',
    text: LONG,
    attachments: [],
    response: `250 2.0.0 ${'a1b2'.repeat(30)}`,
  },
}
const answers = {
  ...{ ...answersAbout(order), ...deskAnswers, 'GET /orders': { items: [order] }, 'GET /returns': { items: [aCase] } },
  ...{ 'GET /tags': { items: [{ word: 'gjentatt-forsinkelse-i-levering', orders: 1, cases: 2 }] } },
  [`GET /orders/${ORDER_ID}/tags`]: { items: [{ word: 'storkunde', taggedAt: at, taggedBy: EMAIL }] },
  [`GET /orders/${ORDER_ID}/mails`]: { items: [mail] },
  [`GET /mails/${CASE_ID}`]: mail,
  [`GET /returns/${CASE_ID}/case`]: {
    ...aCase,
    notes: [{ id: CASE_ID, notedAt: at, by: EMAIL, text: LONG }],
    timeline: [],
  },
}
const pages = [
  ...['/desk', `/desk?q=${order.number}`, '/desk?tag=storkunde', '/desk/work', '/desk/cases?kind=withdrawal'],
  ...[`/desk/orders/${ORDER_ID}`, `/desk/orders/${ORDER_ID}/mails/orders/${CASE_ID}`, `/desk/cases/${CASE_ID}`],
  ...['/desk/figures', '/desk/looks', `/desk/orders/${ORDER_ID}/do/withdrawal`],
]

const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(t, answers, { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` })

  t.test('at 375 pixels every page of the desk is read without scrolling sideways, its tables too', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    await signInAs(page, 'manager')
    let tables = 0
    for (const path of pages) {
      await page.goto(path)
      t.strictSame(await scrolledSideways(page), [], path)
      t.strictSame(await accessibilityFaults(page), [], path)
      tables += (await page.evaluate('document.querySelectorAll("main table").length')) as number
    }
    t.ok(tables >= 10, `${tables} tables were looked at`)
    await context.close()
  })

  t.test('a cell of a narrow table says what it is, and a table stays one for those who hear it', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    await signInAs(page, 'manager')
    const labelOf = `getComputedStyle(document.querySelector('td:nth-child(2)'), '::before').content`
    t.match(await page.evaluate(labelOf), /[a-zæøå]/i)
    t.ok((await page.getByRole('row').count()) > 1)
    t.ok((await page.getByRole('columnheader').count()) > 1)
    await page.setViewportSize({ width: 1280, height: 900 })
    t.equal(await page.evaluate(labelOf), 'none')
    await context.close()
  })
}
