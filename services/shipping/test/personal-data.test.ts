import { allEvents } from '@vilkar/contracts/all-events.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { collect } from '@vilkar/personal-data/collect.ts'
import { erase } from '@vilkar/personal-data/erase.ts'
import { holdingFaults } from '@vilkar/personal-data/places.ts'
import { linkAddress } from '@vilkar/server/signed-links.ts'
import { roles } from '@vilkar/testing/issuer.ts'
import { columnFaults, eventFaults, isLeft, isMapped, placesOf } from '@vilkar/testing/personal-data.ts'
import t from 'tap'
import { holding, idsOf } from '../erasure/holding.ts'
import { checkFailures } from '../failed/jobs/watch-failed.ts'
import { personalData } from '../personal-data.ts'
import { checkRecalls } from '../serials/jobs/watch-recalls.ts'
import { startShippingForTest } from './shipping-service.ts'

const { pool, db, clock, deps, hear, call, requested } = await startShippingForTest()

t.test('every column of the database is judged', async (t) => t.strictSame(await columnFaults(pool, personalData), []))

t.test('every field of an event that may be personal is judged', async (t) =>
  t.strictSame(eventFaults(allEvents.shipping, personalData), []),
)

t.test('whatever is personal in an order and its parcels stands where the map says, and nowhere else', async (t) => {
  const parcel = { carrier: 'Posten', trackingNumber: 'TEST1234567NO' }
  const receivedBy = 'Ola Nabo'
  const sent = await requested()
  await call('warehouse', 'PUT', `/shipments/${sent.id}/dispatch`, parcel)
  const neighbour = 'Nora Nabo'
  const place = 'Storgata 3, Nabo'
  await call('warehouse', 'PUT', `/shipments/${sent.id}/whereabouts`, { report: 'in-transit', place })
  await call('warehouse', 'PUT', `/shipments/${sent.id}/delivery`, { receivedBy: neighbour, takenBy: 'neighbour' })
  await call('warehouse', 'PUT', `/shipments/${sent.id}/delivery`, { receivedBy, takenBy: 'customer' })
  const why = 'It was a neighbour of the same name.'
  const delivered = { receivedBy: 'Kari Nabo', receivedAt: '2026-06-02T12:00:00Z', takenBy: 'customer' }
  await call('support', 'PUT', `/shipments/${sent.id}/delivery/correction`, { why, delivered })
  const agreed = 'Nora was said to be named by Kari.'
  const circumstance = { circumstance: { ownCarrier: true }, since: '2026-06-02T12:00:00Z', why: agreed }
  await call('support', 'PUT', `/shipments/${sent.id}/circumstances`, circumstance)
  await hear('AddressChangeRequested', sent.orderId)
  const held = await requested()
  await hear('AddressChangeRequested', held.orderId)
  await hear('ConfirmationBounced', held.orderId, { cause: '550 unknown: kari@eksempel.example' })
  await call('warehouse', 'PUT', `/shipments/${held.id}/dispatch`, parcel)

  const refused = await requested()
  const kept = { why: 'Kari vil hente den selv' }
  await call('warehouse', 'PUT', `/shipments/${refused.id}/dispatch`, { ...parcel, trackingNumber: 'NEI1234567NO' })
  await call('warehouse', 'PUT', `/shipments/${refused.id}/whereabouts`, { report: 'refused' })
  await checkFailures(deps)
  await call('support', 'PUT', `/shipments/${refused.id}/failed-delivery/closing`, kept)

  const [labelId, inbound] = [crypto.randomUUID(), crypto.randomUUID()]
  const returnId = crypto.randomUUID()
  await hear('ReturnLabelRequested', sent.orderId, { labelId, returnId })
  const label = { carrier: 'Posten', trackingNumber: 'RETUR7654321NO', code: 'BRING-4711-0815' }
  await call('support', 'PUT', `/return-labels/${labelId}`, label)
  const seen = {
    note: 'Esken var våt',
    serialNumber: 'SN-4711',
    done: 'Sendt tilbake til Kari',
    assignee: 'support-12',
  }
  const found0 = { sku: 'NO-SUCH', complete: true, wear: 'none', originalPackaging: true, fitForSale: true }
  const came = `/inbound-parcels/${inbound}`
  const known = { trackingNumber: 'INN1234567NO', orderNumber: 'SG-FREMMED', note: seen.note }
  await call('warehouse', 'PUT', came, known)
  await call('warehouse', 'PUT', `${came}/units/${crypto.randomUUID()}`, {
    ...{ ...found0, serialNumber: seen.serialNumber, note: seen.note },
  })
  await call('warehouse', 'PUT', `${came}/closing`, { content: 'units' })
  await call('support', 'PUT', `${came}/assignee`, { assignee: seen.assignee })
  await call('support', 'PUT', `${came}/settlement`, { done: seen.done })

  const corrected = { right: 'SN-RING-0816', typed: 'Kari tastet feil' }
  const recalled = {
    serialNumber: 'SN-RING-0815',
    why: 'Feilen er rettet av Kari',
    how: 'Kari ringte henne',
    ...corrected,
  }
  const ring = await requested()
  const numbered = { units: [{ lineId: '2', serialNumber: recalled.serialNumber }] }
  await call('warehouse', 'PUT', `/shipments/${ring.id}/packing`, numbered)
  await call('warehouse', 'PUT', `/shipments/${ring.id}/dispatch`, { ...parcel, ...numbered })
  const fixed = { units: [{ lineId: '2', serialNumber: recalled.right }], why: recalled.typed }
  await call('support', 'PUT', `/shipments/${ring.id}/units/correction`, fixed)
  const { hazard, whatToDo, remedies } = example('RecallNoticeAsked').data.notice
  const recall = `/recalls/${crypto.randomUUID()}`
  await call('support', 'PUT', recall, { sku: 'LOCK-1', hazard, whatToDo, remedies })
  await checkRecalls(deps)
  await call('support', 'PUT', `${recall}/notices/${ring.orderId}/told`, { how: recalled.how })
  await call('support', 'PUT', `${recall}/end`, { why: recalled.why })

  const { number, personal } = example('OrderPlaced').data
  const { name, street, postalCode } = personal.shippingAddress
  const texts = [
    personal.placedBy,
    ...[personal.email, linkAddress(sent.orderId, personal.email)],
    name,
    street,
    postalCode,
    number,
    ...[
      agreed,
      neighbour,
      place,
      receivedBy,
      delivered.receivedBy,
      why,
      example('AddressChangeRequested').data.personal.to.street,
    ],
    ...[parcel.trackingNumber, kept.why],
    ...[label.trackingNumber, label.code, known.trackingNumber, known.orderNumber, ...Object.values(seen)],
    ...Object.values(recalled),
    ...[roles.warehouse.subject, roles.support.subject],
  ]
  const found = await placesOf(pool, texts)
  t.strictSame(
    found.filter((place) => !isMapped(place, personalData)),
    [],
  )
  t.ok(found.includes('refusal.detail'))
  const own = Object.keys(personalData.columns).filter((place) =>
    /^(order_to_ship|shipment|return_parcel|inbound_parcel|inbound_unit|recall|recall_notice)\./.test(place),
  )
  t.strictSame(
    own.filter((named) => !found.some((place) => place.startsWith(named))),
    [],
  )

  await t.test('and erased, it stands only where the map says that it stays', async (t) => {
    t.strictSame(holdingFaults(holding), [])
    // What came in of no order that anybody knows is nobody's yet.
    const notTheirs = Object.values(seen)
    const { rows } = await pool.query<{ order_id: string }>('select order_id from order_to_ship')
    const orders = rows.map(({ order_id }) => order_id)
    const ids = await idsOf(db, orders)
    const collected = JSON.stringify(await collect(db, holding, ids))
    for (const said of [place, neighbour, street, recalled.how]) t.ok(collected.includes(said), said)
    const eraseNow = () => db.transaction().execute((trx) => erase(trx, holding, ids, { keeps: [], at: clock.at }))
    const counts = await eraseNow()
    t.ok(counts.blanked > 0 && counts.events > 0, JSON.stringify(counts))
    t.strictSame(await eraseNow(), { blanked: 0, deleted: 0, events: 0, files: 0 })
    const left = await placesOf(
      pool,
      texts.filter((text) => !notTheirs.includes(text)),
    )
    t.strictSame(
      left.filter((place) => !isLeft(place, personalData)),
      [],
    )
    for (const id of [sent.id, held.id, ring.id])
      t.equal((await call('support', 'GET', `/shipments/${id}`)).status, 200)
  })
})
