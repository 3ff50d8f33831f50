import { freePort } from '@vilkar/testing/ports.ts'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { en } from '../pages/words/en.ts'
import { nb } from '../pages/words/nb.ts'
import { anOrder, answersAbout, cites, granted, ORDER_ID } from './an-order.ts'
import { accessibilityFaults, NARROW, openPage, scrolledSideways, signInAs, startBrowser } from './browser.ts'
import { problem, startTestConsole } from './console.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e704'
const LONG = 'Trådløs fuktsensor med varslingssentral og reservebatteri for kjeller, krypkjeller og uoppvarmede rom'
const at = '2026-11-27T09:00:00Z'
const order = anOrder()
for (const line of order.lines) line.name = LONG
const returned = {
  ...{ id: CASE_ID, orderId: ORDER_ID, status: 'requested', requestedAt: at, declaredAt: at, reasons: granted.reasons },
  lines: [
    { lineId: '1', quantity: 2, amount: 129_900 },
    { lineId: '2', quantity: 1, amount: 49_900 },
  ],
  ...{ sendBackBy: '2026-12-11', returnCostBearer: 'customer', refundEstimate: 179_800, currency: 'NOK' },
}
const refund = { amount: 64_950, dueOn: '2026-12-15', decidedAt: at, reasons: granted.reasons }
const unused = [{ code: 'used', cites: [{ clause: '9.2', text: 'The goods are to be unused.' }] }]
const checked = {
  ...{ ...returned, status: 'refund-decided', refund },
  check: {
    ...{ checkedAt: at, units: [], accepted: [{ lineId: '1', quantity: 1 }] },
    ...{ refused: [{ lineId: '1', quantity: 1, reasons: unused }], missing: [{ lineId: '2', quantity: 1 }] },
  },
}
const lines = [{ sku: 'SKU-1', quantity: 2, unitPrice: 50_000, cataloguePrice: 64_950 }]
const offered = {
  ...{ lines, currency: 'NOK', until: '2026-12-24T11:00:00Z', reasons: granted.reasons },
  ...{ given: 29_900, givenBefore: 10_000, anybody: 50_000, approvers: 2_000_000 },
}
const alarm = {
  ...{ id: CASE_ID, kind: 'mails-unsent', orderId: ORDER_ID, about: 'mails', raisedAt: at },
  detail: { waiting: 3, error: `550 ${'a1b2'.repeat(30)}` },
}
const payout = {
  ...{ id: CASE_ID, kind: 'goodwill', status: 'proposed', amount: 50_000, needs: 'second-person' },
  ...{ proposedBy: 'manager', why: LONG, reasons: granted.reasons },
}
const event = { eventId: CASE_ID, type: 'ContractFormed', version: 2, failed: true }
const revival = {
  failed: 2,
  items: [
    {
      ...{ producer: 'orders', aggregateId: ORDER_ID, orderId: ORDER_ID, rehearsed: true, reasons: granted.reasons },
      events: [
        { ...event, outcome: 'applied' },
        { ...event, outcome: 'fails', error: LONG },
      ],
      tells: ['ShipmentRequested', 'ShipmentDispatched'],
      mails: [{ kind: 'sent', aboutId: ORDER_ID, to: `${'kari'.repeat(15)}@example.com` }],
    },
  ],
}
const unsent = {
  ...{ mailId: CASE_ID, aboutId: ORDER_ID, kind: 'confirmation', createdAt: at, tries: 7, error: LONG },
  ...{ to: `${'kari'.repeat(15)}@example.com`, subject: LONG, written: true, reasons: granted.reasons },
}
const refused = problem(409, 'Somebody else did it.', { reasons: [{ code: 'x', cites }] })
/** What is told under an id that the form has is refused too: of an offer these services know nothing. */
const answers = {
  ...answersAbout(order),
  ...{ [`GET /voluntary-returns/${CASE_ID}`]: returned, [`GET /returns/${CASE_ID}`]: returned },
  [`POST /voluntary-returns/${CASE_ID}/check/preview`]: checked,
  [`PUT /voluntary-returns/${CASE_ID}/check`]: refused,
  [`POST /orders/${ORDER_ID}/price-offers/preview`]: offered,
  [`GET /orders/${ORDER_ID}/price-offers`]: {
    items: [{ ...offered, orderId: ORDER_ID, id: CASE_ID, status: 'open', reason: LONG, offeredBy: 'support' }],
  },
  [`GET /orders/${ORDER_ID}/payouts`]: { items: [payout] },
  [`PUT /proposed-payouts/${CASE_ID}/verdict`]: refused,
  'POST /dead-letters/revival/preview': revival,
  'POST /dead-letters/revival': refused,
  'POST /mails/unsent/retry/preview': { count: 21, items: [unsent] },
  'POST /mails/unsent/retry': refused,
  ...{ 'GET /alarms': { items: [alarm] }, [`PUT /alarms/${CASE_ID}/resolution`]: refused },
}

/** A page in order: nothing that axe finds, and nothing to scroll sideways at 375 pixels. */
async function inOrder(t: Test, page: Page, name: string) {
  t.strictSame(await accessibilityFaults(page), [], name)
  t.strictSame(await scrolledSideways(page), [], name)
}

/** What staff does, by where, with what is chosen and written in its form. */
const deeds: Record<string, { chosen?: Record<string, string>; written: Record<string, string> }> = {
  [`/desk/cases/${CASE_ID}/do/condition`]: {
    chosen: { 'unused-1-1': 'yes', 'unused-1-2': 'no', 'unused-2-1': 'absent' },
    written: { note: LONG },
  },
  [`/desk/orders/${ORDER_ID}/do/offer-price`]: {
    written: { 'sku-1': 'SKU-1', 'units-1': '2', 'price-1': '500.00', until: '2026-12-24T12:00', reason: LONG },
  },
  [`/desk/work/alarms/orders/mails-unsent/${CASE_ID}`]: { written: { done: LONG } },
  [`/desk/orders/${ORDER_ID}/approvals/payout/${CASE_ID}`]: { chosen: { verdict: 'approved' }, written: {} },
  '/desk/work/failed-events/orders/all': { written: {} },
  '/desk/work/unsent-mails/returns/all': { written: {} },
}

const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(t, answers, { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` })

  for (const [locale, say] of [
    ['nb-NO', nb],
    ['en-GB', en],
  ] as const)
    for (const [path, { chosen = {}, written }] of Object.entries(deeds))
      t.test(`on a phone its form, what would follow and a refusal are in order (${path}, ${locale})`, async (t) => {
        const { page, context } = await openPage(browser, house.url, { viewport: NARROW, locale })
        await signInAs(page, 'support', path)
        await inOrder(t as Test, page, 'the form')
        for (const [name, value] of Object.entries(chosen)) await page.locator(`[name="${name}"]`).selectOption(value)
        for (const [name, value] of Object.entries(written)) await page.locator(`[name="${name}"]`).fill(value)
        await page.getByRole('button', { name: say.seeFirst }).click()
        await page.getByRole('heading', { name: say.follows }).waitFor()
        await inOrder(t as Test, page, 'what follows')
        await page.getByRole('button', { name: say.doIt, exact: true }).click()
        await page.getByRole('alert').waitFor()
        await inOrder(t as Test, page, 'the refusal')
        if (Object.keys(written).length > 0) t.ok(await page.getByText(LONG).count(), 'what was written is still there')
        await context.close()
      })

  t.test('on a phone an order says in order what was offered for it', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    await signInAs(page, 'support', `/desk/orders/${ORDER_ID}`)
    await page.getByText(LONG).first().waitFor()
    t.ok((await page.content()).includes('SKU-1'))
    await inOrder(t as Test, page, 'the order')
    await context.close()
  })
}
