import { freePort } from '@vilkar/testing/ports.ts'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { parcels as en } from '../../customer/words/parcels-en.ts'
import { parcels as nb } from '../../customer/words/parcels-nb.ts'
import { previews as previewsEn } from '../../customer/words/previews-en.ts'
import { previews as previewsNb } from '../../customer/words/previews-nb.ts'
import { accessibilityFaults, NARROW, openPage, scrolledSideways, startBrowser } from '../browser.ts'
import { startTestConsole } from '../console.ts'
import { anOrderByLink, LINK, parcelsByLink, REPORTED_ID, SENT_ID } from './by-link.ts'

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
  const known = parcelsByLink({ status: 'lost', trackingNumber: `NO-${'370123456789'.repeat(5)}` })
  const report = {
    ...{ id: REPORTED_ID, shipmentId: SENT_ID, kind: 'lost', lines: [{ lineId: '1', quantity: 2 }], what: 'Nei.' },
    ...{ reportedBy: 'customer', reportedAt: '2026-11-27T09:00:00Z', choices: ['replacement', 'refund'] },
  }

  for (const [locale, say, next] of [
    ['nb-NO', nb, previewsNb],
    ['en-GB', en, previewsEn],
  ] as const)
    t.test(
      `telling of a parcel and choosing of a loss are in order on a phone, without JavaScript (${locale})`,
      async (t) => {
        const options = { viewport: NARROW, locale, javaScriptEnabled: false }
        const { page, context } = await openPage(browser, house.url, options)
        // What axe finds it finds by JavaScript of its own.
        const seen = await openPage(browser, house.url, { viewport: NARROW, locale })
        Object.assign(house.answers, known)
        await page.goto(`/customer/order?link=${LINK}`)
        await seen.page.goto(`/customer/order?link=${LINK}`)
        await inOrder(t as Test, seen.page, 'the order')
        await page.getByRole('link', { name: say.wrong }).click()
        await seen.page.goto(page.url())
        await inOrder(t as Test, seen.page, 'the form')
        await page.locator('[name="what"]').fill('Nei.')
        await page.locator('[name="units-1"]').fill('0')
        await page.locator('form[action*="/parcels/"] button').click()
        await page.getByText(say.noUnits).waitFor()
        house.answers['GET /linked-order/parcels'] = {
          items: [{ id: SENT_ID, status: 'lost', lines: report.lines, news: [], reports: [report] }],
        }
        await page.goto(`/customer/order/damage/${REPORTED_ID}?link=${LINK}`)
        await seen.page.goto(page.url())
        await inOrder(t as Test, seen.page, 'the report')
        for (const each of [page, seen.page]) {
          await each.locator('[name="choice"]').selectOption('refund')
          await each.getByRole('button', { name: next.seeFirst }).click()
          await each.getByRole('button', { name: next.confirmLoss_refund }).waitFor()
        }
        await inOrder(t as Test, seen.page, 'what follows')
        await seen.context.close()
        await context.close()
      },
    )
}
