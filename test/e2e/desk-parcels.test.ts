import { Config } from '@vilkar/console/config.ts'
import { damage } from '@vilkar/console/desk/words/damage-en.ts'
import { parcels } from '@vilkar/console/desk/words/parcels-en.ts'
import { en } from '@vilkar/console/pages/words/en.ts'
import { foldersOfConsole, startConsole } from '@vilkar/console/service.ts'
import { openPage, signInAs, startBrowser } from '@vilkar/console/test/browser.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { sharedHouse } from './house.ts'

const EMAIL = 'kari.parcels@example.com'

/** What becomes of parcels that do not arrive, in a browser at the desk, over the services as they are. */
const browser = await startBrowser(t)
if (browser !== undefined) {
  const house = await sharedHouse()
  const { shop, call, urls, issuer, mailbox, consolePort: port } = house
  const started = await startConsole(
    readConfig(Config, {
      ...{ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, AUTH_ISSUER: issuer.url, MIGRATE: 'false' },
      ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url])),
      ...{ DATABASE_URL: await freshDatabase(...foldersOfConsole), LOG_LEVEL: 'warn' },
      SESSION_SECRETS: 'test-only-test-only-test-only-test-only',
    }),
    { clock: systemClock },
  )
  t.teardown(() => started.stop())

  const sku = await shop.stock(10)
  const order = await shop.place({ sku, quantity: 3, email: EMAIL })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  const { page } = await openPage(browser, started.url, { locale: 'en-GB' })
  const ofOrder = `/desk/orders/${order.id}`
  await signInAs(page, 'support', ofOrder)

  const mailed = (subject: RegExp) =>
    eventually(`a mail ${subject}`, async () => mailbox.to(EMAIL).find((mail) => subject.test(mail.subject ?? '')))
  const warehouse = (path: string, body: object) => call('warehouse', 'PUT', `${urls.shipping}${path}`, { body })
  const shipments = async () =>
    (await call('warehouse', 'GET', `${urls.shipping}/shipments?orderId=${order.id}`)).body.items as {
      id: string
      status: string
      lines: { quantity: number }[]
    }[]
  /** Looks at what would follow of what is written, and does it. */
  async function lookAndDo(t: Tap, foreseen: RegExp) {
    await page.getByRole('button', { name: en.seeFirst }).click()
    await page.getByRole('heading', { name: en.follows }).waitFor()
    t.match(await page.locator('#follows').textContent(), foreseen)
    await page.getByRole('button', { name: en.doIt, exact: true }).click()
    await page.waitForURL((url) => !/\/(check|do)/.test(url.pathname))
  }
  type Tap = { match: typeof t.match }
  const choose = (name: string) => page.getByRole('link', { name }).first().click()

  t.test('a part that was agreed on leaves by itself', async (t) => {
    await choose(parcels.doPart)
    await page.locator('[name^="units-"]').fill('1')
    await page.getByLabel(parcels.partWhy).fill('Kari wants one now: her mail of today.')
    await lookAndDo(t, /1 × .*2 × .*angrerettloven § 21/s)
    t.strictSame((await shipments()).map(({ lines }) => lines[0]!.quantity).sort(), [1, 2])
  })

  t.test(
    'what was not fetched and came back is sent again from the list of work, and the customer is written',
    async (t) => {
      await warehouse(`/shipments/${shipmentId}/dispatch`, { carrier: 'Posten', trackingNumber: 'NO-1' })
      for (const report of ['uncollected', 'returned'])
        await warehouse(`/shipments/${shipmentId}/whereabouts`, { report })
      await eventually('the desk to list it', async () => {
        await page.goto('/desk/failed')
        return (await page.getByRole('link', { name: order.number }).count()) === 1
      })
      await mailed(/was not fetched|came back/)
      await choose(parcels.doSend)
      await lookAndDo(t, /2 × .*forbrukerkjøpsloven § 14/s)
      await mailed(/on its way again/)
      await page.goto('/desk/failed')
      t.equal(await page.getByRole('link', { name: order.number }).count(), 0, 'it has left the list')
      t.equal((await shipments()).length, 3)
    },
  )

  t.test('who phones of a lost parcel has a report, the carrier is claimed and answers, and they choose', async (t) => {
    const part = (await shipments()).find(({ lines, id }) => lines[0]!.quantity === 1 && id !== shipmentId)!
    await warehouse(`/shipments/${part.id}/dispatch`, { carrier: 'Posten', trackingNumber: 'NO-2' })
    await page.goto(`${ofOrder}/shipments/${part.id}/damage`)
    await page.getByLabel(parcels.reportKind).selectOption('lost')
    await page.getByLabel(parcels.reportWhat).fill('It never came, says Kari on the phone.')
    await lookAndDo(t, /never came: 1 × .*vegfraktloven § 40/s)
    await mailed(/is noted/)
    await choose(damage.doClaim)
    await lookAndDo(t, /vegfraktloven § 40/)
    await choose(damage.doAnswer)
    await page.getByLabel(damage.answerOf, { exact: true }).selectOption('accepted')
    await page.getByLabel(damage.answerAmount).fill('19900')
    await lookAndDo(t, /199\.00/)
    await choose(damage.doChoice)
    await page.getByLabel(damage.choiceOf).selectOption('replacement')
    await lookAndDo(t, /1 × .*forbrukerkjøpsloven § 14/s)
    const { items } = (await call('support', 'GET', `${urls.shipping}/damage-reports?orderId=${order.id}`)).body
    t.match(items, [
      { kind: 'lost', reportedBy: 'customer', choice: 'replacement', claim: { answer: 'accepted', amount: 19_900 } },
    ])
    await page.goto('/desk/claims/told')
    t.equal(await page.getByRole('link', { name: damage.kind_lost }).count(), 1, 'the money is waited for')
    await house.settle()
  })
}
