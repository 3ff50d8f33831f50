import { join } from 'node:path'
import { createCaller } from '@vilkar/local/shopper.ts'
import type { Stack } from '@vilkar/local/stack.ts'
import { playPurchase } from '@vilkar/local/story.ts'
import { createTimeline } from '@vilkar/local/timeline.ts'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'

/** The days after the goods came that are asked about: past the fourteenth, on which the right to withdraw ends. */
const LAST_DAY = 18
const WIDTH = 900
/** How long a day is shown, and the first and the last, so that both can be read. */
const DAY_MS = 450
const ENDS_MS = 2_200

/** The desk's timeline of an order while the day that is asked about goes past the end of a right, as one moving picture of less than 400 kB. */
export async function takeMoving(browser: Browser, stack: Stack, into: string) {
  const call = createCaller((role) => stack.issuer.token(role as never))
  const id = await playPurchase(call, stack.urls, createTimeline(console.log))
  const context = await browser.newContext({
    ...{ baseURL: stack.urls.console, viewport: { width: 1180, height: 860 }, locale: 'en-GB', colorScheme: 'light' },
  })
  const page = await context.newPage()
  await page.goto('/desk')
  await page.getByRole('button', { name: 'support', exact: true }).click()
  await page.waitForURL((at) => at.pathname === '/desk')
  const received = stack.clock.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  const frames: Buffer[] = []
  for (let day = 0; day <= LAST_DAY; day++) {
    await page.goto(`/desk/orders/${id}?at=${received.add({ days: day })}`)
    const drawn = page.locator('#timeline svg')
    frames.push(
      await sharp(await drawn.screenshot())
        .resize({ width: WIDTH })
        .png()
        .toBuffer(),
    )
  }
  await context.close()
  const file = join(into, 'desk-timeline-moving.webp')
  const delay = frames.map((_, day) => (day === 0 || day === LAST_DAY ? ENDS_MS : DAY_MS))
  await sharp(frames, { join: { animated: true } })
    .webp({ quality: 80, effort: 6, loop: 0, delay })
    .toFile(file)
  console.log(file)
}
