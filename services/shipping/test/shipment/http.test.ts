import assert from 'node:assert/strict'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, hear, call, requested } = await startShippingForTest()
const unknown = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
const HANDED_OVER = '2026-06-02T12:00:00Z'
const RECEIVED = '2026-06-04T14:30:00Z'
const parcel = { carrier: 'Posten', trackingNumber: 'TEST1234567NO' }

const dispatch = (id: string, body: unknown = parcel, role = 'warehouse') => {
  clock.at = HANDED_OVER
  return call(role, 'PUT', `/shipments/${id}/dispatch`, body)
}
const deliver = (
  id: string,
  body: unknown = { receivedBy: 'Kari Eksempel', takenBy: 'customer' },
  role = 'warehouse',
) => {
  clock.at = RECEIVED
  return call(role, 'PUT', `/shipments/${id}/delivery`, body)
}
async function dispatched(changes: object = {}) {
  const shipment = await requested(changes)
  assert.equal((await dispatch(shipment.id)).status, 200)
  return shipment
}
/** A refused command leaves the refusal for the auditor, and nothing else. */
const onlyRecorded = async (work: () => Promise<unknown>) => assert.deepEqual(await rowsAdded(db, work), { refusal: 1 })
const lawOf = (reasons: { cites: { clause?: string; section?: string }[] }[]) =>
  reasons.flatMap(({ cites }) => cites.map(({ clause, section }) => clause ?? section))

t.test('reading', async (t) => {
  t.test('an order that is placed is not to be sent before its contract is formed', async (t) => {
    await hear('OrderPlaced', unknown)
    t.strictSame((await call('warehouse', 'GET', `/shipments?orderId=${unknown}`)).body, { items: [] })
  })
  t.test('shipments are listed by order and status, with all that the warehouse needs', async (t) => {
    const { id, orderId } = await requested()
    const { body } = await call('support', 'GET', `/shipments?orderId=${orderId}&status=requested`)
    t.equal(body.items.length, 1)
    t.hasStrict(body.items[0], {
      id,
      orderId,
      status: 'requested',
      deliveryOption: 'home',
      lines: [{ lineId: '1', sku: 'SENSOR-1', quantity: 2 }, { lineId: '2' }],
      address: { street: 'Storgata 1' },
    })
    t.strictSame((await call('support', 'GET', `/shipments?orderId=${orderId}&status=delivered`)).body, {
      items: [],
    })
  })
  t.test('pages go from the oldest to the newest by cursor, without a gap', async (t) => {
    const ids = [await requested(), await requested(), await requested()].map(({ id }) => id)
    const seen: string[] = []
    let next: string | undefined = ids[0]
    do {
      const { body } = await call('warehouse', 'GET', `/shipments?limit=1&after=${next}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      next = body.next
    } while (next !== undefined)
    t.strictSame(seen, ids.slice(1))
  })
  for (const [query, detail] of [
    ['status=gone', /querystring\.status must be one of .*"held"/],
    ['orderId=7', /querystring\.orderId .*uuid/],
    ['limit=201', /querystring\.limit .*200/],
    ['colour=red', /colour/],
  ] as const)
    t.test(`a search with ${query} is refused`, async () =>
      assertProblem(await call('warehouse', 'GET', `/shipments?${query}`), 400, 'invalid-input', detail),
    )
  t.test('only who may read shipments reads them', async () => {
    for (const url of ['/shipments', `/shipments/${unknown}/risk`]) {
      assertProblem(await call('nobody', 'GET', url), 401, 'token-missing', /bearer token/)
      assertProblem(await call('storefront', 'GET', url), 403, 'scope-missing', /shipments:read/)
    }
  })
})

t.test('dispatch', async (t) => {
  t.test('is told once, with the ruling on the risk, and said twice happens once', async (t) => {
    const { id } = await requested()
    const added = await rowsAdded(db, async () => {
      const { status, body } = await dispatch(id)
      assert.equal(status, 200)
      assert.partialDeepStrictEqual(body, {
        status: 'dispatched',
        dispatched: { ...parcel, handedOverAt: HANDED_OVER },
      })
    })
    t.strictSame(added, { outbox: 1 })
    const found = (await call('support', 'GET', '/shipments?trackingNumber=test1234567no&limit=200')).body.items
    t.ok(
      found.some((each: { id: string }) => each.id === id),
      'found by the number of its parcel',
    )
    t.strictSame((await call('support', 'GET', '/shipments?trackingNumber=OTHER')).body, { items: [] })
    await changesNothing(db, async () => assert.equal((await dispatch(id)).status, 200))
    await onlyRecorded(async () =>
      assertProblem(
        await dispatch(id, { ...parcel, trackingNumber: 'OTHER' }),
        409,
        'shipment-dispatched',
        /left with Posten, tracking number TEST1234567NO/,
      ),
    )
  })
  t.test('is refused while the confirmation has bounced, and goes on when it has arrived', async (t) => {
    const { id, orderId } = await requested()
    await hear('ConfirmationBounced', orderId)
    await onlyRecorded(async () =>
      assertProblem(await dispatch(id), 409, 'shipment-held', /Do not send: the order confirmation bounced/),
    )
    await hear('ContractFormed', orderId)
    t.equal((await dispatch(id)).body.status, 'dispatched')
  })
  t.test('is refused when the order is cancelled', async () => {
    const { id, orderId } = await requested()
    await hear('OrderCancelled', orderId)
    await onlyRecorded(async () => assertProblem(await dispatch(id), 409, 'shipment-cancelled', /order was cancelled/))
  })
  t.test('wins over a cancellation that comes later', async (t) => {
    const { orderId } = await dispatched()
    await hear('CancellationRequested', orderId)
    const { body } = await call('warehouse', 'GET', `/shipments?orderId=${orderId}`)
    t.equal(body.items[0].status, 'dispatched')
  })
  t.test('is not foretold, and not from before there was anything to send', async () => {
    const { id } = await requested()
    const at = (handedOverAt: string) => dispatch(id, { ...parcel, handedOverAt })
    await onlyRecorded(async () =>
      assertProblem(await at('2026-06-02T12:00:01Z'), 409, 'handover-in-the-future', /later than now/),
    )
    for (const early of ['2026-06-01T08:02:09Z', '0000-01-01T00:00:00Z'])
      await onlyRecorded(async () =>
        assertProblem(await at(early), 409, 'handover-before-request', /asked for at 2026-06-01T08:02:10Z/),
      )
  })
  t.test('of nothing is 404', async () =>
    onlyRecorded(async () => assertProblem(await dispatch(unknown), 404, 'shipment-unknown', /no such shipment/)),
  )
})

t.test('delivery', async (t) => {
  t.test('is told once, and said twice happens once', async (t) => {
    const { id } = await dispatched()
    const added = await rowsAdded(db, async () => {
      const { status, body } = await deliver(id)
      assert.equal(status, 200)
      assert.partialDeepStrictEqual(body, { status: 'delivered', receivedAt: RECEIVED, receivedBy: 'Kari Eksempel' })
    })
    t.strictSame(added, { outbox: 1 })
    await changesNothing(db, async () => assert.equal((await deliver(id)).status, 200))
    const other = { receivedBy: 'Kari Eksempel', takenBy: 'customer', receivedAt: '2026-06-04T10:00:00Z' }
    await onlyRecorded(async () =>
      assertProblem(
        await deliver(id, other),
        409,
        'shipment-delivered',
        /received at 2026-06-04T14:30:00Z already; periods run from then/,
      ),
    )
  })
  t.test('comes after the handover and not in the future', async () => {
    const waiting = await requested()
    await onlyRecorded(async () =>
      assertProblem(await deliver(waiting.id), 409, 'shipment-not-dispatched', /not been handed to a carrier/),
    )
    const { id } = await dispatched()
    const at = (receivedAt: string) => deliver(id, { receivedBy: 'Kari', takenBy: 'customer', receivedAt })
    await onlyRecorded(async () =>
      assertProblem(await at('2026-06-02T11:59:59Z'), 409, 'receipt-before-handover', /handed over at/),
    )
    await onlyRecorded(async () =>
      assertProblem(await at('2026-06-04T14:30:01Z'), 409, 'receipt-in-the-future', /later than now/),
    )
  })
})

t.test('bad input changes nothing', async (t) => {
  for (const [what, path, body, detail] of [
    ['no carrier', 'dispatch', { trackingNumber: 'T' }, /must have the field carrier/],
    ['an empty tracking number', 'dispatch', { ...parcel, trackingNumber: '' }, /body\.trackingNumber/],
    ['a carrier that is too long', 'dispatch', { ...parcel, carrier: 'x'.repeat(101) }, /body\.carrier .*100/],
    ['a number for a carrier', 'dispatch', { ...parcel, carrier: 7 }, /body\.carrier .*string/],
    ['a day for a moment', 'dispatch', { ...parcel, handedOverAt: '2026-06-02' }, /body\.handedOverAt .*date-time/],
    [
      'a moment too fine',
      'dispatch',
      { ...parcel, handedOverAt: '2026-06-02T11:00:00.1234567891Z' },
      /body\.handedOverAt/,
    ],
    ['an unknown field', 'dispatch', { ...parcel, weight: 3 }, /must not have the field weight/],
    ['a character that no database keeps', 'dispatch', { ...parcel, manuals: ['\0'] }, /body\.manuals\.0 .*U\+0000/],
    [
      'a blank tracking number',
      'dispatch',
      { ...parcel, trackingNumber: ' \t' },
      /body\.trackingNumber must be a tracking/,
    ],
    ['a blank carrier', 'dispatch', { ...parcel, carrier: '   ' }, /body\.carrier must be the name of a carrier/],
    ['a blank receiver', 'delivery', { receivedBy: '   ' }, /body\.receivedBy must be the name of who received it/],
    ['a blank place', 'whereabouts', { report: 'in-transit', place: ' ' }, /body\.place must be a place/],
    ['nobody who received it', 'delivery', {}, /must have the field receivedBy/],
    [
      'a moment without a zone',
      'delivery',
      { receivedBy: 'Kari', receivedAt: '2026-06-04T14:30:00' },
      /body\.receivedAt/,
    ],
  ] as const)
    t.test(what, async () => {
      const { id } = await requested()
      await changesNothing(db, async () =>
        assertProblem(await call('warehouse', 'PUT', `/shipments/${id}/${path}`, body), 400, 'invalid-input', detail),
      )
    })
  t.test('malformed JSON, two megabytes, an id that is none', async () =>
    changesNothing(db, async () => {
      assertProblem(await dispatch(unknown, '{'), 400, 'malformed-request', /JSON/)
      assertProblem(
        await dispatch(unknown, { ...parcel, note: 'x'.repeat(2_000_000) }),
        413,
        'body-too-large',
        /256 KiB/,
      )
      assertProblem(await dispatch('1'), 400, 'invalid-input', /params\.id .*uuid/)
    }),
  )
  t.test('a token without the scope', async () => {
    const { id } = await requested()
    await changesNothing(db, async () => {
      for (const move of [dispatch, deliver]) {
        assertProblem(await move(id, parcel, 'nobody'), 401, 'token-missing', /bearer token/)
        assertProblem(await move(id, parcel, 'support'), 403, 'scope-missing', /shipments:write/)
      }
    })
  })
})

t.test('who bears the risk', async (t) => {
  const at = async (id: string, moment?: string) =>
    (await call('support', 'GET', `/shipments/${id}/risk${moment ? `?at=${encodeURIComponent(moment)}` : ''}`)).body
  t.test(
    'for a consumer: the seller until they can no longer withdraw, then the customer, with clause and law',
    async (t) => {
      const { id } = await dispatched()
      await deliver(id)
      for (const moment of ['2026-06-04T14:29:59Z', RECEIVED, '2026-06-18T21:59:59Z'])
        t.equal((await at(id, moment)).bearer, 'seller', moment)
      const later = await at(id, '2026-06-18T22:00:00Z')
      t.hasStrict(later, { bearer: 'customer', since: '2026-06-18T22:00:00Z' })
      t.ok(
        lawOf(later.reasons).some((law) => law?.startsWith('7.')) &&
          lawOf(later.reasons).some((law) => law?.startsWith('§')),
      )
      t.equal((await at(id, '2026-06-19T00:00:00+02:00')).bearer, 'customer')
      clock.at = '2026-06-03T00:00:00Z'
      t.hasStrict(await at(id), { at: '2026-06-03T00:00:00Z', bearer: 'seller' })
    },
  )
  t.test('for a business: the customer from the handover to the carrier', async (t) => {
    const { id } = await dispatched({ customerKind: 'business' })
    t.equal((await at(id, '2026-06-02T11:59:59Z')).bearer, 'seller')
    t.hasStrict(await at(id, HANDED_OVER), { bearer: 'customer', since: HANDED_OVER })
  })
  t.test('is told of shipments that there are, at moments that there are', async () => {
    assertProblem(
      await call('support', 'GET', `/shipments/${unknown}/risk`),
      404,
      'shipment-unknown',
      /no such shipment/,
    )
    const { id } = await requested()
    for (const wrong of ['yesterday', '2026-06-04', '2026-02-30T00:00:00Z'])
      assertProblem(
        await call('support', 'GET', `/shipments/${id}/risk?at=${wrong}`),
        400,
        'invalid-input',
        /querystring\.at .*date-time/,
      )
  })
})
