import { eventually } from '@vilkar/testing/eventually.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import fastify from 'fastify'
import t, { type Test } from 'tap'
import { anOrder, answersAbout, ORDER_ID } from './an-order.ts'
import { openPage, signInAs, startBrowser } from './browser.ts'
import { startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'
import { areReadable, WAYS } from './desk-in-order.ts'

const SIDEBAR = '/desk/sidebar?email=kari@example.com'
const browser = await startBrowser(t)
const port = String(await freePort())
const address = `http://127.0.0.1:${port}`
const helpDesks = fastify()
helpDesks.get('/', async (_, reply) =>
  reply.type('text/html').send(`<iframe title="sidebar" width="320" height="700" src="${address}${SIDEBAR}"></iframe>`),
)
const helpDesk = await helpDesks.listen({ host: '127.0.0.1', port: 0 })
t.teardown(() => helpDesks.close())
const unnamed = helpDesk.replace('127.0.0.1', 'localhost')
const house = await startTestConsole(
  t,
  { ...answersAbout(anOrder()), ...deskAnswers, 'GET /orders': { items: [anOrder()] } },
  { PORT: port, PUBLIC_URL: address, SIDEBAR_FRAMED_BY: helpDesk },
)
const pages = ['/desk/work', '/desk/figures', '/desk/looks', '/desk/looks?order=nothing', SIDEBAR]

if (browser !== undefined)
  for (const [language, colorScheme, window] of WAYS)
    t.test(`lists and figures are readable by all, ${colorScheme} (${language})`, async (t) => {
      const { page, context, complaints } = await openPage(browser, house.url, { colorScheme, ...window })
      await signInAs(page, 'manager', '/desk/work')
      await areReadable(t as Test, page, language, pages)
      t.strictSame(complaints, [])
      await context.close()
    })

if (browser !== undefined)
  t.test('a help desk of the same site frames the page beside it, narrow and signed in; no other does', async (t) => {
    const { page, context, complaints } = await openPage(browser, house.url)
    const frame = page.frameLocator('iframe')
    async function windowOf(link: RegExp) {
      const opened = context.waitForEvent('page')
      await frame.getByRole('link', { name: link }).last().click()
      return opened
    }
    await page.goto(helpDesk)
    const signIn = await windowOf(/^Logg inn/)
    await signIn.getByRole('button', { name: 'support', exact: true }).click()
    await signIn.waitForURL((url) => url.pathname === '/desk/sidebar')
    await signIn.close()
    await page.goto(helpDesk)
    const order = await windowOf(/^SG-34265-3WB02/)
    await order.waitForURL((url) => url.pathname === `/desk/orders/${ORDER_ID}`)
    const [, inside] = page.frames()
    t.notOk(
      await inside!.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
      '320 pixels are wide enough',
    )
    await page.goto(unnamed)
    const isRefused = async () => complaints.some((text) => text.includes('frame-ancestors'))
    t.ok(await eventually('that the browser refuses the frame', isRefused))
    t.equal(
      await frame
        .getByRole('heading')
        .filter({ hasText: /Kunde|kari/ })
        .count(),
      0,
    )
    await context.close()
  })
