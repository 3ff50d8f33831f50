import { Config } from '@vilkar/console/config.ts'
import { foldersOfConsole, startConsole } from '@vilkar/console/service.ts'
import { createVisitor } from '@vilkar/console/test/console.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import t from 'tap'
import { sharedHouse } from './house.ts'

/** What a customer does by the link of a mail, in the console's pages over the three services as they are. */
const house = await sharedHouse()
const { shop, urls, issuer, mailbox, consolePort: port } = house
const pages = await startConsole(
  readConfig(Config, {
    ...{ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, AUTH_ISSUER: issuer.url },
    ...{ MIGRATE: 'false', LOG_LEVEL: 'warn' },
    ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url])),
    DATABASE_URL: await freshDatabase(...foldersOfConsole),
    SESSION_SECRETS: 'test-only-test-only-test-only-test-only',
  }),
  { clock: systemClock },
)
t.teardown(() => pages.stop())

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A delivered order of three units, and the path of its page as the confirmation has it. */
async function delivered(email: string) {
  const sku = await shop.stock(10)
  const order = await shop.place({ sku, quantity: 3, email })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  await shop.dispatch(shipmentId, order.id)
  await shop.deliver(shipmentId, order.id)
  const text = await eventually('the confirmation', async () => mailbox.to(email)[1]?.text)
  const [, link] = /\/customer\/order\?link=([\w.-]+)/.exec(text)!
  return { order, link: link! }
}

t.test('by the link of the confirmation a customer withdraws from a unit and complains of another', async (t) => {
  const { order, link } = await delivered('kari.customer@example.com')
  const visitor = createVisitor({ url: pages.url, issuer }, { 'accept-language': 'en' })
  const by = (path = '', more = '') => `/customer/order${path}?link=${link}${more}`
  const first = await eventually('what holds to be known', async () => {
    const page = await visitor.ask(by())
    return page.text.includes('Withdraw from contract here') && page
  })
  t.match(first.text, order.number)
  t.match(first.text, /angrerettloven § 2[01]/)

  const check = await visitor.ask(by('/withdraw/check', '&id=019f2146-0000-7a11-8a01-2d1c6f8b7a20&units-1=1'))
  const form = visitor.fieldsOf(check.text, by('/withdraw'))
  const receipt = (await visitor.send(by('/withdraw'), form)).headers.get('location')!
  t.match(receipt, /^\/customer\/receipts\//)
  t.equal((await visitor.send(by('/withdraw'), form)).headers.get('location'), receipt)
  t.match((await visitor.ask(receipt)).text, 'Your notice of withdrawal is received')

  const complain = visitor.fieldsOf((await visitor.ask(by('/complain'))).text, by('/complain'))
  const body = new FormData()
  const said = { ...complain, 'units-1': '1', words: 'It beeps' }
  for (const [name, value] of Object.entries(said)) body.append(name, value)
  body.append('photos', new Blob([PICTURE], { type: 'image/png' }), 'IMG.png')
  const sent = await visitor.ask(by('/complain'), { method: 'POST', body })
  const aCase = await visitor.ask(sent.headers.get('location')!)
  t.match(aCase.text, 'It beeps')
  const [, picture] = /<img src="([^"]+)"/.exec(aCase.text) ?? []
  t.equal((await visitor.ask(picture!)).headers.get('content-type'), 'image/jpeg')

  const { text } = await visitor.ask(by())
  t.equal([...text.matchAll(/href="\/customer\/order\/cases\//g)].length, 2)
  t.match(text, '2 of 3', 'one of the units goes back')
  const bytes = await visitor.ask(/href="(\/customer\/order\/documents\/[^"]+)"/.exec(text)![1]!)
  t.equal(bytes.headers.get('content-type'), 'application/pdf')
  await house.settle()
})

t.test('the link of one order opens no other, and one that was changed opens none', async (t) => {
  const { link, order } = await delivered('ola.customer@example.com')
  const { link: other } = await delivered('kari.other@example.com')
  const visitor = createVisitor({ url: pages.url, issuer }, { 'accept-language': 'en' })
  t.notMatch((await visitor.ask(`/customer/order?link=${other}`)).text, order.number)
  const [head, , signature] = link.split('.')
  const [, payload] = other.split('.')
  for (const wrong of [`${link}x`, `${head}.${payload}.${signature}`]) {
    const { status, text } = await visitor.ask(`/customer/order?link=${wrong}`)
    t.equal(status, 404)
    t.notMatch(withoutTokens(text), /SG-/)
  }
})

t.test(
  'who says by the link that a parcel never came has by mail what was written down and what happens now',
  async (t) => {
    const email = 'kari.waiting@example.com'
    const sku = await shop.stock(10)
    const order = await shop.place({ sku, quantity: 2, email })
    await shop.pay(order)
    const shipmentId = await shop.shipmentOf(order)
    await shop.dispatch(shipmentId, order.id)
    const text = await eventually('the confirmation', async () => mailbox.to(email)[1]?.text)
    const [, link] = /\/customer\/order\?link=([\w.-]+)/.exec(text)!
    const report = `${urls.shipping}/linked-order/damage-reports/${crypto.randomUUID()}`
    const body = JSON.stringify({ link, shipmentId, kind: 'lost', what: 'It never came.' })
    for (const _ of [1, 2]) {
      const { status } = await fetch(report, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })
      t.equal(status, 200)
    }
    const noted = () => mailbox.to(email).filter(({ subject }) => /is noted|er notert/.test(subject ?? ''))
    const [mail] = await eventually('the acknowledgement', async () => noted().length > 0 && noted())
    t.match(mail!.subject, order.number)
    t.match(mail!.text, /vegfraktloven § 40/)
    t.match(mail!.text, /forbrukerkjøpsloven § 14/)
    await house.settle()
    t.equal(noted().length, 1, 'said twice it is one report')
  },
)
