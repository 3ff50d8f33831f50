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

  t.test('the camera of a telephone reads what is packed: a code that is held before it counts once', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    // What the browser of a telephone brings: a camera, and what reads bar codes in its picture.
    await context.addInitScript({
      content: `
        const held = () => JSON.parse(sessionStorage.getItem('held') ?? '[]')
        window.BarcodeDetector = class { detect = async () => held().map((rawValue) => ({ rawValue })) }
        navigator.mediaDevices.getUserMedia = async () => {
          const canvas = document.createElement('canvas')
          const draw = () => { canvas.getContext('2d').fillRect(0, 0, 9, 9); requestAnimationFrame(draw) }
          draw()
          return canvas.captureStream()
        }`,
    })
    const hold = (...codes: string[]) => page.evaluate(`sessionStorage.setItem('held', '${JSON.stringify(codes)}')`)
    const aWhile = () =>
      page.evaluate('(async () => { for (let n = 0; n < 5; n++) await new Promise(requestAnimationFrame) })()')
    await signInAs(page, 'warehouse', '/warehouse')
    await page.goto(`${path}/packing`)
    const button = page.getByRole('button', { name: nb.camera })
    await button.click()
    await page.locator('.camera video').waitFor()
    await hold('SKU-1')
    await page.waitForURL((url) => url.searchParams.get('sku') === 'SKU-1')
    await page.locator('.camera video').waitFor()
    const after = page.url()
    await aWhile()
    t.equal(page.url(), after, 'still the same unit')
    await hold()
    await aWhile()
    await hold('SKU-1')
    await page.waitForURL((url) => url.href !== after && url.searchParams.get('sku') === 'SKU-1')
    await page.getByRole('button', { name: nb.camera }).click()
    await page.locator('.camera video').waitFor({ state: 'detached' })
    await context.close()
  })

  t.test('where the camera is refused one is told, and where there is none there is no button', async (t) => {
    const { page, context } = await openPage(browser, house.url, { viewport: NARROW })
    await signInAs(page, 'warehouse', '/warehouse')
    await page.goto(`${path}/packing`)
    t.equal(await page.getByRole('button', { name: nb.camera }).count(), 0)
    await context.addInitScript({
      content: `
        window.BarcodeDetector = class {}
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('denied'))`,
    })
    await page.goto(`${path}/packing`)
    await page.getByRole('button', { name: nb.camera }).click()
    await page.getByText(nb.noCamera).waitFor()
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
