import assert from 'node:assert/strict'
import { allEvents } from '@vilkar/contracts/all-events.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import { columnFaults, eventFaults, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { raiseAlarm } from '../alarms/alarms.ts'
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
  await say('support', 'POST', '/payments/reconciliation', { date: at.slice(0, 10) })
  return { number, approval, paymentId: accounts[0].paymentId as string }
}

t.test('whatever is personal in an order and its payment stands where the map says, and nowhere else', async (t) => {
  const { number, approval, paymentId } = await story()
  const person = [...Object.values(PERSON), ORGANISATION, roles.storefront.subject]
  const names = [...person, number, approval, paymentId, PARCEL.trackingNumber, NOTE, FOUND_BY, DECIDED_BY, MOVED_TO]
  // The subject of the staff member is a word of the terms too, which many mails have.
  const ofStaff = (await placesOf(pool, [roles.support.subject])).filter((place) => place !== 'mail_attachment.content')
  const found = [...new Set([...(await placesOf(pool, names)), ...ofStaff])]
  for (const place of ['idempotency.body', 'jobs.job.data->hint->approvalToken', 'mail.message', 'alarm.resolution'])
    t.ok(found.includes(place), `the story left nothing in ${place}`)
  t.strictSame(
    found.filter((place) => !isMapped(place, personalData)),
    [],
  )
})
