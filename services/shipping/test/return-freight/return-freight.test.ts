import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { reviveUnknown } from '../../carriers/jobs/watch-parcels.ts'
import { checkReturnFreight } from '../../return-freight/jobs/watch-return-freight.ts'
import { startCarrierHouse } from '../carriers/carrier-house.ts'

const house = await startCarrierHouse()
const { db, deps, clock, carriers, call, hear, requested, look: follow } = house
const look = async () => {
  await checkReturnFreight(deps)
  await follow()
  await checkReturnFreight(deps)
}
const told = async (parcelId: string) => (await readHistory(db, parcelId)).map(({ type, data }) => ({ type, data }))
const typesOf = async (parcelId: string) => (await told(parcelId)).map(({ type }) => type)

/** A label that returns asked for, of a new order. */
async function asked() {
  const { orderId } = await requested()
  const [labelId, returnId] = [crypto.randomUUID(), crypto.randomUUID()]
  const request = { labelId, returnId, requestedAt: clock.at }
  await hear('ReturnLabelRequested', orderId, request)
  return { orderId, labelId, returnId, request }
}
/** A parcel by which a customer says to have sent goods of a new order back. */
async function sentBack(carrier: string, trackingNumber: string) {
  const { orderId } = await requested()
  const returnId = crypto.randomUUID()
  await hear('ReturnSent', orderId, { returnId, carrier, trackingNumber, sentAt: clock.at })
  const parcels = db.selectFrom('return_parcel').select('id').where('return_id', '=', returnId)
  return (await parcels.executeTakeFirstOrThrow()).id
}
const explain = (code: string, meaning: string) =>
  call('support', 'PUT', '/carriers/dhl/codes', { code, meaning, why: 'They said so by telephone.' })
const numberOf = async (labelId: string) => (await told(labelId))[0]!.data.trackingNumber as string

t.test('a label is booked at Bring, and told once with the code to show', async (t) => {
  const { orderId, labelId, returnId, request } = await asked()
  await hear('ReturnLabelRequested', orderId, request)
  await Promise.all([look(), look()])
  await look()
  const [issued, ...more] = await told(labelId)
  t.match(issued, {
    type: 'ReturnLabelIssued',
    data: { parcelId: labelId, returnId, orderId, carrier: 'bring', code: /^BRING-\d+-\d+$/ },
  })
  t.equal((issued!.data.personal as { from: { name: string } }).from.name, 'Kari Eksempel')
  t.strictSame(more, [])
  t.strictSame(carriers.violations(), [])
})

t.test(
  'a label that is replaced before a carrier gave it is booked no more, and nobody is called for it',
  async (t) => {
    const { orderId, labelId, returnId, request } = await asked()
    const newId = crypto.randomUUID()
    await hear('ReturnLabelRequested', orderId, { ...request, labelId: newId, instead: { labelId, reason: 'lost' } })
    await look()
    t.strictSame([await typesOf(labelId), await typesOf(newId)], [[], ['ReturnLabelIssued']])
    t.strictSame(
      (await call('support', 'GET', '/return-labels')).body.items.filter(
        (each: { returnId: string }) => each.returnId === returnId,
      ),
      [],
    )
  },
)

t.test('the first scan is told, whatever comes after it and however often; a label alone is none', async (t) => {
  const { labelId } = await asked()
  await look()
  const number = await numberOf(labelId)
  carriers.tell('bring', number, { code: 'PRE_NOTIFIED', occurredAt: clock.at })
  clock.at = '2026-06-03T10:00:00Z'
  await look()
  t.strictSame(await typesOf(labelId), ['ReturnLabelIssued'])
  carriers.tell('bring', number, { code: 'HANDED_IN', occurredAt: '2026-06-03T11:00:00Z' })
  carriers.tell('bring', number, { code: 'TERMINAL', occurredAt: '2026-06-03T12:00:00Z' })
  clock.at = '2026-06-03T15:00:00Z'
  await look()
  await look()
  const [, scanned, ...more] = await told(labelId)
  t.match(scanned, { type: 'ReturnParcelScanned', data: { scannedAt: '2026-06-03T11:00:00Z', trackingNumber: number } })
  t.strictSame(more, [])
})

t.test('a delivery is arrival; one that was never scanned before is a scan as well', async (t) => {
  const { labelId } = await asked()
  await look()
  carriers.tell('bring', await numberOf(labelId), { code: 'DELIVERED', occurredAt: clock.at })
  clock.at = '2026-06-04T15:00:00Z'
  await look()
  t.strictSame(await typesOf(labelId), ['ReturnLabelIssued', 'ReturnParcelScanned', 'ReturnParcelArrived'])
  const { check_due_at } = await db
    .selectFrom('parcel')
    .select('check_due_at')
    .where('tracking_number', '=', await numberOf(labelId))
    .executeTakeFirstOrThrow()
  t.equal(check_due_at, null, 'nobody asks the carrier any more')
})

t.test('scans that are told in any order, twice and late come to the same', async (t) => {
  const happened = [
    { code: 'HANDED_IN', occurredAt: '2026-06-05T10:00:00Z' },
    { code: 'TERMINAL', occurredAt: '2026-06-05T12:00:00Z' },
    { code: 'DELIVERED', occurredAt: '2026-06-06T12:00:00Z' },
  ]
  const orders = [
    [0, 1, 2, 0, 1, 2],
    [2, 1, 0],
    [1, 2, 0, 2],
    [2, 0, 1, 1],
  ]
  for (const order of orders) {
    clock.at = '2026-06-05T09:00:00Z'
    const { labelId } = await asked()
    await look()
    clock.at = '2026-06-07T00:00:00Z'
    for (const n of order) {
      carriers.tell('bring', await numberOf(labelId), happened[n]!)
      clock.at = Temporal.Instant.from(clock.at).add({ hours: 5 }).toString()
      await look()
    }
    t.strictSame(
      await typesOf(labelId),
      ['ReturnLabelIssued', 'ReturnParcelScanned', 'ReturnParcelArrived'],
      order.join(),
    )
  }
})

t.test('a parcel that a customer says to have sent is asked for at its carrier, once', async (t) => {
  const { orderId } = await requested()
  const returnId = crypto.randomUUID()
  const sent = { returnId, carrier: 'Posten Norge', trackingNumber: 'EGEN1', sentAt: clock.at }
  await hear('ReturnSent', orderId, sent)
  await hear('ReturnSent', orderId, sent)
  carriers.tell('bring', 'EGEN1', { code: 'HANDED_IN', occurredAt: clock.at })
  await look()
  const { id } = await db
    .selectFrom('return_parcel')
    .select('id')
    .where('return_id', '=', returnId)
    .executeTakeFirstOrThrow()
  t.match(await told(id), [{ type: 'ReturnParcelScanned', data: { returnId, orderId, trackingNumber: 'EGEN1' } }])
})

t.test('a scan that is heard before anybody said what parcel it is, waits for that', async (t) => {
  const { orderId } = await requested()
  carriers.tell('bring', 'TIDLIG1', { code: 'HANDED_IN', occurredAt: clock.at })
  await house.callOf(
    'bring',
    { package: 'TIDLIG1' },
    { 'x-carrier-secret': 'a-secret-of-carriers-a-secret-of-carriers' },
  )
  await look()
  const returnId = crypto.randomUUID()
  await hear('ReturnSent', orderId, { returnId, carrier: 'bring', trackingNumber: 'TIDLIG1', sentAt: clock.at })
  await look()
  const { id } = await db
    .selectFrom('return_parcel')
    .select('id')
    .where('return_id', '=', returnId)
    .executeTakeFirstOrThrow()
  t.strictSame(await typesOf(id), ['ReturnParcelScanned'])
})

t.test('a code that a person explained is a scan of a parcel that goes back too, and an arrival', async (t) => {
  clock.at = '2026-06-08T09:00:00Z'
  const sent = await sentBack('DHL', 'FORKLART1')
  const happened = { code: 'failure', occurredAt: '2026-06-08T08:00:00Z', description: 'Held at customs' }
  carriers.tell('dhl', 'FORKLART1', happened)
  await look()
  t.strictSame(await typesOf(sent), [])
  const waits = async () => (await call('support', 'GET', '/carrier-codes')).body.items
  t.match(await waits(), [{ carrier: 'dhl', code: 'failure', events: 1 }], 'kept, shown and counted')
  const foreseen = { code: 'failure', meaning: 'in-transit' }
  t.hasStrict((await call('support', 'POST', '/carriers/dhl/codes/preview', foreseen)).body, { applied: 1, waiting: 0 })
  await explain('failure', 'in-transit')
  await look()
  t.match(await told(sent), [{ type: 'ReturnParcelScanned', data: { scannedAt: happened.occurredAt } }])
  t.match(await house.eventsOf('FORKLART1'), [{ code: 'failure', status: 'applied' }])
  await explain('unknown', 'delivered')
  const arrived = await sentBack('DHL', 'FORKLART2')
  carriers.tell('dhl', 'FORKLART2', { code: 'unknown', occurredAt: '2026-06-08T08:00:00Z' })
  await look()
  t.strictSame(await typesOf(arrived), ['ReturnParcelScanned', 'ReturnParcelArrived'])
  const many = []
  for (let n = 0; n < 25; n += 1) {
    many.push(await sentBack('DHL', `MANGE${n}`))
    carriers.tell('dhl', `MANGE${n}`, happened)
  }
  for (const _ of [1, 2, 3]) await look()
  for (const id of many) t.strictSame(await typesOf(id), ['ReturnParcelScanned'], 'however many they are')
})

t.test('news that nobody can read, or that say nothing of the way, hold up none of those behind them', async (t) => {
  clock.at = '2026-06-09T09:00:00Z'
  const rows = ['ukjent', 'PRE_NOTIFIED'].flatMap((code) =>
    Array.from({ length: 25 }, (_, n) => ({ carrier: 'bring', code, trackingNumber: `${code}${n}` })),
  )
  for (const { trackingNumber } of rows) await sentBack('bring', trackingNumber)
  // They are read no more, and stand as a table kept them that had these codes.
  await db.updateTable('parcel').set({ check_due_at: null }).execute()
  const waiting = { status: 'waiting', heard_at: clock.at, facts: '{}', personal: '{}', outcome: null } as const
  await db
    .insertInto('carrier_event')
    .values(
      rows.map(({ carrier, code, trackingNumber }) => ({
        ...{ id: crypto.randomUUID(), carrier, tracking_number: trackingNumber, event_key: 'a', code, ...waiting },
        occurred_at: '2026-06-01T08:00:00Z',
      })),
    )
    .execute()
  const sent = await sentBack('bring', 'BAKERST')
  carriers.tell('bring', 'BAKERST', { code: 'HANDED_IN', occurredAt: '2026-06-09T08:00:00Z' })
  for (const _ of [1, 2]) await look()
  t.strictSame(await typesOf(sent), ['ReturnParcelScanned'])
  t.match(await house.eventsOf('ukjent0'), [{ status: 'unknown', outcome: 'code-unknown' }])
  t.match(await house.eventsOf('PRE_NOTIFIED0'), [{ status: 'noted' }])
})

t.test('a carrier of which nobody knows anything changes nothing', async (t) => {
  const { orderId } = await requested()
  const returnId = crypto.randomUUID()
  await hear('ReturnSent', orderId, { returnId, carrier: 'Naboens bil', trackingNumber: 'X', sentAt: clock.at })
  const found = await db.selectFrom('return_parcel').select('id').where('return_id', '=', returnId).execute()
  t.strictSame(found, [])
})

t.test('what Bring does not answer is asked again, and a person can say which parcel it is meanwhile', async (t) => {
  const { labelId, returnId } = await asked()
  const action = { type: 'status', status: 500 } as const
  carriers.faults.add({ match: { path: '/booking-api/api/create' }, phase: 'before', action } as never)
  await look()
  t.match((await call('support', 'GET', '/return-labels')).body.items, [{ id: labelId, returnId }])
  const issue = { carrier: 'Posten', trackingNumber: 'HAND1' }
  t.equal((await call('storefront', 'PUT', `/return-labels/${labelId}`, issue)).status, 403)
  t.match(await call('support', 'PUT', `/return-labels/${labelId}`, issue), { status: 200, body: { carrier: 'bring' } })
  t.equal((await call('support', 'PUT', `/return-labels/${labelId}`, { ...issue, carrier: 'bring' })).status, 200)
  const other = { carrier: 'Posten', trackingNumber: 'HAND2' }
  t.match(await call('support', 'PUT', `/return-labels/${labelId}`, other), {
    status: 409,
    body: { type: '/problems/label-issued' },
  })
  t.equal((await call('support', 'PUT', `/return-labels/${crypto.randomUUID()}`, issue)).status, 404)
  clock.at = '2026-06-08T20:00:00Z'
  await look()
  t.strictSame(await typesOf(labelId), ['ReturnLabelIssued'])
  await reviveUnknown(deps)
})
