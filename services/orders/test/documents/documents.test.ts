import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { extractText } from 'unpdf'
import { pageOf } from '../alarming.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'
import { brokenRules } from './ubl-rules.ts'

const house = await startOrdersForTest(t)
const { app, call, klarna, mailbox } = house
const { dispatch, reaches, refund } = paying(house)
await house.stock()

const company = { kind: 'business', name: 'Bedrift Øst AS', organisationNumber: '999615147' }
const billingAddress = { ...house.address, name: 'Postmottak', street: 'Postboks 1', postalCode: '0101' }

/** An order that is paid, confirmed and sent, with its invoice. */
async function sent(customer?: object) {
  const email = `kjoper.${crypto.randomUUID()}@example.com`
  const asked = customer === undefined ? {} : { customerKind: 'business' }
  const body = house.orderOf(await house.quote(asked), { email, ...(customer && { customer, billingAddress }) })
  const { body: order } = await call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
  klarna.approve(await pageOf(order.payment.url))
  await reaches(order.id, 'formed')
  await dispatch(order.id)
  return { order, email, items: await listed(order.id, 1) }
}

const listed = (id: string, count: number) =>
  eventually(`${count} documents`, async () => {
    const { items } = (await call('storefront', 'GET', `/orders/${id}/documents`)).body
    return items.length === count && items
  })
const file = (url: string, role = 'storefront') =>
  app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${role}` } })
const pdfText = async (bytes: Uint8Array) => (await extractText(new Uint8Array(bytes), { mergePages: true })).text

t.test('an invoice and the credit note of what came back are listed, and each is there as PDF', async (t) => {
  const { order, email, items } = await sent()
  t.hasStrict(items[0], { series: 'invoice', amount: 19_900, vat: [{ rate: 2_500, gross: 19_900, vat: 3_980 }] })
  t.strictSame(items[0].links, { pdf: `/orders/${order.id}/documents/${items[0].id}/pdf` })
  await refund(order.id, 10_000)
  const [invoice, creditNote] = await listed(order.id, 2)
  t.hasStrict(creditNote, { series: 'credit-note', invoices: [invoice.number], amount: 10_000 })
  const answer = await file(creditNote.links.pdf)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'application/pdf')
  t.match(answer.headers['content-disposition'], /filename="credit-note-\d+\.pdf"/)
  const text = await pdfText(answer.rawPayload)
  for (const said of [`Credits invoice ${invoice.number}`, '999 615 147 MVA', 'Foretaksregisteret', 'Kari Eksempel'])
    t.ok(text.includes(said), said)

  t.test('and came by mail, once each, with the same PDF', async (t) => {
    const mails = await eventually('both mails', async () => {
      const found = mailbox
        .to(email)
        .filter(({ attachments }) => /^(invoice|credit-note)/.test(attachments[0]?.filename ?? ''))
      return found.length === 2 && found
    })
    t.match(mails[0]!.subject, new RegExp(`^Goods of order ${order.number} have been sent$`))
    t.equal(mails[0]!.attachments[0]!.filename, `invoice-${invoice.number}.pdf`)
    t.match(mails[1]!.subject, new RegExp(`^We have paid back NOK.100\\.00 for order ${order.number}$`))
    t.match(mails[1]!.text, new RegExp(`^Credit note ${creditNote.number} is attached`, 'm'))
    t.ok(Buffer.from(mails[1]!.attachments[0]!.bytes).equals(answer.rawPayload))
  })
})

t.test('a business has them as EHF too, which keeps every rule, and says who bought', async (t) => {
  const { items } = await sent(company)
  const answer = await file(items[0].links.xml)
  t.equal(answer.headers['content-type'], 'application/xml')
  t.strictSame(brokenRules(answer.body), [])
  for (const said of ['Bedrift Øst AS', '999615147', 'Postboks 1']) t.ok(answer.body.includes(said), said)
  const text = await pdfText((await file(items[0].links.pdf)).rawPayload)
  for (const said of ['Bedrift Øst AS', '999615147', 'Postboks 1']) t.ok(text.includes(said), said)
})

t.test('a document stays as it was issued, whatever is corrected in the order later', async (t) => {
  const { order, items } = await sent()
  const before = (await file(items[0].links.pdf)).rawPayload
  const { personal } = await house.db
    .selectFrom('orders')
    .select('personal')
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow()
  const changed = {
    ...personal,
    name: 'Ola Annen',
    shippingAddress: { ...personal.shippingAddress, street: 'Ny gate 2' },
  }
  await house.db
    .updateTable('orders')
    .set({ personal: JSON.stringify(changed) })
    .where('id', '=', order.id)
    .execute()
  t.ok((await file(items[0].links.pdf)).rawPayload.equals(before))
})

t.test('they are for whom the order belongs to and for staff', async (t) => {
  const { order, items } = await sent(company)
  const urls = [`/orders/${order.id}/documents`, items[0].links.pdf, items[0].links.xml]
  for (const url of urls) {
    t.equal((await file(url, 'support')).statusCode, 200)
    assertProblem(await call('nobody', 'GET', url), 401, 'token-missing', /bearer token/)
    assertProblem(await call('mailer', 'GET', url), 403, 'scope-missing', /orders:read/)
    assertProblem(await call('customer', 'GET', url), 404, 'order-unknown', /no such order/)
  }
})

t.test('what is not there is not found, and a consumer has no EHF', async () => {
  const { order, items } = await sent()
  const of = (name: string, format: string) => `/orders/${order.id}/documents/${name}/${format}`
  assertProblem(
    await call('storefront', 'GET', of('invoice-999999', 'pdf')),
    404,
    'document-unknown',
    /no such document/,
  )
  assertProblem(await call('storefront', 'GET', of('receipt-1', 'pdf')), 400, 'invalid-input', /params\.document/)
  assertProblem(await call('storefront', 'GET', of(items[0].id, 'xml')), 409, 'document-not-electronic', /Take the PDF/)
})

t.test('an order is found by the number of a document, by its payment and by who a business is', async (t) => {
  const { order, items } = await sent(company)
  const found = async (query: string, role = 'support') =>
    (await call(role, 'GET', `/orders?${query}`)).body.items.map(({ id }: { id: string }) => id)
  const [{ paymentId }] = (await call('support', 'GET', `/orders/${order.id}/payments`)).body.accounts
  for (const query of [`document=${items[0].number}`, `payment=${paymentId}`])
    t.strictSame(await found(query), [order.id], query)
  t.ok((await found(`organisationNumber=${company.organisationNumber}`)).includes(order.id))
  t.strictSame(await found(`organisationNumber=974760673&document=${items[0].number}`), [])
  t.strictSame(await found('document=987654321'), [])
  t.strictSame(await found(`document=${items[0].number}`, 'customer'), [], 'not by whose it is not')
  assertProblem(await call('support', 'GET', '/orders?document=0'), 400, 'invalid-input', /document/)
})
