import { randomUUID } from 'node:crypto'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, call, good, requested } = await startShippingForTest()
const [SAID, LEFT, LATER] = ['2026-06-02T10:00:00Z', '2026-06-02T12:00:00Z', '2026-06-03T12:00:00Z']
const why = 'Delivered at the site: the order form of 1 June.'
type Units = { lineId: string; quantity: number }[]
const units = (quantity: number, lineId = '1'): Units => [{ lineId, quantity }]
/** A shipment to a business of which something is recorded: two sensors and a lock. */
async function agreed(circumstance: object, lines?: Units, customerKind = 'business') {
  clock.at = LEFT
  const { id } = await requested({ customerKind })
  await record(id, circumstance, lines)
  return id
}
const record = (id: string, circumstance: object, lines?: Units, since = SAID) =>
  good('PUT', `/shipments/${id}/circumstances`, { circumstance, since, why, ...(lines && { lines }) })
const dispatch = (id: string, lines?: Units) =>
  good('PUT', `/shipments/${id}/dispatch`, { carrier: 'X', trackingNumber: id, ...(lines && { lines }) }, 'warehouse')
const rest = async (id: string, left: Units) => (await dispatch(id, left)).restId as string
async function part(id: string, lines: Units) {
  const partId = randomUUID()
  await good('PUT', `/shipments/${id}/parts/${partId}`, { lines, why })
  return partId
}
async function instead(id: string, lines?: Units) {
  const said = { shipmentId: id, kind: 'lost', reportedBy: 'carrier', what: 'It is gone.', ...(lines && { lines }) }
  const reportId = (await good('PUT', `/damage-reports/${randomUUID()}`, said, 'warehouse')).id
  return (await good('PUT', `/damage-reports/${reportId}/choice`, { choice: 'replacement' })).replacementId as string
}
/** What is told of a shipment that bears on its risk. */
const toldOf = async (id: string) =>
  (await readHistory(db, id)).flatMap(({ type, data }) => (type === 'CircumstanceRecorded' ? [data] : [])) as {
    since: string
    circumstance: object
    lines?: Units
    personal: object
  }[]
const flagsOf = async (id: string) => (await toldOf(id)).map(({ circumstance }) => circumstance)
const bearerOf = async (id: string) =>
  (await good('GET', `/shipments/${id}/risk`)).units.map(({ quantity, bearer }: Record<string, unknown>) => [
    quantity,
    bearer,
  ])

t.test('what was agreed as delivered at a place is so of the rest, the part and the replacement', async (t) => {
  const levert = { agreedOnArrival: true }
  const rested = await agreed(levert)
  const parted = await agreed(levert)
  const lost = await agreed(levert)
  await dispatch(lost)
  const others = [await rest(rested, units(2)), await part(parted, units(1)), await instead(lost)]
  for (const id of others) {
    const { by } = (await toldOf(lost))[0]!.personal as { by: string }
    t.hasStrict(await toldOf(id), [{ since: SAID, circumstance: levert, recordedAt: LEFT, personal: { by, why } }])
    await dispatch(id)
    clock.at = LATER
    for (const [, bearer] of await bearerOf(id)) t.equal(bearer, 'seller', 'until it is handed over there')
    clock.at = LEFT
  }
  t.strictSame(
    await flagsOf(await rest(await part(await agreed(levert), units(2)), units(1))),
    [levert],
    'of each after',
  )
})

t.test('what said otherwise later does so of them too', async (t) => {
  const id = await agreed({ agreedOnArrival: true })
  await record(id, { agreedOnArrival: false }, undefined, '2026-06-02T11:00:00Z')
  t.strictSame(await flagsOf(await rest(id, units(2))), [{ agreedOnArrival: true }, { agreedOnArrival: false }])
})

t.test('what is about the parcel alone is not so of another', async (t) => {
  const parcels = { collectionAgreed: true, inDefault: true, lostAtHome: true, returnBasis: 'statutory' }
  const goods = { ownTransport: true, identified: false, soldForCollection: true }
  const order = { agreedOnArrival: true, leavingAuthorised: true }
  const all = { ...parcels, ...goods, ...order, ownCarrier: true }
  t.strictSame(await flagsOf(await part(await agreed(all), units(1))), [{ ...order, ...goods, ownCarrier: true }])
  const id = await agreed(all)
  t.strictSame(await flagsOf(await rest(id, units(2))), [{ ...order, ...goods }])
  t.strictSame(await flagsOf(await instead(id)), [order])
  t.strictSame(await flagsOf(await rest(await agreed(parcels), units(2))), [])
})

t.test('what is about some units goes with those that leave by another, the first of them stay', async (t) => {
  const levert = { agreedOnArrival: true }
  const ofLine = async (id: string) => (await toldOf(id)).map(({ lines }) => lines)
  t.strictSame(await ofLine(await rest(await agreed(levert, units(2)), units(1))), [units(1)])
  t.strictSame(await ofLine(await rest(await agreed(levert, units(1)), units(1))), [])
  t.strictSame(await ofLine(await part(await agreed(levert, units(1, '2')), units(1))), [])
  const id = await agreed({ leavingAuthorised: true }, units(2), 'consumer')
  await dispatch(id)
  t.strictSame(await ofLine(await instead(id, [...units(1), ...units(1, '2')])), [units(1)])
})

t.test('a part that has only what was agreed of the whole can be ended, and one with more cannot', async (t) => {
  const end = (id: string, partId: string) =>
    call('support', 'PUT', `/shipments/${id}/parts/${partId}/end`, { why: 'They want it together.' })
  const id = await agreed({ agreedOnArrival: true, collectionAgreed: true })
  t.equal((await end(id, await part(id, units(1)))).status, 200)
  const judged = await part(id, units(1))
  await record(judged, { ownTransport: true })
  t.match((await end(id, judged)).body, { status: 409, type: '/problems/part-judged' })
})
