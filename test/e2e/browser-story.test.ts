import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { en as customer } from '@vilkar/console/customer/words/en.ts'
import { en as desk } from '@vilkar/console/desk/words/en.ts'
import { en as shop } from '@vilkar/console/shop/words/en.ts'
import { accessibilityFaults, NARROW, openPage, signInAs, startBrowser } from '@vilkar/console/test/browser.ts'
import { en as warehouse } from '@vilkar/console/warehouse/words/en.ts'
import { stockUp } from '@vilkar/local/catalogue.ts'
import { createCaller } from '@vilkar/local/shopper.ts'
import { startStack } from '@vilkar/local/stack.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import t from 'tap'

/**
 * The whole story in a browser, on the whole product: buying, packing by scan, handing over, delivery, a withdrawal from some of the units
 * by the link of a mail, what came back, the money, a complaint, and support that answers what may go back. Customers have no JavaScript.
 */
type Page = Awaited<ReturnType<typeof openPage>>['page']

const EMAIL = 'kari.browser@example.com'
const TRACKING = 'NO70707'
const SENSOR = 'Temperature sensor'
const CABLE = 'Cable, 2 m'

const browser = await startBrowser(t)
if (browser !== undefined) {
  const stack = await startStack({
    directory: fileURLToPath(await temporaryFolder()),
    portBase: 0,
    durable: false,
    logLevel: 'error',
    say: () => {},
  })
  t.teardown(() => stack.stop())
  const { urls, mailbox, clock } = stack
  const call = createCaller((role) => stack.issuer.token(role as never))
  await stockUp(call, urls, () => {})

  const { page: buyer, complaints } = await openPage(browser, urls.console, {
    ...{ javaScriptEnabled: false, viewport: NARROW, locale: 'en-GB' },
  })
  const { page: keeper } = await openPage(browser, urls.console, { locale: 'en-GB' })
  const { page: agent } = await openPage(browser, urls.console, { locale: 'en-GB' })
  const mailOf = (subject: RegExp) => mailbox.to(EMAIL).find((mail) => subject.test(mail.subject ?? ''))
  /** Looks again until the page says so: what services tell each other takes a moment. */
  const says = (page: Page, text: string | RegExp) =>
    eventually(`the page to say ${text}`, async () => {
      if (await page.getByText(text).first().isVisible()) return true
      await page.reload()
      return page.getByText(text).first().isVisible()
    })
  const order = { number: '', id: '' }
  const read = async () => (await call('support', 'GET', `${urls.orders}/orders/${order.id}`)).body

  t.test('a customer buys a sensor and two cables, and pays', async (t) => {
    await buyer.goto('/shop')
    for (const [name, units] of [
      [SENSOR, '1'],
      [CABLE, '2'],
    ] as const) {
      const goods = buyer.getByRole('listitem').filter({ has: buyer.getByRole('heading', { name, exact: true }) })
      await goods.getByLabel(shop.units).fill(units)
      await goods.getByRole('button', { name: shop.add }).click()
      await buyer.getByRole('heading', { name: shop.basket }).waitFor()
      if (name === SENSOR) await buyer.goto('/shop')
    }
    await buyer.getByRole('link', { name: shop.toCheckout }).click()
    await buyer.getByLabel(shop.name, { exact: true }).fill('Kari Eksempel')
    await buyer.getByLabel(shop.email).fill(EMAIL)
    await buyer.getByLabel(shop.street).fill('Storgata 1')
    await buyer.getByLabel(shop.postalCode).fill('0155')
    await buyer.getByLabel(shop.city).fill('Oslo')
    await buyer.getByRole('button', { name: shop.seeOver }).click()
    await buyer.getByLabel(shop.accept).check()
    await buyer.getByRole('button', { name: 'Order with obligation to pay', exact: true }).click()
    await buyer.getByRole('link', { name: shop.goAndPay }).waitFor()
    order.number = /SG-[0-9A-Z-]+/.exec(buyer.url())![0]
    await buyer.getByRole('link', { name: shop.goAndPay }).click()
    await buyer.getByRole('button', { name: 'Approve' }).click()
    await buyer.waitForURL('**/paid')
    await says(buyer, shop.formed)
    const { body } = await call('support', 'GET', `${urls.orders}/orders?number=${order.number}`)
    assert.equal(body.items.length, 1)
    order.id = body.items[0].id
    t.equal((await read()).payment.captured, 0, 'nothing is taken before the goods leave')
  })

  t.test('the warehouse packs by scan and hands over, and the money is taken', async (t) => {
    await signInAs(keeper, 'warehouse', '/warehouse')
    await says(keeper, order.number)
    await keeper.getByRole('link', { name: order.number }).click()
    await keeper.getByRole('button', { name: warehouse.accept }).click()
    await keeper.getByRole('link', { name: warehouse.pack, exact: true }).click()
    for (const sku of ['SENSOR-1', 'CABLE-2', 'CABLE-2']) {
      const before = keeper.url()
      await keeper.locator('#scan-sku').fill(sku)
      await keeper.locator('#scan-sku').press('Enter')
      await keeper.waitForURL((url) => url.href !== before)
    }
    await keeper.getByRole('button', { name: warehouse.packed }).click()
    await keeper.getByText(warehouse.done_packed).waitFor()
    await keeper.getByLabel(warehouse.carrier, { exact: true }).fill('Posten')
    await keeper.getByLabel(warehouse.tracking, { exact: true }).fill(TRACKING)
    await keeper.getByRole('button', { name: warehouse.dispatchSubmit }).click()
    await keeper.getByText(warehouse.done_dispatched).waitFor()
    const taken = await eventually('the money to be taken', async () => {
      const { payment, totals } = await read()
      return payment.captured > 0 && { payment, totals }
    })
    t.equal(taken.payment.captured, taken.totals.total)
  })

  t.test(
    'it is delivered, and five days later the customer withdraws from one cable by the link of a mail',
    async (t) => {
      clock.advance('P2D')
      await call('warehouse', 'POST', `${urls.carriers}/__sim/parcels/bring/${TRACKING}`, {
        body: { code: 'DELIVERED', signedBy: 'Kari Eksempel' },
      })
      await eventually('the delivery to be known', async () => (await read()).status === 'delivered')
      clock.advance('P5D')
      const sent = await eventually('the mail that the goods are on their way', async () => mailOf(/have been sent/))
      const link = /https?:\/\/\S+\/customer\/order\?link=[\w.~-]+/.exec(sent.text ?? '')?.[0]
      assert.ok(link, sent.text)
      await buyer.goto(link)
      await says(buyer, 'Withdraw from contract here')
      await buyer.getByRole('link', { name: 'Withdraw from contract here' }).click()
      await buyer.getByLabel(SENSOR).fill('0')
      await buyer.getByLabel(CABLE).fill('1')
      await buyer.getByRole('button', { name: customer.next }).click()
      await buyer.getByRole('button', { name: 'Confirm withdrawal', exact: true }).click()
      await buyer.getByRole('heading', { name: customer.received }).waitFor()
      await eventually('the receipt by mail', async () => mailOf(/received your withdrawal/))
      await buyer.getByRole('link', { name: customer.toOrder }).click()
      await says(buyer, customer.kind_withdrawal)
      t.same(complaints, [])
    },
  )

  t.test('what came back is looked at by the warehouse, and one cable is paid back', async (t) => {
    const before = await read()
    await keeper.goto('/warehouse/inbound')
    await keeper.getByLabel(warehouse.orderNumber).fill(order.number)
    await keeper.getByRole('button', { name: warehouse.takeInSubmit }).click()
    await keeper.getByLabel(warehouse.scanLabel).fill('CABLE-2')
    for (const box of [warehouse.completeLong, warehouse.originalPackaging, warehouse.fitForSaleLong])
      await keeper.getByLabel(box).check()
    await keeper.getByRole('button', { name: warehouse.addUnitSubmit }).click()
    await keeper.getByRole('button', { name: warehouse.closeSubmit }).click()
    await keeper.getByText(warehouse.parcelClosed).first().waitFor()
    const after = await eventually('the cable to be paid back', async () => {
      const seen = await read()
      return seen.payment.refunded > 0 && seen
    })
    const cable = before.lines.find(({ sku }: { sku: string }) => sku === 'CABLE-2')
    t.equal(after.payment.refunded, cable.total / 2, 'one of two cables, and of the delivery nothing: the rest stays')
    await says(buyer, customer.paidBack)
  })

  t.test('a month later the sensor fails, and the customer complains', async () => {
    clock.advance('P40D')
    await buyer.reload()
    await buyer.getByRole('link', { name: customer.way_complain }).click()
    await buyer.getByLabel(SENSOR).fill('1')
    await buyer.getByLabel(CABLE).fill('0')
    await buyer.getByLabel(customer.defect).fill('It shows 85 degrees whatever the weather.')
    await buyer.getByRole('button', { name: customer.submit_complain }).click()
    await buyer.getByText(customer.sentNow).waitFor()
  })

  t.test('support finds the order by its mail address, and says what may go back, until when and why', async (t) => {
    await signInAs(agent, 'support')
    await agent.getByLabel(desk.searchLabel).fill(EMAIL)
    await agent.getByRole('button', { name: desk.find }).click()
    await agent.getByRole('link', { name: order.number }).first().click()
    await says(agent, desk.kind_complaint)
    const seen = await agent.locator('main').textContent()
    for (const part of [desk.right_withdrawal, desk.right_complaint, desk.refunded]) t.ok(seen?.includes(part), part)
    t.match(seen, /angrerettloven|forbrukerkjøpsloven/i, 'the law is cited')
    t.strictSame(await accessibilityFaults(agent), [])
  })
}
