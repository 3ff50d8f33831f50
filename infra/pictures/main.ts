/** Takes the pictures of docs/pictures: `pnpm pictures`, with Chromium at /usr/bin/chromium or where CHROMIUM says. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startStack } from '@vilkar/local/stack.ts'
import { playStory } from '@vilkar/local/story.ts'
import { createTimeline } from '@vilkar/local/timeline.ts'
import { type Browser, chromium } from 'playwright-core'

const INTO = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const SIZE = { width: 1180, height: 860 }
const PATIENCE_MS = 60_000

/** A page, by the name of its picture; `part` is what of it is shown, all of it unless given. */
type Shot = { name: string; path: string; part?: string }

async function take(browser: Browser, url: string, shots: Shot[], colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ baseURL: url, viewport: SIZE, locale: 'en-GB', colorScheme })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto('/desk')
  await page.getByRole('button', { name: 'support', exact: true }).click()
  await page.waitForURL((at) => at.pathname === '/desk')
  for (const { name, path, part } of shots) {
    await page.goto(path)
    const file = join(INTO, `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`)
    if (part === undefined) await page.screenshot({ path: file })
    else await page.locator(part).screenshot({ path: file })
    console.log(file)
  }
  await context.close()
}

const directory = await mkdtemp(join(tmpdir(), 'vilkar-pictures-'))
const stack = await startStack({ directory, portBase: 0 })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await playStory(stack.urls, createTimeline(console.log))
  const token = await stack.issuer.token('support')
  const answer = await fetch(`${stack.urls.orders}/orders?limit=10`, { headers: { authorization: `Bearer ${token}` } })
  const { items } = (await answer.json()) as {
    items: { id: string; number: string; customer: { kind: string; name: string } }[]
  }
  const order = items.find(({ customer }) => customer.kind === 'consumer') ?? items[0]!
  // Of the consumer's nothing is left to decide: everything went back.
  const open = items.find(({ customer }) => customer.kind === 'business') ?? order
  const shots = [
    { name: 'desk-search', path: `/desk?q=${encodeURIComponent(order.customer.name)}` },
    { name: 'desk-order', path: `/desk/orders/${order.id}` },
    { name: 'desk-timeline', path: `/desk/orders/${open.id}`, part: '#timeline' },
    { name: 'desk-rights', path: `/desk/orders/${open.id}`, part: '#rights' },
    { name: 'desk-withdrawal', path: `/desk/orders/${order.id}/do/withdrawal` },
    { name: 'desk-work', path: '/desk/work' },
  ]
  await mkdir(INTO, { recursive: true })
  await take(browser, stack.urls.console, shots, 'light')
  await take(browser, stack.urls.console, shots, 'dark')
} finally {
  await browser.close()
  await stack.stop()
  await rm(directory, { recursive: true, force: true })
}
