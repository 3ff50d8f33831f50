import { freePort } from '@vilkar/testing/ports.ts'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { en } from '../../customer/words/en.ts'
import { nb } from '../../customer/words/nb.ts'
import { cites, granted } from '../an-order.ts'
import { accessibilityFaults, NARROW, openPage, scrolledSideways, startBrowser } from '../browser.ts'
import { problem, startTestConsole } from '../console.ts'
import { anOrderByLink, CASE_ID, LINK } from './by-link.ts'

const CASE_PATH = `/customer/order/cases/${CASE_ID}?link=${LINK}`
const at = '2026-11-27T09:00:00Z'
const LONG = 'Fuktsensor med overvannsvarsling, ekstra lang ledning og monteringsbeslag i rustfritt stål (sett)'
const label = {
  ...{ id: CASE_ID, status: 'issued', requestedAt: at, carrier: 'bring', code: '4711 0815 '.repeat(6) },
  ...{ trackingNumber: `NO-${'370123456789'.repeat(5)}`, validUntil: '2026-12-24T11:00:00Z' },
  url: 'https://returns.example/return-labels?link=x',
}
const proof = { shownAt: at, paysFrom: '2026-12-03T09:00:00Z', carrier: 'Posten', trackingNumber: 'K-'.repeat(40) }
const offer = {
  ...{ offerId: '01a21b28-5d68-7ee0-97e6-be9cecd5e6ff', currency: 'NOK', until: '2026-12-24T11:00:00Z' },
  lines: [{ name: { nb: LONG, en: LONG }, quantity: 2, unitPrice: 8_000, cataloguePrice: 10_000 }],
  ...{ label: { nb: 'inkl. mva.', en: 'incl. VAT' }, status: 'open', reasons: granted.reasons },
}
const aCase = (withdrawal: object = {}, more: object = {}) => ({
  ...{ id: CASE_ID, kind: 'withdrawal', status: 'declared', openedAt: at, currency: 'NOK', ...more },
  withdrawal: {
    ...{ id: CASE_ID, lines: [{ lineId: '1', quantity: 1 }], sendBackBy: '2026-12-14', refundEstimate: 129_900 },
    ...{ reasons: granted.reasons, ...withdrawal },
  },
})
const seen = {
  'with a label to print': aCase({}, { label }),
  'with a label that is on its way': aCase({}, { label: { ...label, status: 'requested', url: undefined } }),
  'with proof that is believed': aCase({ proof }),
  'with proof that is not': aCase({ proofRejected: true }),
  'with goods that came back': aCase({ receivedAt: at }),
}

/** A page in order: nothing that axe finds, and nothing to scroll sideways at 375 pixels. */
async function inOrder(t: Test, page: Page, name: string) {
  t.strictSame(await accessibilityFaults(page), [], name)
  t.strictSame(await scrolledSideways(page), [], name)
}

const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const { answers } = anOrderByLink()
  const house = await startTestConsole(t, answers, { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` })

  for (const [locale, say] of [
    ['nb-NO', nb],
    ['en-GB', en],
  ] as const) {
    t.test(`the page of what goes back is in order on a phone, however far it is (${locale})`, async (t) => {
      const { page, context } = await openPage(browser, house.url, { viewport: NARROW, locale })
      for (const [name, found] of Object.entries(seen)) {
        house.answers[`GET /linked-order/cases/${CASE_ID}`] = found
        await page.goto(CASE_PATH)
        await inOrder(t as Test, page, name)
      }
      await context.close()
    })

    t.test(`saying that goods are sent, and a refusal of it, are in order on a phone (${locale})`, async (t) => {
      const { page, context } = await openPage(browser, house.url, { viewport: NARROW, locale })
      house.answers[`GET /linked-order/cases/${CASE_ID}`] = aCase()
      const refused = problem(409, 'That moment is still to come.', { reasons: [{ code: 'x', cites }] })
      house.answers[`PUT /linked-order/cases/${CASE_ID}/proof-of-sending`] = refused
      await page.goto(CASE_PATH)
      await page.getByText(say.proofIntro).waitFor()
      await page.locator('[name="carrier"]').fill('Posten')
      await page.locator('[name="trackingNumber"]').fill('KVIT-1')
      await page.locator('[name="sentAt"]').fill('2026-11-27T10:00')
      await inOrder(t as Test, page, 'the form')
      await page.locator('form[action*="/proof"] button').click()
      await page.getByRole('alert').waitFor()
      t.equal(await page.locator('[name="trackingNumber"]').inputValue(), 'KVIT-1')
      await inOrder(t as Test, page, 'the refusal')
      await context.close()
    })

    t.test(`the offers on the page of an order are in order on a phone (${locale})`, async (t) => {
      const { page, context } = await openPage(browser, house.url, { viewport: NARROW, locale })
      house.answers['GET /linked-order/price-offers'] = { items: [offer] }
      await page.goto(`/customer/order?link=${LINK}`)
      await page.getByRole('heading', { name: say.offers }).waitFor()
      await inOrder(t as Test, page, 'offers')
      await context.close()
    })
  }
}
