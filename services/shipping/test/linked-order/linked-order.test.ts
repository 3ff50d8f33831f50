import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { phonePicture } from '@vilkar/photos/test/pictures.ts'
import { orderLink } from '@vilkar/server/signed-links.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { sql } from 'kysely'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const EMAIL = 'kari@example.com'
const LEFT = '2026-06-02T12:00:00Z'
const { app, deps, clock, call, hear, requested } = await startShippingForTest()

const linkTo = (orderId: string, email = EMAIL) => deps.links.sign(orderLink(orderId, email))
const personal = {
  email: EMAIL,
  shippingAddress: { name: 'Kari', street: 'A 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
}

/** An order of which a parcel left, and the link of its mails. */
async function sent() {
  clock.at = LEFT
  const { id, orderId } = await requested({ personal })
  const left = await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: 'T' })
  assert.equal(left.status, 200, JSON.stringify(left.body))
  return { id, orderId, link: await linkTo(orderId), lines: left.body.lines as { lineId: string; quantity: number }[] }
}
const parcels = (link: string) => call('nobody', 'GET', `/linked-order/parcels?link=${link}`)
const say = (link: string, shipmentId: string, change: object = {}, id: string = randomUUID()) =>
  call('nobody', 'PUT', `/linked-order/damage-reports/${id}`, {
    ...{ link, shipmentId, kind: 'lost', what: 'It never came.', ...change },
  })
const choose = (link: string, id: string, choice: string) =>
  call('nobody', 'PUT', `/linked-order/damage-reports/${id}/choice`, { link, choice })
const byWarehouse = (shipmentId: string) =>
  call('warehouse', 'PUT', `/damage-reports/${randomUUID()}`, {
    ...{ shipmentId, kind: 'lost', reportedBy: 'carrier', what: 'The carrier lost it. A note of ours.' },
  })

t.test(
  'whoever has the link sees the parcels of the order, and not who has them nor what the staff wrote',
  async (t) => {
    const { id, link, lines } = await sent()
    clock.at = '2026-06-04T12:00:00Z'
    await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Ola Nabo', takenBy: 'neighbour' })
    await byWarehouse(id)
    const { status, body } = await parcels(link)
    t.equal(status, 200)
    const [parcel] = body.items
    t.match(parcel, { id, status: 'left-elsewhere', carrier: 'X', trackingNumber: 'T', dispatchedAt: LEFT })
    t.strictSame(
      parcel.lines,
      lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    )
    t.strictSame(parcel.news, [{ report: 'left-elsewhere', occurredAt: clock.at }])
    t.match(parcel.reports, [{ kind: 'lost', reportedBy: 'carrier', choices: ['replacement', 'refund'] }])
    t.notMatch(JSON.stringify(body), /Ola|A note of ours|A 1/)
  },
)

t.test(
  'a customer says that a parcel never came; it is theirs to choose once it is more than their word',
  async (t) => {
    const { id, link } = await sent()
    const reportId = randomUUID()
    const said = await say(link, id, {}, reportId)
    t.equal(said.status, 200)
    t.match(said.body, { kind: 'lost', reportedBy: 'customer', what: 'It never came.', choices: [] })
    t.strictSame((await say(link, id, {}, reportId)).body, said.body, 'said twice it is one report')
    t.equal((await parcels(link)).body.items[0].reports.length, 1)
    t.match((await call('warehouse', 'GET', `/damage-reports/${reportId}`)).body, { reportedBy: 'customer' })

    const foresee = (by: string, choice = 'refund') =>
      call('nobody', 'POST', `/linked-order/damage-reports/${reportId}/choice/preview`, { link: by, choice })
    t.equal((await foresee(link)).body.type, '/problems/loss-not-known', 'it is foreseen as it would be')
    const early = await choose(link, reportId, 'refund')
    t.equal(early.status, 409)
    t.equal(early.body.type, '/problems/loss-not-known')
    t.equal((await call('support', 'PUT', `/damage-reports/${reportId}/claim`)).status, 200)
    t.match((await parcels(link)).body.items[0].reports[0], { choices: ['replacement', 'refund'] })
    const foreseen = await foresee(link)
    t.match(foreseen.body, { choice: 'refund', lines: said.body.lines, reasons: [{ cites: [{}] }] })
    t.equal((await foresee((await sent()).link)).status, 404, 'by the link of another order')
    t.match((await choose(link, reportId, 'refund')).body, { choice: 'refund', choices: [] })
    t.equal((await foresee(link, 'replacement')).body.type, '/problems/loss-settled')
    t.equal((await choose(link, reportId, 'replacement')).body.type, '/problems/loss-settled', 'it is chosen once')
  },
)

t.test('what the carrier says is lost is theirs to choose at once, and others are sent', async (t) => {
  const { id, link } = await sent()
  await call('warehouse', 'PUT', `/shipments/${id}/whereabouts`, { report: 'lost' })
  const { body } = await say(link, id)
  t.strictSame(body.choices, ['replacement', 'refund'])
  const chosen = await choose(link, body.id, 'replacement')
  t.equal(chosen.status, 200)
  const { items } = (await parcels(link)).body
  t.match(
    items.find((each: { id: string }) => each.id === chosen.body.replacementId),
    { status: 'requested' },
  )
})

t.test('of what was damaged there are pictures, and nothing to choose here', async (t) => {
  const { id, link, lines } = await sent()
  clock.at = '2026-06-04T12:00:00Z'
  await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const one = { kind: 'damaged', what: 'The box was crushed.', lines: [{ lineId: lines[0]!.lineId, quantity: 1 }] }
  const { status, body } = await say(link, id, one)
  t.equal(status, 200)
  t.strictSame(body.choices, [])
  const url = `/linked-order/damage-reports/${body.id}/photos?link=${link}`
  const added = await app.inject({
    method: 'POST',
    url,
    payload: await phonePicture(),
    headers: { 'content-type': 'image/jpeg' },
  })
  t.equal(added.statusCode, 201, added.body)
  t.equal((await call('nobody', 'GET', url)).body.items.length, 1)
  t.equal((await call('warehouse', 'GET', `/damage-reports/${body.id}/photos`)).body.items.length, 1, 'and for staff')
})

t.test('whatever is wrong with a link, and whatever of another order is named, the answer is the same', async (t) => {
  const [one, other] = [await sent(), await sent()]
  const { body: report } = await say(other.link, other.id)
  const unknown = (await parcels('x')).body
  t.equal(unknown.type, '/problems/link-unknown')
  const wrong = [await linkTo(randomUUID()), await linkTo(one.orderId, 'ola@example.com')]
  wrong.push(await deps.links.sign({ ...orderLink(one.orderId, EMAIL), purpose: 'photo' }))
  for (const link of wrong) {
    t.strictSame((await parcels(link)).body, unknown)
    t.strictSame((await say(link, one.id)).body, unknown)
    t.strictSame((await choose(link, report.id, 'refund')).body, unknown)
  }
  t.strictSame((await say(one.link, other.id)).body, (await say(one.link, randomUUID())).body)
  t.strictSame(
    (await choose(one.link, report.id, 'refund')).body,
    (await choose(one.link, randomUUID(), 'refund')).body,
  )
  const photos = (id: string) => call('nobody', 'GET', `/linked-order/damage-reports/${id}/photos?link=${one.link}`)
  t.strictSame((await photos(report.id)).body, (await photos(randomUUID())).body)
})

t.test(
  'a link that was mailed to the wrong address opens nothing once it is corrected, and the new one does',
  async (t) => {
    const { orderId, link } = await sent()
    await hear('EmailCorrected', orderId, { wasFormed: undefined, personal: { email: 'Kari.E@example.com' } })
    t.equal((await parcels(link)).status, 404)
    t.equal((await parcels(await linkTo(orderId, 'kari.e@example.com'))).status, 200)
  },
)

t.test('an order from before addresses were kept is opened by no link, until its address is told anew', async (t) => {
  const { link, orderId } = await sent()
  await sql`update order_to_ship set link_address = null where order_id = ${orderId}`.execute(deps.db)
  assertProblem(await parcels(link), 404, 'link-unknown', /not whole/)
  await hear('EmailCorrected', orderId, { wasFormed: undefined, personal: { email: EMAIL } })
  t.equal((await parcels(link)).status, 200)
})

t.test('who withdrew from lost goods is sent no others: they have their money, and may say so', async (t) => {
  const { id, orderId, link, lines } = await sent()
  const { body: lost } = await byWarehouse(id)
  await hear('WithdrawalDeclared', orderId, { returnId: randomUUID(), lines })
  const [parcel] = (await parcels(link)).body.items
  t.strictSame(parcel.reports[0].choices, ['refund'])
  const foreseen = await call('nobody', 'POST', `/linked-order/damage-reports/${lost.id}/choice/preview`, {
    ...{ link, choice: 'replacement' },
  })
  for (const answer of [foreseen, await choose(link, lost.id, 'replacement')])
    assertProblem(answer, 409, 'units-withdrawn', /paid back/)
  t.match(await choose(link, lost.id, 'refund'), { status: 200, body: { choice: 'refund' } })
})
