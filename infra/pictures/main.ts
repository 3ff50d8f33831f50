/** Takes the pictures of docs/pictures: `pnpm pictures [--only moving]`, with Chromium at /usr/bin/chromium or where CHROMIUM says. */
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createCaller } from '@vilkar/local/shopper.ts'
import { type Stack, startStack } from '@vilkar/local/stack.ts'
import { playStory } from '@vilkar/local/story.ts'
import { createTimeline } from '@vilkar/local/timeline.ts'
import { type Browser, chromium } from 'playwright-core'
import { takeMoving } from './moving.ts'

const INTO = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const SIZE = { width: 1180, height: 860 }
const PATIENCE_MS = 60_000

/** A page, by the name of its picture; `part` is what of it is shown, all of it unless given; `url` that of somewhere else than the console. */
type Shot = { name: string; path: string; part?: string; url?: string }
/** Who looks: somebody who signs in by that button at a page of theirs, or anybody. */
type Looker = { signsIn?: { as: string; at: string }; shots: Shot[] }

async function take(browser: Browser, url: string, { signsIn, shots }: Looker, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ baseURL: url, viewport: SIZE, locale: 'en-GB', colorScheme })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  if (signsIn !== undefined) {
    await page.goto(signsIn.at)
    await page.getByRole('button', { name: signsIn.as, exact: true }).click()
    await page.waitForURL((at) => at.pathname === signsIn.at)
  }
  for (const { name, path, part, url: elsewhere = url } of shots) {
    await page.goto(new URL(path, elsewhere).href)
    const file = join(INTO, `${name}${colorScheme === 'dark' ? '-dark' : ''}.png`)
    if (part === undefined) await page.screenshot({ path: file })
    else await page.locator(part).screenshot({ path: file })
    console.log(file)
  }
  await context.close()
}

/** Two people ask for something, so that the privacy desk has what it is for. Answers the id of the first. */
async function askForPrivacy(stack: Stack, email: string) {
  const call = createCaller((role) => stack.issuer.token(role as never))
  const policies = (await call('support', 'GET', `${stack.urls.privacy}/policies`)).body.items
  const asked = { controller: policies[0].controller, channel: 'email' }
  const ids = [randomUUID(), randomUUID()]
  const wishes = [
    { kind: 'rectify', words: 'I have moved to Kirkegata 2.' },
    { kind: 'object', purpose: 'legitimate-interest' },
  ]
  for (const [at, wish] of wishes.entries()) {
    const receivedOn = stack.clock.now().toString().slice(0, 10)
    const body = { ...asked, ...wish, receivedOn, identifiers: [{ kind: 'email', value: email }] }
    await call('support', 'PUT', `${stack.urls.privacy}/requests/${ids[at]}`, { body })
  }
  return ids[0]!
}

/** A business complains of some of its units, so that the desk has work. */
async function complain(stack: Stack, orderId: string) {
  const call = createCaller((role) => stack.issuer.token(role as never))
  const body = { lines: [{ lineId: '1', quantity: 2 }], defect: 'Two of the cables do not fit.', channel: 'phone' }
  await call('support', 'POST', `${stack.urls.returns}/orders/${orderId}/complaints`, { body })
}

/** The address of the order's page that a customer was mailed. */
function linkOf(stack: Stack, email: string) {
  const pattern = new RegExp(`${stack.urls.console}(/customer/order\\?\\S+)`)
  const found = stack.mailbox
    .to(email)
    .flatMap(({ text }) => pattern.exec(text)?.[1] ?? [])
    .at(-1)
  if (found === undefined) throw new Error(`No mail to ${email} has a link to the order.`)
  return found
}

async function lookers(stack: Stack): Promise<Looker[]> {
  const token = await stack.issuer.token('support')
  const answer = await fetch(`${stack.urls.orders}/orders?limit=10`, { headers: { authorization: `Bearer ${token}` } })
  const { items } = (await answer.json()) as {
    items: { id: string; number: string; customer: { kind: string; name: string; email: string } }[]
  }
  const order = items.find(({ customer }) => customer.kind === 'consumer') ?? items[0]!
  // Of the consumer's nothing is left to decide: everything went back.
  const open = items.find(({ customer }) => customer.kind === 'business') ?? order
  await complain(stack, open.id)
  const request = await askForPrivacy(stack, order.customer.email)
  return [
    {
      shots: [
        { name: 'front-page', path: '/', url: stack.urls.control },
        { name: 'shop', path: '/shop' },
        { name: 'customer-order', path: linkOf(stack, order.customer.email) },
      ],
    },
    {
      signsIn: { as: 'support', at: '/desk' },
      shots: [
        { name: 'desk-search', path: `/desk?q=${encodeURIComponent(order.customer.name)}` },
        { name: 'desk-order', path: `/desk/orders/${order.id}` },
        { name: 'desk-timeline', path: `/desk/orders/${open.id}`, part: '#timeline' },
        { name: 'desk-rights', path: `/desk/orders/${open.id}`, part: '#rights' },
        { name: 'desk-withdrawal', path: `/desk/orders/${order.id}/do/withdrawal` },
        { name: 'desk-work', path: '/desk/work' },
        { name: 'privacy-requests', path: '/privacy' },
        { name: 'privacy-request', path: `/privacy/requests/${request}` },
        { name: 'privacy-registers', path: '/privacy/registers' },
      ],
    },
    {
      signsIn: { as: 'warehouse', at: '/warehouse' },
      shots: [{ name: 'warehouse', path: '/warehouse?status=delivered' }],
    },
  ]
}

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
if (only !== undefined && only !== 'moving') throw new Error(`--only takes "moving" and not "${only}".`)
const directory = await mkdtemp(join(tmpdir(), 'vilkar-pictures-'))
const stack = await startStack({ directory, portBase: 0, durable: false })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await playStory(stack.urls, createTimeline(console.log))
  await mkdir(INTO, { recursive: true })
  if (only === undefined)
    for (const looker of await lookers(stack))
      for (const colorScheme of ['light', 'dark'] as const) await take(browser, stack.urls.console, looker, colorScheme)
  await takeMoving(browser, stack, INTO)
} finally {
  await browser.close()
  await stack.stop()
  await rm(directory, { recursive: true, force: true })
}
