import { randomUUID } from 'node:crypto'
import t from 'tap'
import { carrierSources } from '../../carriers/alarms.ts'
import { startCarrierHouse } from './carrier-house.ts'

const { at, dispatched, look, read, eventsOf, signed, callOf, clock, db } = await startCarrierHouse()
const MOMENT = '2026-06-03T08:00:00Z'
const told = (trackingNumber: string, code: string, more: object = {}) => ({
  events: [{ eventId: randomUUID(), trackingNumber, code, occurredAt: '2026-06-03T07:00:00Z', ...more }],
})

t.test('what a carrier signs is believed, in our own words, once', async (t) => {
  const { id, trackingNumber } = await dispatched('Oslo Bud')
  await look()
  at(MOMENT)
  const body = told(trackingNumber, 'at-pickup-point', { place: 'Bislet' })
  t.equal((await signed(body)).statusCode, 202)
  t.match(await read(id), { status: 'at-pickup-point', reports: [{ place: 'Bislet' }] })
  t.equal((await signed(body)).statusCode, 202, 'told again')
  t.equal((await eventsOf(trackingNumber)).length, 1)
  t.equal((await signed(told(trackingNumber, 'taken-by-customer'))).statusCode, 202)
  t.match(await read(id), { status: 'delivered', takenBy: 'customer', receivedBy: 'Kari Eksempel' })
})

t.test('who is named by nobody is nobody whom the customer named', async (t) => {
  const { id, trackingNumber } = await dispatched('oslo-bud')
  await look()
  at(MOMENT)
  await signed(told(trackingNumber, 'taken-by-named-by-customer'))
  t.match(await read(id), { status: 'left-elsewhere', reports: [{ takenBy: 'unknown' }] })
  await signed(told(trackingNumber, 'taken-by-named-by-customer', { receivedBy: 'Ola', occurredAt: MOMENT }))
  t.match(await read(id), { status: 'delivered', takenBy: 'named-by-customer', receivedBy: 'Ola' })
})

t.test('what is not signed, by another, or of another time does nothing', async (t) => {
  const { id, trackingNumber } = await dispatched('oslo-bud')
  await look()
  at(MOMENT)
  const body = told(trackingNumber, 'lost')
  const other = Buffer.from('another secret of somebody else, long').toString('base64')
  for (const wrong of [
    await signed(body, { secret: other }),
    await signed(body, { at: '2026-06-03T07:54:59Z' }),
    await signed(body, { at: '2026-06-03T08:05:01Z' }),
    await callOf('oslo-bud', body, {}),
    await callOf('oslo-bud', body, { 'webhook-id': 'a', 'webhook-timestamp': 'now', 'webhook-signature': 'v1,' }),
  ])
    t.equal(wrong.statusCode, 401)
  t.match(await read(id), { status: 'dispatched' })
  t.strictSame(await eventsOf(trackingNumber), [])
  t.equal((await signed(body, { at: '2026-06-03T07:55:01Z' })).statusCode, 202, 'a clock may be five minutes off')
  t.match(await read(id), { status: 'lost' })
})

t.test('a signed call is taken whole or not at all, and is told which event is wrong and why', async (t) => {
  const { id, trackingNumber } = await dispatched('oslo-bud')
  await look()
  at(MOMENT)
  const [good] = told(trackingNumber, 'lost').events
  const { eventId: _, ...nameless } = good!
  const many = Array.from({ length: 101 }, (_, n) => ({ ...good!, eventId: `e${n}` }))
  for (const [body, field, says] of [
    ['', 'body', /JSON/],
    ['{"events":', 'body', /JSON/],
    ['null', 'body.events', /list/],
    ['[]', 'body.events', /list/],
    [{ events: null }, 'body.events', /list/],
    [{ events: many }, 'body.events', /at most 100 events, and is 101/],
    [{ events: [good, nameless] }, 'body.events.1.eventId', /text of 1 to 200/],
    [{ events: [good, { ...good!, trackingNumber: 123 }] }, 'body.events.1.trackingNumber', /text/],
    [{ events: [good, { ...good!, code: ' ' }] }, 'body.events.1.code', /text/],
    [{ events: [good, { ...good!, eventId: 'x'.repeat(201) }] }, 'body.events.1.eventId', /200/],
    [{ events: [good, { ...good!, eventId: 'a\0b' }] }, 'body.events.1.eventId', /text/],
    [{ events: [good, { ...good!, receivedBy: 5 }] }, 'body.events.1.receivedBy', /left out/],
    [{ events: [good, 1] }, 'body.events.1.eventId', /text/],
  ] as const) {
    const answer = await signed(body)
    const { type, detail, errors } = answer.json()
    t.hasStrict({ status: answer.statusCode, type }, { status: 400, type: '/problems/invalid-input' })
    t.equal(errors[0].field, field)
    t.match(detail, says)
    t.match(detail, /Nothing of the call was taken/)
  }
  t.strictSame(await eventsOf(trackingNumber), [])
  t.match(await read(id), { status: 'dispatched' })
  t.equal((await signed({ events: [] })).statusCode, 202, 'nothing is told')
  t.equal((await signed({ events: [{ ...good!, place: null, receivedBy: '' }] })).statusCode, 202)
  t.match(await read(id), { status: 'lost' })
})

t.test('what is to come waits for its moment', async (t) => {
  const { id, trackingNumber } = await dispatched('oslo-bud')
  await look()
  at(MOMENT)
  const soon = told(trackingNumber, 'in-transit', { occurredAt: '2026-06-03T08:01:00Z' })
  const far = told(trackingNumber, 'in-transit', { occurredAt: '2026-06-09T08:01:00Z' })
  const none = told(trackingNumber, 'in-transit', { occurredAt: 'yesterday' })
  const strange = told(trackingNumber, 'eaten-by-a-dog')
  for (const body of [soon, far, none, strange]) t.equal((await signed(body)).statusCode, 202)
  t.strictSame((await eventsOf(trackingNumber)).map(({ status, outcome }) => outcome ?? status).sort(), [
    'code-unknown',
    'moment-unreadable',
    'receipt-in-the-future',
    'waiting',
  ])
  at('2026-06-03T08:02:00Z')
  await look()
  t.match(await read(id), { status: 'in-transit' })
  t.equal(clock.at, '2026-06-03T08:02:00Z')
})

t.test('two parcels of one number are told alike, and one shipment more is told what was', async (t) => {
  const one = await dispatched('oslo-bud', 'SHARED')
  const other = await dispatched('oslo-bud', 'SHARED')
  await look()
  at(MOMENT)
  await Promise.all([signed(told('SHARED', 'refused')), signed(told('SHARED', 'refused', { place: 'x' }))])
  for (const { id } of [one, other]) t.match(await read(id), { status: 'refused' })
})

t.test('a moment that the database does not keep is read as none, and nothing else of the call is lost', async (t) => {
  const { id, trackingNumber } = await dispatched('oslo-bud')
  await look()
  at(MOMENT)
  const ages = ['0000-01-01T00:00:00Z', '-000001-04-20T00:00:00Z', '+275760-09-13T00:00:00Z']
  const [good, ...strange] = [undefined, ...ages].map(
    (occurredAt) => told(trackingNumber, 'at-pickup-point', occurredAt ? { occurredAt } : {}).events[0],
  )
  t.equal((await signed({ events: [...strange, good] })).statusCode, 202)
  t.match(await read(id), { status: 'at-pickup-point' })
  const unread = (await eventsOf(trackingNumber)).filter(({ outcome }) => outcome === 'moment-unreadable')
  t.equal(unread.length, ages.length)
  const called = async (hours: number) => {
    const later = Temporal.Instant.from(clock.at).add({ hours }).toString()
    const found = await Promise.all(carrierSources.map(async ({ find }) => (await find(later).execute(db)).rows))
    return carrierSources.flatMap(({ kind }, n) => found[n]!.map(({ about }) => `${kind}: ${about}`))
  }
  t.ok((await called(1)).includes('carrier-moment-unreadable: oslo-bud'))
  t.notOk((await called(25)).includes('carrier-moment-unreadable: oslo-bud'), 'it tells them as it should again')
  t.notOk((await called(1)).includes('carrier-code-unknown: oslo-bud at-pickup-point'), 'its code is known')
})
