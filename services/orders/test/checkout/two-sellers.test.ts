import assert from 'node:assert/strict'
import { transact } from '@vilkar/server/transact.ts'
import t, { type Test } from 'tap'
// Alone in its process, which sells for one more.
import '@vilkar/terms/test/fixtures/add-nordlys.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { handle } from '../../order/handle.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

// Kustom takes euro from Norway, which is all that the second seller sells in.
const house = await startOrdersForTest(t as Test, { payAt: 'kustom' })
const { call, db, deps, klarna, mailbox } = house
const { payments, reaches } = paying(house)

const mitten = { name: { nb: 'Vott', en: 'Mitten' }, vatRate: 2500, stock: 10 }
const asked = { customerKind: 'consumer', country: 'NO', locale: 'en' }
const quote = async (seller: string | undefined, sku: string, currency: string, changes: object = {}) =>
  call('storefront', 'POST', '/quotes', { seller, currency, ...asked, lines: [{ sku, quantity: 1 }], ...changes })

const shop = () => quote('smartgroup', 'SENSOR-1', 'NOK')
const other = () => quote('nordlys', 'MITTEN-1', 'EUR')

/** An order of what was quoted, paid and confirmed. */
async function bought(offer: Awaited<ReturnType<typeof shop>>) {
  assert.equal(offer.status, 201, offer.text)
  const email = `kari.${crypto.randomUUID()}@example.com`
  const body = house.orderOf(offer.body, { email })
  const { body: order } = await call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
  const checkout = await eventually('the checkout', async () => {
    const { widget } = (await call('storefront', 'GET', `/orders/${order.id}`)).body.payment
    return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(widget?.value)?.[0]
  })
  await klarna.completeCheckout(checkout)
  return { order: await reaches(order.id, 'formed'), mails: mailbox.to(email) }
}

t.test('each seller has a catalogue of their own, in the currencies that they sell in', async (t) => {
  const put = (sku: string, body: object) => call('warehouse', 'PUT', `/products/${sku}`, body)
  const sensor = { name: { nb: 'Sensor', en: 'Sensor' }, priceNok: 10_000, priceEur: 900, vatRate: 2500, stock: 10 }
  t.equal((await put('SENSOR-1', { seller: 'smartgroup', ...sensor })).status, 201)
  t.equal((await put('MITTEN-1', { seller: 'nordlys', ...mitten, priceEur: 2_000 })).status, 201)
  for (const [wrong, body] of [
    [/body\.seller must name a seller of this shop: smartgroup or nordlys/, sensor],
    [/body\.priceEur is missing: smartgroup sells in EUR/, { seller: 'smartgroup', ...mitten, priceNok: 1 }],
    [/body\.priceNok must be left out: nordlys does not sell in NOK/, { seller: 'nordlys', ...sensor }],
  ] as const) {
    const { status, body: problem } = await put('WRONG-1', body)
    t.equal(status, 400)
    t.match(problem.detail, wrong)
  }
  const { items } = (await call('nobody', 'GET', '/products')).body
  t.strictSame(
    items.map(({ sku, seller, priceNok }: Record<string, unknown>) => [sku, seller, priceNok]),
    [
      ['MITTEN-1', 'nordlys', undefined],
      ['SENSOR-1', 'smartgroup', 10_000],
    ],
  )
})

t.test('a quote is of one seller: their goods, currency, country, delivery and terms', async (t) => {
  const { body } = await other()
  t.equal(body.seller, 'nordlys')
  t.match(body.terms.edition, /^nordlys\//)
  t.hasStrict(body.totals, { goods: 2_000, delivery: 490, total: 2_490 })
  t.equal(body.priceDisplay.show, 'incl')
  t.equal(body.lines[0].unitPrice, 2_000)
  for (const [wrong, answer] of [
    [/body\.seller must name a seller/, quote(undefined, 'MITTEN-1', 'EUR')],
    [/body\.seller must name a seller/, quote('nobody', 'MITTEN-1', 'EUR')],
    [/not in the catalogue: MITTEN-1/, quote('smartgroup', 'MITTEN-1', 'EUR')],
    [/body\.currency must be EUR/, quote('nordlys', 'MITTEN-1', 'NOK')],
    [/body\.country must be NO or SE/, quote('nordlys', 'MITTEN-1', 'EUR', { country: 'DK' })],
    [/body\.deliveryOption must be post/, quote('nordlys', 'MITTEN-1', 'EUR', { deliveryOption: 'home' })],
  ] as const) {
    const { status, body: problem } = await answer
    t.equal(status, 400)
    t.match(problem.detail, wrong)
  }
})

t.test(
  'orders bear their seller’s number and name, and mails come from the seller with the seller’s terms',
  async (t) => {
    const [ours, theirs] = [await bought(await shop()), await bought(await other())]
    for (const [{ order, mails }, seller, number, from, name, words] of [
      [
        ours,
        'smartgroup',
        /^SG-/,
        'post@smartgroup.no',
        /SmartGroup AS · Org\. no\. 999 615 147/,
        /14 days of the return/,
      ],
      [
        theirs,
        'nordlys',
        /^NU-/,
        'hei@nordlys-ull.example',
        /Nordlys Ull AS · Org\. no\. 123 456 785/,
        /10 days of your notice/,
      ],
    ] as const) {
      t.equal(order.seller, seller)
      t.match(order.number, number)
      t.equal(mails.length, 2)
      for (const mail of mails) {
        t.equal(mail.from, from)
        t.match(mail.messageId, new RegExp(`@${from.split('@')[1]}>$`))
        t.match(mail.text, name)
      }
      t.match(mails[1]!.attachments[0]!.text, words)
      const { data } = await placedEvent(order.id)
      t.equal(data.seller, seller)
      t.equal(data.number, order.number)
    }
  },
)

t.test('a price is offered for goods of the order’s seller, and a quote of another has none of it', async (t) => {
  const { order } = await bought(await shop())
  const offer = (sku: string) => {
    const lines = [{ sku, quantity: 1, unitPrice: 500 }]
    const until = house.clock.now().add({ hours: 1 }).toString()
    const url = `/orders/${order.id}/price-offers/${crypto.randomUUID()}`
    return call('support', 'PUT', url, { lines, currency: 'EUR', until, reason: 'An exchange.' })
  }
  const theirs = await offer('MITTEN-1')
  t.equal(theirs.status, 400)
  t.match(theirs.body.detail, /a SKU that smartgroup does not sell: MITTEN-1/)
  const { status, body } = await offer('SENSOR-1')
  t.equal(status, 201)
  const wrong = await quote('nordlys', 'MITTEN-1', 'EUR', { priceOffer: body.id })
  t.strictSame([wrong.status, wrong.body.type], [409, '/problems/price-offer-differs'])
  t.match(wrong.body.detail, /of smartgroup/)
})

t.test('invoices are numbered without a gap for each seller', async (t) => {
  const orders = []
  for (const each of [other, shop, other, other, shop]) orders.push((await bought(await each())).order)
  const numbers = { smartgroup: [] as number[], nordlys: [] as number[] }
  for (const { id, seller } of orders) {
    await dispatch(id)
    const { documents } = await eventually('the invoice', async () => {
      const view = await payments(id)
      return view.documents.length > 0 && view
    })
    numbers[seller as 'nordlys'].push(documents[0].number)
  }
  t.strictSame(numbers, { smartgroup: [1, 2], nordlys: [1, 2, 3] })
})

const dispatch = (orderId: string) =>
  transact(deps, (trx) => {
    const at = house.clock.now().toString()
    const lines = [{ lineId: '1', quantity: 1 }]
    return handle(trx, { type: 'RecordDispatch', data: { orderId, shipmentId: crypto.randomUUID(), at, lines } }, deps)
  })

const placedEvent = (orderId: string) =>
  db
    .selectFrom('outbox')
    .select('data')
    .where('aggregate_id', '=', orderId)
    .where('aggregate_version', '=', 1)
    .executeTakeFirstOrThrow()
