import { freePort } from '@vilkar/testing/ports.ts'
import t from 'tap'
import { nb } from '../warehouse/words/nb.ts'
import { PARCEL_ID, SHIPMENT_ID, warehouseAnswers } from './a-shipment.ts'
import { accessibilityFaults, NARROW, openPage, scrollsSideways, signInAs, startBrowser } from './browser.ts'
import { startTestConsole } from './console.ts'

/** The warehouse as a telephone has it: narrow, without JavaScript, with a scanner that types and presses Enter. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const port = String(await freePort())
  const house = await startTestConsole(t, warehouseAnswers('Fuktsensor'), {
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  })
  const path = `/warehouse/shipments/${SHIPMENT_ID}`
  const shot = process.env.PICTURES

  t.test('a parcel is packed by scan on a telephone', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW, javaScriptEnabled: false })
    await signInAs(page, 'warehouse', '/warehouse')
    await page.getByRole('link', { name: 'SG-34265-3WB02' }).click()
    await page.getByRole('link', { name: nb.pack, exact: true }).click()
    for (const sku of ['SKU-1', 'NOT-THIS', 'SKU-1', 'SKU-2']) {
      await page.locator('#scan-sku').fill(sku)
      await page.locator('#scan-sku').press('Enter')
      await page.waitForURL((url) => url.searchParams.get('sku') === sku)
      if (sku === 'NOT-THIS') await page.getByText('NOT-THIS er ikke med').waitFor()
    }
    await page.getByRole('button', { name: nb.packed }).click()
    await page.waitForURL((url) => url.searchParams.get('done') === 'packed')
    t.equal(house.asked.filter(({ url }) => url.endsWith('/packing')).length, 1)
    await context.close()
  })

  t.test('its pages are in order for whoever cannot see or has a narrow window', async (t) => {
    for (const viewport of [NARROW, { width: 1280, height: 900 }]) {
      const { page, context } = await openPage(browser, house.url, { viewport })
      await signInAs(page, 'warehouse', '/warehouse')
      const pages = ['/warehouse', path, `${path}/packing?at=1:1,2:0&sku=SKU-9`, '/warehouse/inbound']
      for (const [at, each] of [...pages, `/warehouse/inbound/${PARCEL_ID}`].entries()) {
        await page.goto(each)
        t.strictSame(await accessibilityFaults(page), [], each)
        t.notOk(await scrollsSideways(page), each)
        if (shot) await page.screenshot({ path: `${shot}/warehouse-${viewport.width}-${at}.png`, fullPage: true })
      }
      await context.close()
    }
  })
}
