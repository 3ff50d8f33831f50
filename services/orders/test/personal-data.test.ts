import assert from 'node:assert/strict'
import { allEvents } from '@vilkar/contracts/all-events.ts'
import { ERASED } from '@vilkar/contracts/erased.ts'
import type { Kept } from '@vilkar/contracts/privacy.ts'
import { collect } from '@vilkar/personal-data/collect.ts'
import { erase } from '@vilkar/personal-data/erase.ts'
import { holdingFaults } from '@vilkar/personal-data/places.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import { columnFaults, eventFaults, isLeft, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { raiseAlarm } from '../alarms/alarms.ts'
import { holding, idsOf } from '../erasure/holding.ts'
import { handle } from '../order/handle.ts'
import { onAddressChangeAnswered } from '../order/reactions/on-address-change-answered.ts'
import { personalData } from '../personal-data.ts'
import { startOrdersForTest } from './orders-service.ts'
import { paying } from './paying.ts'

const house = await startOrdersForTest(t, { payAt: 'klarna-payments' })
const { call, db, deps, pool } = house
const { reaches, paymentsWhen } = paying(house)
await house.stock()

t.test('every column of the database is judged', async (t) => t.strictSame(await columnFaults(pool, personalData), []))

t.test('every field of an event that may be personal is judged', async (t) =>
  t.strictSame(eventFaults(allEvents.orders, personalData), []),
)

const PERSON = {
  name: 'Mikkel Rørvik',
  street: 'Fjellveien 77',
  email: 'mikkel@rorvik.example',
  phone: '+47 900 11 222',
}
const ORGANISATION = '974760673'
const PARCEL = { carrier: 'Posten', trackingNumber: 'TEST1234567NO' }
const [FOUND_BY, DECIDED_BY, MOVED_TO] = ['Kim Funnstad', 'Robin Avgjørsen', 'Dalsvingen 8']
const NOTHING = { blanked: 0, deleted: 0, events: 0, files: 0 }
const NOTE = 'Mikkel was called and agrees.'

async function say(...request: Parameters<typeof call>) {
  const { status, text } = await call(...request)
  assert.ok(status < 300, `${request[2]}: ${status} ${text}`)
}

const lastRequest = async (id: string) =>
  (await call('support', 'GET', `/orders/${id}/history`)).body.items.at(-1).data.requestId

/** A business buys at Klarna, gets a part, bounces and is corrected; staff look at an alarm and compare a day. */
async function story() {
  const address = { ...house.address, name: PERSON.name, street: PERSON.street, phone: PERSON.phone }
  const body = house.orderOf(
    await house.quote({ customerKind: 'business', lines: [{ sku: 'SENSOR-1', quantity: 2 }] }),
    {
      customer: { kind: 'business', name: PERSON.name, organisationNumber: ORGANISATION },
      email: PERSON.email,
      shippingAddress: address,
      billingAddress: address,
    },
  )
  const { body: order } = await call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
  const { id, number } = order as { id: string; number: string }
  const widget = await eventually(
    'the widget',
    async () => (await call('support', 'GET', `/orders/${id}`)).body.payment.widget,
  )
  const { authorization_token: approval } = house.klarna.authorize(widget.value.replace('simulated-', '')) as {
    authorization_token: string
  }
  await reaches(id, 'formed')

  const at = deps.clock.now().toString()
  const parcel = { ...PARCEL, shipmentId: crypto.randomUUID(), lines: [{ lineId: '1', quantity: 1 }] }
  const confirmation = await db
    .selectFrom('mail')
    .select('id')
    .where('kind', '=', 'confirmation')
    .executeTakeFirstOrThrow()
  await say('mailer', 'POST', '/mail/events', {
    event: 'hard_bounce',
    'message-id': `<${confirmation.id}@shop.example>`,
    reason: `550 5.1.1 <${PERSON.email}> is unknown`,
  })
  await say('storefront', 'PUT', `/orders/${id}/email`, { email: `new.${PERSON.email}`, why: NOTE })
  await reaches(id, 'formed')
  const move = (street: string) =>
    say('storefront', 'PUT', `/orders/${id}/shipping-address`, { shippingAddress: { ...address, street }, why: NOTE })
  await move(MOVED_TO)
  const moved = { orderId: id, requestId: await lastRequest(id), changed: true, left: [parcel.shipmentId] }
  await db.transaction().execute((trx) => onAddressChangeAnswered(trx, deps, { ...moved, answeredAt: at }))
  const mistake = { foundBy: FOUND_BY, why: NOTE }
  const url = `/orders/${id}/cancellation`
  await say('support', 'PUT', url, { by: 'seller', reason: 'pricing-error', mistake })
  const { requestId } = (await call('support', 'GET', `/orders/${id}`)).body.proposal
  await say('manager', 'PUT', `${url}/approval`, { requestId, verdict: 'declined', by: DECIDED_BY })
  await db
    .transaction()
    .execute((trx) => handle(trx, { type: 'RecordDispatch', data: { orderId: id, at, ...parcel } }, deps))
  const { accounts } = await paymentsWhen('the capture', id, (view) => view.accounts[0].captured > 0)
  await move(`${MOVED_TO} B`)

  await db
    .transaction()
    .execute((trx) => raiseAlarm(trx, { orderId: id, kind: 'reconciliation-drift', detail: {}, at }))
  const [alarm] = (await call('support', 'GET', '/alarms')).body.items
  await say('support', 'PUT', `/alarms/${alarm.id}/resolution`, { done: NOTE })
  const offered = { lines: [{ sku: 'SENSOR-1', quantity: 1, unitPrice: 9_000 }], currency: 'NOK', reason: NOTE }
  const until = deps.clock.now().add({ hours: 24 }).toString()
  await say('support', 'PUT', `/orders/${id}/price-offers/${crypto.randomUUID()}`, { ...offered, until })
  await say('support', 'POST', '/payments/reconciliation', { date: at.slice(0, 10) })
  return { id, number, approval, paymentId: accounts[0].paymentId as string }
}

t.test('an erasure reaches every place that the map does not say to stay', async (t) =>
  t.strictSame(holdingFaults(holding), []),
)

t.test('whatever is personal in an order and its payment stands where the map says, and nowhere else', async (t) => {
  const { id, number, approval, paymentId } = await story()
  const person = [...Object.values(PERSON), ORGANISATION, roles.storefront.subject]
  const names = [...person, number, approval, paymentId, PARCEL.trackingNumber, NOTE, FOUND_BY, DECIDED_BY, MOVED_TO]
  // The subject of the staff member is a word of the terms too, which many mails have.
  const ofStaff = (await placesOf(pool, [roles.support.subject])).filter((place) => place !== 'mail_attachment.content')
  const found = [...new Set([...(await placesOf(pool, names)), ...ofStaff])]
  for (const place of [
    'idempotency.body',
    'jobs.job.data->hint->approvalToken',
    'mail.message',
    'alarm.resolution',
    'price_offer.reason',
  ])
    t.ok(found.includes(place), `the story left nothing in ${place}`)
  t.strictSame(
    found.filter((place) => !isMapped(place, personalData)),
    [],
  )

  await t.test('an export has it, and who of the staff did what it has not', async (t) => {
    const collected = await collect(db, holding, await idsOf(db, [id]))
    for (const place of ['orders.personal->email', 'mail.message', 'outbox.data->OrderPlaced.personal.name'])
      t.ok(
        collected.some((each) => each.place === place),
        place,
      )
    t.ok(JSON.stringify(collected).includes(PERSON.street))
    const mails = collected.flatMap(({ place, value }) => (place === 'mail.message' ? [value] : []))
    t.ok(mails.length > 1)
    for (const mail of mails) t.match(mail, { subject: /\S/, sentAt: /Z$/, text: /\S/ }, 'a mail as it was read')
    t.match(JSON.stringify(mails), /"attachments":\["[^\]]+\.pdf"/, 'whose attachments are kept elsewhere, and named')
    t.notOk(JSON.stringify(collected).includes(DECIDED_BY))
  })

  await t.test(
    'an erasure leaves who bought as long as accounts are kept, and then nothing but what the map says stays',
    async (t) => {
      const ids = await idsOf(db, [id])
      const eraseNow = (keeps: Kept[]) =>
        db.transaction().execute((trx) => erase(trx, holding, ids, { keeps, at: deps.clock.now().toString() }))
      const theirs = [...person, approval, NOTE, MOVED_TO]
      const counts = await eraseNow(['accounts'])
      t.ok(counts.blanked > 0 && counts.deleted > 0 && counts.events > 0, JSON.stringify(counts))
      const left = await placesOf(pool, theirs)
      t.ok(left.length > 0)
      t.strictSame(
        left.filter((place) => !place.startsWith('sales_document.buyer->')),
        [],
      )
      t.strictSame(await eraseNow(['accounts']), NOTHING)
      t.ok((await eraseNow([])).blanked > 0)
      t.strictSame(await placesOf(pool, theirs), [])
      t.strictSame(await eraseNow([]), NOTHING)
      t.strictSame(
        (await placesOf(pool, names)).filter((place) => !isLeft(place, personalData)),
        [],
      )
    },
  )

  await t.test('what is left is read at every door', async (t) => {
    for (const url of ['', '/history', '/payments', '/documents'])
      t.equal((await call('support', 'GET', `/orders/${id}${url}`)).status, 200, url)
    t.equal((await call('support', 'GET', `/orders/${id}`)).body.customer.email, ERASED)
    const [invoice] = (await call('support', 'GET', `/orders/${id}/documents`)).body.items
    const headers = { authorization: 'Bearer support' }
    const pdf = await house.app.inject({ method: 'GET', url: invoice.links.pdf, headers })
    t.equal(pdf.statusCode, 200)
    t.strictSame((await call('support', 'GET', `/orders?email=${PERSON.email}`)).body.items, [])
  })
})
