import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { dispatch, formed, tell } from '../alarming.ts'
import type { OrdersForTest } from '../orders-service.ts'

type Listed = { id: string; kind: string; status: string; content: string; subject?: string; to?: string; at: string }
const listed = async (house: OrdersForTest, id: string, query = '') =>
  (await house.call('support', 'GET', `/orders/${id}/mails${query}`)).body as { items: Listed[]; next?: string }
const mailsAtRest = (house: OrdersForTest) =>
  eventually('every mail to have gone out', async () => {
    const { rowCount } = await house.pool.query(`select from mail where status = 'queued'`)
    return rowCount === 0
  })

t.test('the mails about an order are read as they were sent, the oldest first, with what was attached', async (t) => {
  const { house, id } = await formed(t)
  await mailsAtRest(house)
  const { items, next } = await listed(house, id)
  const got = house.mailbox.to('kari@example.com')
  t.strictSame(
    items.map(({ subject, to, status, content }) => ({ subject, to, status, content })),
    got.map(({ subject }) => ({ subject, to: 'kari@example.com', status: 'accepted', content: 'kept' })),
  )
  t.equal(next, undefined)
  const confirmation = items.findIndex(({ kind }) => kind === 'confirmation')
  const { body } = await house.call('support', 'GET', `/mails/${items[confirmation]!.id}`)
  const { text, attachments } = got[confirmation]!
  t.equal(body.text, text.trimEnd())
  t.strictSame(
    body.attachments.map(({ filename }: { filename: string }) => filename),
    attachments.map(({ filename }) => filename),
  )
  for (const [i, { bytes, filename }] of attachments.entries()) {
    const url = `/mails/${body.id}/attachments/${i + 1}`
    const file = await house.app.inject({ url, headers: { authorization: 'Bearer support' } })
    t.ok(file.rawPayload.equals(Buffer.from(bytes)), url)
    t.match(file.headers['content-type'], filename.endsWith('.pdf') ? 'application/pdf' : 'text/markdown')
    t.equal(body.attachments[i].bytes, bytes.length)
  }
})

t.test('they are listed page by page', async (t) => {
  const { house, id } = await formed(t)
  await mailsAtRest(house)
  const all = (await listed(house, id)).items
  t.ok(all.length > 1)
  const paged: Listed[] = []
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const { items, next } = await listed(house, id, `?limit=1${after === undefined ? '' : `&after=${after}`}`)
    t.equal(items.length, 1)
    paged.push(...items)
    after = next
  }
  t.strictSame(paged, all)
})

t.test('one that is still to be written has no subject, and one that came back says why', async (t) => {
  const { house, id } = await formed(t)
  await mailsAtRest(house)
  const [first, second] = (await listed(house, id)).items
  await house.pool.query(`update mail set status = 'queued', message = null, settled_at = null where id = $1`, [
    first!.id,
  ])
  await house.pool.query(`update mail set status = 'bounced', response = '550 no such box' where id = $1`, [second!.id])
  const { items } = await listed(house, id)
  t.hasStrict(items, [
    { status: 'queued', content: 'unwritten' },
    { status: 'bounced', content: 'kept', response: '550 no such box' },
  ])
  t.notOk('subject' in items[0]!)
})

t.test('once the order is erased, a mail says so and nothing else', async (t) => {
  const { house, id } = await formed(t)
  const sent = await dispatch(house, id)
  const { shipmentId } = sent.stored!.state.shipments[0]!
  await tell(house, { type: 'RecordDelivery', data: { orderId: id, shipmentId, at: house.clock.now().toString() } })
  await eventually('the order to be at rest', async () => {
    const { rowCount } = await house.pool.query(`select from money_operation where status <> 'done'`)
    return rowCount === 0
  })
  await mailsAtRest(house)
  const erasure = { erasureId: crypto.randomUUID(), orderIds: [id], keeps: ['accounts' as const] }
  await transact(house.deps, (trx) => eraseOrders(trx, house.deps, erasure))
  const { items } = await listed(house, id)
  t.ok(items.length > 0)
  for (const mail of items) {
    t.strictSame([mail.content, mail.to, mail.subject], ['erased', undefined, undefined])
    const { body } = await house.call('support', 'GET', `/mails/${mail.id}`)
    t.strictSame([body.text, body.attachments], [undefined, []])
  }
})

t.test('they are for staff alone, and of what is not there nothing is said', async (t) => {
  const { house, id } = await formed(t)
  await mailsAtRest(house)
  const [{ id: mail } = { id: '' }] = (await listed(house, id)).items
  for (const url of [`/orders/${id}/mails`, `/mails/${mail}`, `/mails/${mail}/attachments/1`])
    t.equal((await house.call('storefront', 'GET', url)).status, 403)
  t.strictSame((await listed(house, crypto.randomUUID())).items, [])
  assertProblem(
    await house.call('support', 'GET', `/mails/${crypto.randomUUID()}`),
    404,
    'mail-unknown',
    /no such mail/,
  )
  assertProblem(
    await house.call('support', 'GET', `/mails/${mail}/attachments/99`),
    404,
    'mail-unknown',
    /no such mail/,
  )
  assertProblem(await house.call('support', 'GET', `/mails/${mail}/attachments/none`), 400, 'invalid-input', /number/)
})
