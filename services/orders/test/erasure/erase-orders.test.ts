import { ERASED } from '@vilkar/contracts/erased.ts'
import type { Kept } from '@vilkar/contracts/privacy.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { keptOfErased } from '@vilkar/personal-data/erased-orders.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { eraseOrders } from '../../erasure/erase-orders.ts'
import { keepDecision } from '../../money/decisions.ts'
import { onPayoutDecided } from '../../money/reactions/on-payout-decided.ts'
import { onRefundDecided } from '../../money/reactions/on-refund-decided.ts'
import { onLossSettled } from '../../order/reactions/on-loss-settled.ts'
import { onRecallNoticeAsked } from '../../order/reactions/on-recall-notice-asked.ts'
import { dispatch, formed, tell } from '../alarming.ts'
import type { OrdersForTest } from '../orders-service.ts'

/** Whoever bought, in every test. */
const PERSON = ['Kari Eksempel', 'Storgata 1', 'kari@example.com']
const NOTHING = { blanked: 0, deleted: 0, events: 0, files: 0 }

const eraseNow = (house: OrdersForTest, orderIds: string[], keeps: Kept[] = ['accounts']) =>
  transact(house.deps, (trx) => eraseOrders(trx, house.deps, { erasureId: crypto.randomUUID(), orderIds, keeps }))

/** An order whose goods were received, once nothing of it is under way. */
async function delivered(t: Parameters<typeof formed>[0]) {
  const shop = await formed(t)
  const { house, id } = shop
  const sent = await dispatch(house, id)
  const { shipmentId } = sent.stored!.state.shipments[0]!
  const at = house.clock.now().toString()
  await tell(house, { type: 'RecordDelivery', data: { orderId: id, shipmentId, at } })
  await eventually('the order to be at rest', async () => {
    const { rowCount } = await house.pool.query(
      `select from money_operation where status <> 'done' union all select from mail where status = 'queued'`,
    )
    return rowCount === 0
  })
  return shop
}

t.test('an order that is not at rest is not touched, and says why', async (t) => {
  const { house, id } = await formed(t)
  const answer = await eraseNow(house, [id])
  t.strictSame(answer.postponed, [{ orderId: id, why: 'order-open' }])
  t.strictSame([answer.erased, answer.counts], [[], NOTHING])
  t.equal(await keptOfErased(house.db, id), undefined)
  t.ok((await placesOf(house.pool, PERSON)).includes('orders.personal->email'))
})

t.test('nor is one of which a parcel is still to come; one whose lost parcel is paid back is at rest', async (t) => {
  const { house, id } = await formed(t)
  const sent = await dispatch(house, id)
  const { shipmentId, lines } = sent.stored!.state.shipments[0]!
  const why = async () => (await eraseNow(house, [id])).postponed[0]?.why
  await eventually('the money to be at rest', async () => (await why()) === 'order-open')
  const settled = { ...example('LossSettled').data, orderId: id, shipmentId, choice: 'refund' as const }
  await transact(house.deps, (trx) => onLossSettled(trx, house.deps, { ...settled, lines } as never))
  await eventually('it to be at rest', async () => (await why()) === undefined)
})

t.test('nor is one of which money is still to be paid', async (t) => {
  const { house, id } = await delivered(t)
  const payout = { ...example('PayoutDecided').data, orderId: id }
  await transact(house.deps, (trx) => onPayoutDecided(trx, house.deps, payout as never))
  t.strictSame((await eraseNow(house, [id])).postponed, [{ orderId: id, why: 'money-open' }])
})

t.test('an order at rest is erased, once; one that is not known here has nothing', async (t) => {
  const { house, id } = await delivered(t)
  const stranger = crypto.randomUUID()
  const first = await eraseNow(house, [id, stranger])
  t.strictSame([first.erased, first.postponed], [[id, stranger], []])
  t.ok(first.counts.blanked > 0 && first.counts.events > 0)
  t.strictSame(await keptOfErased(house.db, id), ['accounts'])
  t.strictSame((await eraseNow(house, [id])).counts, NOTHING)
  const left = await placesOf(house.pool, PERSON)
  t.ok(left.length > 0 && left.every((place) => place.startsWith('sales_document.buyer->')), left.join())
  t.ok((await eraseNow(house, [id], [])).counts.blanked > 0)
  t.strictSame(await placesOf(house.pool, PERSON), [])
  t.strictSame(await keptOfErased(house.db, id), [])
})

t.test('what is paid back of an order after it was erased has a credit note to whom the invoice is', async (t) => {
  const { house, id } = await delivered(t)
  t.strictSame((await eraseNow(house, [id])).postponed, [])
  const lines = [{ lineId: '1', quantity: 1, amount: 10_000 }]
  const decided = { ...example('RefundDecided').data, orderId: id, lines, amount: 10_000, deliveryAmount: 0 }
  await transact(house.deps, (trx) => onRefundDecided(trx, house.deps, decided as never))
  const buyers = async (series: string) =>
    (await house.pool.query('select buyer from sales_document where order_id = $1 and series = $2', [id, series])).rows
  const [creditNote] = await eventually('the credit note', async () => {
    const found = await buyers('credit-note')
    return found.length > 0 && found
  })
  t.strictSame(creditNote, (await buyers('invoice'))[0])
  t.equal(creditNote.buyer.name, PERSON[0])
})

t.test('sales documents and the ledger are what they were', async (t) => {
  const { house, id } = await delivered(t)
  const books = async () => {
    const read = (what: string) => house.pool.query(what).then(({ rows }) => rows)
    return [
      await read(`select to_jsonb(each) - 'buyer' as row from sales_document each order by position`),
      await read('select to_jsonb(each) as row from ledger_entry each order by id'),
      await read('select to_jsonb(each) as row from payment_account each'),
    ]
  }
  const before = await books()
  await eraseNow(house, [id], [])
  t.strictSame(await books(), before)
  t.equal((await house.call('support', 'GET', `/orders/${id}/documents`)).body.items.length, 1)
})

t.test(
  'while they are kept for the accounts, whoever keeps those reads sales documents, and nobody else',
  async (t) => {
    const { house, id } = await delivered(t)
    const [{ links }] = (await house.call('support', 'GET', `/orders/${id}/documents`)).body.items
    const read = async (role: string) =>
      (await house.app.inject({ method: 'GET', url: links.pdf, headers: { authorization: `Bearer ${role}` } }))
        .statusCode
    t.equal(await read('support'), 200)
    await eraseNow(house, [id])
    t.equal(await read('support'), 403)
    t.equal(await read('manager'), 200)
    await eraseNow(house, [id], [])
    t.equal(await read('support'), 200)
  },
)

t.test('staff collect what is kept of a person, and nobody else does', async (t) => {
  const { house, id } = await delivered(t)
  const url = `/personal-data/${id}`
  const places = async () =>
    (await house.call('support', 'GET', url)).body.items.map(({ place }: { place: string }) => place)
  t.ok((await places()).includes('orders.personal->email'))
  for (const role of ['customer', 'storefront', 'mailer']) t.equal((await house.call(role, 'GET', url)).status, 403)
  t.equal((await house.call('nobody', 'GET', url)).status, 401)
  await eraseNow(house, [id], [])
  t.notOk((await places()).includes('orders.personal->email'))
  t.strictSame((await house.call('support', 'GET', `/personal-data/${crypto.randomUUID()}`)).body.items, [])
})

t.test('nobody changes a sales document otherwise, or names its buyer anew', async (t) => {
  const { house } = await delivered(t)
  for (const change of [
    'amount = amount + 1',
    `vat = '[]'`,
    'buyer = null',
    `buyer = buyer || '{"name": "Ola"}'`,
    `buyer = erased(buyer, ''), amount = amount + 1`,
  ])
    await t.rejects(house.pool.query(`update sales_document set ${change}`), { code: '23001' }, change)
  await t.rejects(house.pool.query('delete from sales_document'))
})

t.test('what a mail server says later names nobody, and changes nothing', async (t) => {
  const { house, id, read } = await delivered(t)
  await eraseNow(house, [id])
  const { rows: mails } = await house.pool.query('select id from mail where about_id = $1', [id])
  for (const mail of mails) {
    const said = { event: 'hard_bounce', 'message-id': `<${mail.id}@shop.example>`, reason: `550 <${PERSON[2]}>` }
    t.equal((await house.call('mailer', 'POST', '/mail/events', said)).status, 204)
  }
  t.equal((await read()).status, 'delivered')
  t.ok((await placesOf(house.pool, PERSON)).every((place) => place.startsWith('sales_document.buyer->')))
})

t.test('whoever cannot be written to any more is not: a recall says that they are unreachable', async (t) => {
  const { house, id, read } = await delivered(t)
  await eraseNow(house, [id])
  house.mailbox.clear()
  const asked = { ...example('RecallNoticeAsked').data, orderId: id }
  await transact(house.deps, (trx) => onRecallNoticeAsked(trx, house.deps, asked as never))
  await eventually('the recall to be settled', async () => {
    const { rowCount } = await house.pool.query(`select from outbox where type = 'RecallNoticeSettled'`)
    return rowCount === 1
  })
  const { rows } = await house.pool.query(`select data from outbox where type = 'RecallNoticeSettled'`)
  t.equal(rows[0].data.outcome, 'unreachable')
  t.strictSame(house.mailbox.mails(), [])
  t.equal((await read()).customer.email, ERASED)
})

t.test(
  'what a person writes of an alarm or a payment of an erased order is told, and gone when it is erased again',
  async (t) => {
    const { house, id } = await delivered(t)
    const tolds = async () => {
      const { rows } = await house.pool.query(`select data from outbox where type = 'OrderWrittenSince' order by seq`)
      return rows.map(({ data }) => data.orderId)
    }
    const resolve = async (about: { order_id?: string; about?: string }) => {
      const { rows } = await house.pool.query(
        `insert into alarm (id, order_id, about, kind, detail, raised_at)
       values (gen_random_uuid(), $1, $2, 'refund-declined', '{}', now()) returning id`,
        [about.order_id, about.about],
      )
      const done = { done: 'Ringte Solveig Sen' }
      const { status } = await house.call('support', 'PUT', `/alarms/${rows[0].id}/resolution`, done)
      t.equal(status, 200)
    }
    await resolve({ order_id: id })
    t.strictSame(await tolds(), [], 'it is held as usual')
    t.strictSame((await eraseNow(house, [id])).postponed, [])
    const { rows } = await house.pool.query(
      `update money_operation set status = 'declined' where order_id = $1 and id = (select id from money_operation where order_id = $1 limit 1)
     returning id`,
      [id],
    )
    await resolve({ order_id: id })
    await resolve({ about: rows[0].id })
    const said = { by: 'support', reason: 'Solveig Sen ringte' }
    await transact(house.deps, (trx) =>
      keepDecision(trx, house.deps, { id: rows[0].id, orderId: id, attempt: 1 }, 'not-executed', said),
    )
    t.strictSame(await tolds(), [id, id, id])
    t.not((await placesOf(house.pool, ['Solveig Sen'])).length, 0)
    await house.pool.query(`update money_operation set status = 'done' where id = $1`, [rows[0].id])
    t.strictSame((await eraseNow(house, [id])).postponed, [])
    t.strictSame(await placesOf(house.pool, ['Solveig Sen']), [])
  },
)
