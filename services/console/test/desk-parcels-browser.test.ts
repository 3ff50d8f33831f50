import { freePort } from '@vilkar/testing/ports.ts'
import t, { type Test } from 'tap'
import { damage } from '../desk/words/damage-nb.ts'
import { parcels as words } from '../desk/words/parcels-nb.ts'
import { nb } from '../pages/words/nb.ts'
import { aDamage, answersOf, REPORT_ID } from './a-damage.ts'
import { aFailedDelivery, answersOfFailed } from './a-failed-delivery.ts'
import { SHIPMENT_ID } from './a-shipment.ts'
import { anOrder, answersAbout, EVIL, ORDER_ID } from './an-order.ts'
import { openPage, pressTwice, reachesByKeyboard, signInAs, startBrowser } from './browser.ts'
import { startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'
import { areInOrder } from './desk-in-order.ts'

const LONG = `Trådløs fuktsensor med varslingssentral og reservebatteri ${EVIL}`
const order = `/desk/orders/${ORDER_ID}`
const at = `${order}/shipments/${SHIPMENT_ID}`
const ofReport = `${order}/damage/${REPORT_ID}`
const claimed = aDamage({
  ...{ kind: 'lost', claimedAt: '2026-11-27T09:00:00Z', answerDueOn: '2026-12-27', choice: 'replacement' },
  ended: { outcome: 'arrived', at: '2026-11-28T09:00:00Z' },
})
const shipment = aFailedDelivery(LONG, { doubts: [{ failure: 'returned', occurredAt: '2026-11-28T08:00:00Z' }] })
const forms = [
  ...['send-again', 'close', 'correction', 'part', 'damage'].map((way) => `${at}/${way}`),
  ...[`${ofReport}/answer`, `${ofReport}/arrival`],
]
const pages = ['/desk/work', '/desk/failed', '/desk/claims/told', order, ofReport, ...forms]
/** What is written into a form before what would follow of it is looked at. */
const typed: Record<string, string> = { kind: 'lost', answer: 'accepted', takenBy: 'neighbour' }

/** Parcels that do not arrive as a browser has them: narrow, dark, by keyboard and without JavaScript. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(
    t,
    {
      ...{ ...answersAbout(anOrder()), ...deskAnswers, ...answersOf(claimed), ...answersOfFailed(shipment) },
      [`POST /damage-reports/${REPORT_ID}/claim/answer/preview`]: {
        ...{ changes: true, answer: 'accepted', amount: 49_900, currency: 'NOK', answerDueOn: '2026-12-27' },
        reasons: claimed.claimReasons,
      },
    },
    { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` },
  )
  const told = (door: string) => house.asked.filter(({ method, url }) => method === 'PUT' && url.endsWith(door))

  areInOrder(t as Test, { browser, url: house.url, pages, forms, long: LONG, chosen: typed })

  t.test('from the list of work to goods that are sent again, by keyboard alone', async (t) => {
    const { page, context } = await openPage(browser, house.url)
    await signInAs(page, 'support', '/desk/work')
    t.ok(await reachesByKeyboard(page, words.doSend, 200))
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === `${at}/send-again`)
    for (const [name, to] of [
      [nb.seeFirst, `${at}/send-again/check`],
      [nb.doIt, order],
    ] as const) {
      t.ok(await reachesByKeyboard(page, name), name)
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.pathname === to)
    }
    t.equal(told('/sending').length, 1)
    await context.close()
  })

  t.test('pressed twice it is done once, without JavaScript too', async (t) => {
    const { page, context } = await openPage(browser, house.url, { javaScriptEnabled: false })
    await signInAs(page, 'support', order)
    await page.getByRole('link', { name: words.doClose }).click()
    await page.getByLabel(words.closeWhy).fill('Kari henter den i butikken.')
    await page.getByRole('button', { name: nb.seeFirst }).click()
    await page.getByText('Kari henter den i butikken.').waitFor()
    await pressTwice(page, nb.doIt, order)
    t.match(told('/closing'), [{ body: { why: 'Kari henter den i butikken.' } }])
    t.equal(told('/closing').length, 1)
    await page.goto('/desk/claims/told')
    await page.getByRole('link', { name: damage.kind_lost }).first().click()
    await page.getByRole('link', { name: damage.doAnswer }).click()
    await page.getByRole('button', { name: nb.seeFirst }).waitFor()
    await context.close()
  })
}
