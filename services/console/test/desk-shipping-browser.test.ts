import { freePort } from '@vilkar/testing/ports.ts'
import t, { type Test } from 'tap'
import { recalls as recallWords } from '../desk/words/recalls-nb.ts'
import { nb } from '../pages/words/nb.ts'
import { aFailedDelivery, answersOfFailed } from './a-failed-delivery.ts'
import { answersOfRecall, answersOfShipping, aRecall, HINDRANCE_ID, hindranceReasons, RECALL_ID } from './a-recall.ts'
import { SHIPMENT_ID } from './a-shipment.ts'
import { anOrder, answersAbout, EVIL, ORDER_ID } from './an-order.ts'
import { openPage, pressTwice, reachesByKeyboard, signInAs, startBrowser } from './browser.ts'
import { startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'
import { areInOrder } from './desk-in-order.ts'

const LONG = `Trådløs fuktsensor med varslingssentral og reservebatteri ${EVIL}`
const PART_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5ea03'
const order = `/desk/orders/${ORDER_ID}`
const recall = `/desk/recalls/${RECALL_ID}`
const shipment = aFailedDelivery(LONG, {
  ...{ status: 'packed', failed: undefined, dispatched: undefined },
  parts: [{ partId: PART_ID, lines: [{ lineId: '1', quantity: 1 }] }],
})
const hindered = anOrder({
  status: 'formed' as never,
  hindrances: [
    { hindranceId: HINDRANCE_ID, event: 'strike', what: LONG, exempt: true, hinderedAt: '2026-11-25T09:00:00Z' },
  ],
})
const forms = [
  ...['/desk/recalls/new', `${recall}/end`, `${order}/recalls/${RECALL_ID}`],
  ...[`${order}/shipments/${SHIPMENT_ID}/end-part`, `${order}/shipments/${SHIPMENT_ID}/circumstance`],
  ...[`${order}/hindrances/${HINDRANCE_ID}/end`, '/desk/carrier-codes/oslo-bud/sett%20igjen%2Fport'],
]
const pages = [
  ...['/desk/work', '/desk/recalls?number=SN-10', recall, '/desk/circumstances', '/desk/hindrances'],
  ...['/desk/carrier-codes', order, `${order}/hindrances/new`, ...forms],
]
/** What is chosen in a form before what would follow of it is looked at. */
const typed: Record<string, string> = { kind: 'ownCarrier', meaning: 'delivered', part: PART_ID }

/** Recalls, parts, what bears on the risk, what hinders and unknown codes as a browser has them: narrow, dark, by keyboard and without JavaScript. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(
    t,
    {
      ...{
        ...answersAbout(hindered),
        ...deskAnswers,
        ...answersOfFailed(shipment),
        ...answersOfRecall(aRecall(LONG), LONG),
      },
      ...{ ...answersOfShipping(LONG, SHIPMENT_ID), 'GET /failed-deliveries': { items: [] } },
      [`POST /shipments/${SHIPMENT_ID}/parts/${PART_ID}/end/preview`]: {
        ...{ changes: true, part: [{ lineId: '1', quantity: 1 }], together: [{ lineId: '1', quantity: 3 }] },
        ...{ opened: true, reasons: hindranceReasons },
      },
    },
    { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` },
  )
  const told = (door: string) => house.asked.filter(({ method, url }) => method === 'PUT' && url.endsWith(door))

  areInOrder(t as Test, {
    browser,
    url: house.url,
    pages,
    forms,
    long: LONG,
    chosen: typed,
    written: { text: 'LOCK-1', 'datetime-local': '2026-11-25T10:00' },
  })

  t.test('from the list of work to the end of a recall, by keyboard alone', async (t) => {
    const { page, context } = await openPage(browser, house.url)
    await signInAs(page, 'support', '/desk/work')
    for (const [name, to] of [
      ['LOCK-1', recall],
      [recallWords.doEnd, `${recall}/end`],
    ] as const) {
      t.ok(await reachesByKeyboard(page, name, 200), name)
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.pathname === to)
    }
    await context.close()
  })

  t.test('pressed twice it is done once, without JavaScript too', async (t) => {
    const { page, context } = await openPage(browser, house.url, { javaScriptEnabled: false })
    await signInAs(page, 'support', recall)
    await page.getByRole('link', { name: recallWords.doTold }).first().click()
    await page.getByLabel(recallWords.toldHow).fill('På telefon i dag.')
    await page.getByRole('button', { name: nb.seeFirst }).click()
    await page.getByText('På telefon i dag.').waitFor()
    await pressTwice(page, nb.doIt, recall)
    t.match(told('/told'), [{ body: { how: 'På telefon i dag.' } }])
    t.equal(told('/told').length, 1)
    await page.goto('/desk/recalls')
    await page.getByLabel(recallWords.findNumber, { exact: true }).fill('SN-10')
    await page.getByRole('button', { name: recallWords.findIt }).click()
    await page.getByText('SG-34265-3WB02').first().waitFor()
    await context.close()
  })
}
