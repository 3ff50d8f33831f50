import t from 'tap'
import { carrierSources } from '../../carriers/alarms.ts'
import { reviveUnknown } from '../../carriers/jobs/watch-parcels.ts'
import { SECRET, startCarrierHouse } from './carrier-house.ts'

const { db, deps, clock, carriers, look, at, call, callOf, dispatched, read, eventsOf } = await startCarrierHouse()
const LATER = '2026-06-03T08:00:00Z'
const headerOf = { bring: 'x-carrier-secret', ups: 'credential', dhl: 'x-carrier-secret' }

t.test('a delivery whose signature is the addressee’s begins the periods, whichever carrier tells it', async (t) => {
  for (const [spelling, name, code] of [
    ['Posten', 'bring', 'DELIVERED'],
    ['UPS', 'ups', 'D/FS'],
    ['DHL', 'dhl', 'delivered'],
  ] as const) {
    const parcel = await dispatched(spelling)
    const signedBy = parcel.addressee.toUpperCase().split(' ').reverse().join(', ')
    carriers.tell(name, parcel.trackingNumber, { code, occurredAt: '2026-06-03T07:30:00Z', signedBy })
    at(LATER)
    await look()
    t.match(
      await read(parcel.id),
      { status: 'delivered', takenBy: 'customer', receivedAt: '2026-06-03T07:30:00Z' },
      name,
    )
    t.match(await eventsOf(parcel.trackingNumber), [{ code, status: 'applied' }])
  }
})

t.test('a delivery that does not say who received it, or names somebody else, begins no period', async (t) => {
  for (const [spelling, name, told, takenBy] of [
    ['Bring', 'bring', { code: 'DELIVERED' }, 'unknown'],
    ['Bring', 'bring', { code: 'DELIVERED', signedBy: 'K Eksempel' }, 'unknown'],
    ['DHL', 'dhl', { code: 'delivered' }, 'unknown'],
    ['UPS', 'ups', { code: 'D/FS', leftAt: 'Front Door' }, 'left-without-leave'],
    ['UPS', 'ups', { code: 'D/FS', leftAt: 'NEIGHBOR', signedBy: 'Kari Eksempel' }, 'neighbour'],
    ['UPS', 'ups', { code: 'D/FS', leftAt: 'Reception', signedBy: 'Ola' }, 'unknown'],
  ] as const) {
    const { id, trackingNumber } = await dispatched(spelling)
    carriers.tell(name, trackingNumber, { ...told, occurredAt: '2026-06-03T07:30:00Z' })
    at(LATER)
    await look()
    t.match(
      await read(id),
      { status: 'left-elsewhere', receivedAt: undefined, reports: [{ takenBy }] },
      `${name} ${takenBy}`,
    )
  }
})

t.test('what is told late, twice and in any order stands in the order in which it happened', async (t) => {
  const { id, trackingNumber } = await dispatched('bring')
  const happened = [
    ['READY_FOR_PICKUP', '2026-06-04T09:00:00Z'],
    ['IN_TRANSIT', '2026-06-03T09:00:00Z'],
    ['NOTIFICATION_SENT', '2026-06-04T09:01:00Z'],
  ] as const
  for (const [code, occurredAt] of happened) {
    carriers.tell('bring', trackingNumber, { code, occurredAt, place: 'Oslo' })
    at('2026-06-04T10:00:00Z')
    await callOf('bring', { package: trackingNumber, status: 'DELIVERED' }, { [headerOf.bring]: SECRET })
    await Promise.all([look(), look()])
  }
  const { status, reports } = await read(id)
  t.equal(status, 'at-pickup-point')
  t.match(reports, [{ report: 'in-transit' }, { report: 'at-pickup-point', place: 'Oslo' }])
  t.equal(reports.length, 2)
  t.strictSame((await eventsOf(trackingNumber)).map((each) => each.status).sort(), ['applied', 'applied', 'noted'])
})

t.test('what is told of a parcel before the warehouse tells of it waits for that', async (t) => {
  at('2026-06-02T11:00:00Z')
  carriers.tell('bring', 'EARLY', { code: 'IN_TRANSIT', occurredAt: '2026-06-02T12:30:00Z' })
  await callOf('bring', { package: 'EARLY' }, { [headerOf.bring]: SECRET })
  at('2026-06-02T13:00:00Z')
  await look()
  t.match(await eventsOf('EARLY'), [{ code: 'IN_TRANSIT', status: 'waiting' }])
  const { id } = await dispatched('Posten Norge', 'EARLY')
  at('2026-06-02T13:00:00Z')
  await look()
  t.match(await read(id), { status: 'in-transit' })
  t.match(await eventsOf('EARLY'), [{ status: 'applied' }])
})

t.test('a parcel that the customer has before it is said to have left is a person’s after a day', async (t) => {
  const { id, trackingNumber } = await dispatched('UPS')
  carriers.tell('ups', trackingNumber, {
    code: 'D/FS',
    occurredAt: '2026-06-01T07:30:00Z',
    signedBy: 'KARI EKSEMPEL',
  })
  at(LATER)
  await look()
  t.match(await eventsOf(trackingNumber), [{ status: 'refused', outcome: 'receipt-before-handover' }])
  const { find } = carrierSources.find(({ kind }) => kind === 'carrier-ahead-of-handover')!
  const called = async (hours: number) => {
    const { rows } = await find(Temporal.Instant.from(clock.at).add({ hours }).toString()).execute(db)
    return rows.map(({ about }) => about)
  }
  t.strictSame(await called(1), [], 'its next scan may come yet')
  t.strictSame(await called(25), [id])
  const delivery = { receivedBy: 'Kari Eksempel', takenBy: 'customer' }
  t.equal((await call('warehouse', 'PUT', `/shipments/${id}/delivery`, delivery)).status, 200)
  t.strictSame(await called(25), [])
})

t.test('a code that no table has is kept, shown and counted, and applied once a table has it', async (t) => {
  const { id, trackingNumber } = await dispatched('UPS')
  carriers.tell('ups', trackingNumber, {
    code: 'X/A1',
    occurredAt: '2026-06-03T07:30:00Z',
    description: 'An exception',
  })
  at(LATER)
  await look()
  t.match(await read(id), { status: 'dispatched' })
  t.match(await eventsOf(trackingNumber), [
    { code: 'X/A1', status: 'unknown', outcome: 'code-unknown', detail: 'An exception' },
  ])
  const { body } = await call('warehouse', 'GET', '/carriers')
  const ups = body.items.find((each: { carrier: string }) => each.carrier === 'ups')
  t.match(ups, {
    signs: false,
    unknownCodes: [{ code: 'X/A1', events: 1 }],
    codes: { 'D/FS': 'delivered', I: 'in-transit' },
  })

  const known = deps.carriers.named('ups')!
  const taught = { ...known, codes: { ...known.codes, 'X/A1': { report: 'lost' as const } } }
  await reviveUnknown({ ...deps, carriers: { ...deps.carriers, all: () => [taught] } })
  t.match(await read(id), { status: 'lost' })
  t.match(await eventsOf(trackingNumber), [{ status: 'applied' }])
})

t.test('nothing that a call says is believed, and without our secret it does nothing', async (t) => {
  for (const [spelling, name, body] of [
    ['bring', 'bring', (n: string) => ({ package: n, shipment: n, status: 'DELIVERED' })],
    [
      'ups',
      'ups',
      (n: string) => ({ trackingNumber: n, activityStatus: { type: 'D', code: 'FS' }, receivedBy: 'Kari Eksempel' }),
    ],
    [
      'dhl',
      'dhl',
      (n: string) => ({ scope: 'subscription.push', shipments: [{ id: n, status: { statusCode: 'delivered' } }] }),
    ],
  ] as const) {
    const { id, trackingNumber } = await dispatched(spelling)
    await look()
    const dueOf = async () =>
      (await db.selectFrom('parcel').select('check_due_at').where('tracking_number', '=', trackingNumber).execute())[0]!
        .check_due_at
    const before = await dueOf()
    at(LATER)
    for (const wrong of [undefined, '', 'wrong', `${SECRET}x`, SECRET.slice(0, -1)]) {
      const headers: Record<string, string> = wrong === undefined ? {} : { [headerOf[name]]: wrong }
      const answer = await callOf(name, body(trackingNumber), headers)
      t.equal(answer.statusCode, 401)
      t.match(answer.json(), { type: '/problems/signature-invalid' })
    }
    t.strictSame(await dueOf(), before)
    for (const right of [SECRET, `${SECRET}-of-before`]) {
      t.equal((await callOf(name, body(trackingNumber), { [headerOf[name]]: right })).statusCode, 202)
      t.not(await dueOf(), before)
    }
    await look()
    t.match(await read(id), { status: 'dispatched' }, 'the tracking API knows nothing of it')
  }
  t.equal((await callOf('nobody', {}, {})).statusCode, 404)
})

t.test('a carrier that answers wrongly is read again, and what it forgot to tell is found', async (t) => {
  const { id, trackingNumber } = await dispatched('DHL')
  carriers.tell('dhl', trackingNumber, { code: 'transit', occurredAt: '2026-06-03T07:30:00Z' })
  let moment = Temporal.Instant.from(LATER)
  const path = '/track/shipments'
  for (const [failures, action] of (
    [
      { type: 'reset' },
      { type: 'status', status: 500 },
      { type: 'malformed' },
      { type: 'truncate' },
      { type: 'html', status: 200 },
    ] as const
  ).entries()) {
    // Whichever parcel of the carrier's is read.
    carriers.faults.add({ match: { path }, phase: 'after', action, times: 100 })
    at(moment.toString())
    await look()
    carriers.faults.clear()
    t.match(await read(id), { status: 'dispatched' }, action.type)
    // As soon as it is read again.
    moment = moment.add({ minutes: Math.min(5 * 2 ** failures, 60) })
  }
  const failing = await db
    .selectFrom('parcel')
    .select(['failures'])
    .where('tracking_number', '=', trackingNumber)
    .execute()
  t.strictSame(failing, [{ failures: 5 }])
  at(moment.toString())
  await look()
  t.match(await read(id), { status: 'in-transit' })
  carriers.tell('dhl', trackingNumber, { code: 'delivered', occurredAt: moment.toString(), signedBy: 'Kari Eksempel' })
  at(moment.add({ hours: 4 }).toString())
  await look()
  t.match(await read(id), { status: 'delivered' }, 'nobody called')
})

t.test('carriers are asked to call us, by their shapes, and again before they stop', async (t) => {
  const numbers = { bring: 'SUB1', ups: 'SUB2', dhl: 'SUB3' }
  for (const [name, number] of Object.entries(numbers)) await dispatched(name, number)
  const asked = (number: string) =>
    carriers
      .journal()
      .filter(
        ({ method, body, path }) =>
          method === 'POST' && /webhooks|subscription/.test(path) && JSON.stringify(body).includes(`"${number}"`),
      ).length
  await look()
  for (const number of Object.values(numbers)) t.equal(asked(number), 1, number)
  at('2026-06-03T12:00:00Z')
  await look()
  for (const number of Object.values(numbers)) t.equal(asked(number), 1, `${number} still calls`)
  at('2026-06-15T13:00:00Z')
  await look()
  t.strictSame([asked('SUB1'), asked('SUB2'), asked('SUB3')], [1, 2, 1], 'UPS forgets after 14 days')
  at('2026-07-02T13:00:00Z')
  await look()
  t.strictSame([asked('SUB1'), asked('SUB3')], [2, 2], 'DHL and Bring within their month')
  t.strictSame(carriers.violations(), [])

  const { db: tables } = deps
  await callOf(
    'dhl',
    { scope: 'subscription.validate', self: 'https://api-eu.dhl.com/x/SUB', secret: 'hook' },
    { 'x-carrier-secret': SECRET },
  )
  t.match(
    await tables.selectFrom('carrier_activation').select('secret').where('subscription_id', '=', 'SUB').execute(),
    [{ secret: 'hook' }],
  )
  await look()
  t.ok(
    carriers.journal().some(({ path, status }) => path.endsWith('/subscription/SUB') && status === 404),
    'it is answered',
  )
})

t.test('one look asks to be called about all new parcels of a carrier that takes one a request', async (t) => {
  const numbers = ['MANY1', 'MANY2', 'MANY3']
  for (const number of numbers) await dispatched('bring', number)
  await look()
  const asked = carriers.journal().filter(({ method, path }) => method === 'POST' && path.includes('webhooks'))
  for (const number of numbers)
    t.ok(
      asked.some(({ body }) => JSON.stringify(body).includes(`"${number}"`)),
      number,
    )
})

t.test('what a carrier says after it was read and before it calls us is read at once', async (t) => {
  const { id, trackingNumber } = await dispatched('bring')
  await look()
  carriers.tell('bring', trackingNumber, { code: 'IN_TRANSIT', occurredAt: deps.clock.now().toString() })
  await look()
  t.match(await read(id), { status: 'in-transit' })
})

t.test('news that come while the carrier is read are read too, and not hours later', async (t) => {
  const { id, trackingNumber } = await dispatched('bring')
  at(LATER)
  await look()
  at('2026-06-03T13:00:00Z')
  const bring = deps.carriers.readable().find(({ name }) => name === 'bring')!
  const readAsItIs = bring.read
  t.teardown(() => Object.assign(bring, { read: readAsItIs }))
  Object.assign(bring, {
    async read(number: string) {
      const seen = await readAsItIs(number)
      if (number !== trackingNumber) return seen
      // The carrier has answered; the customer signs, and it calls before the answer is worked off.
      carriers.tell('bring', trackingNumber, { code: 'IN_TRANSIT', occurredAt: '2026-06-03T12:59:00Z' })
      await callOf('bring', { package: trackingNumber }, { [headerOf.bring]: SECRET })
      Object.assign(bring, { read: readAsItIs })
      return seen
    },
  })
  await look()
  t.strictSame(await eventsOf(trackingNumber), [], 'it was read before')
  await look()
  t.match(await read(id), { status: 'in-transit' })
})

t.test('a delivery that UPS lists twice is one, with who has it', async (t) => {
  const { id, trackingNumber, addressee } = await dispatched('UPS')
  const taken = { code: 'D/FS', occurredAt: '2026-06-03T10:00:00Z', signedBy: addressee, leftAt: 'MET CUSTOMER MAN' }
  for (const _ of [1, 2]) carriers.tell('ups', trackingNumber, taken)
  at('2026-06-03T18:00:00Z')
  await look()
  t.strictSame(
    (await eventsOf(trackingNumber)).map(({ code, status }) => ({ code, status })),
    [{ code: 'D/FS', status: 'applied' }],
  )
  t.match(await read(id), { status: 'delivered', takenBy: 'customer' })
})

t.test('a tracking number is the same with blanks around it, however it is scanned', async (t) => {
  const { id, addressee } = await dispatched(' DHL ', ' BLANK1 \t')
  t.match(await read(id), { dispatched: { carrier: 'DHL', trackingNumber: 'BLANK1' } })
  carriers.tell('dhl', 'BLANK1', { code: 'transit', occurredAt: '2026-06-03T07:30:00Z' })
  at('2026-06-03T18:00:00Z')
  await look()
  t.match(await read(id), { status: 'in-transit' })
  const told = { receivedBy: ` ${addressee} `, takenBy: 'customer' }
  t.match((await call('warehouse', 'PUT', `/shipments/${id}/delivery`, told)).body, { receivedBy: addressee })
})
