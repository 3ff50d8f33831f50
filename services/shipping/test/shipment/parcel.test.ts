import assert from 'node:assert/strict'
import { takers } from '@vilkar/contracts/shipping-parcel.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { decider } from '../../shipment/decider.ts'
import { MAX_REPORTS } from '../../shipment/report.ts'
import { acceptance, deliver, dispatch, hold, packing, readdress, reported, request, stopOne } from '../a-shipment.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, hear, call, requested } = await startShippingForTest()
const after = (...commands: Parameters<typeof told>[1][]) => given(decider, ...told(decider, ...(commands as never[])))
const sent = [request(), dispatch()]
const at = (time: string) => ({ occurredAt: `2026-06-03T${time}Z` })

t.test('the warehouse', async (t) => {
  t.test('takes a shipment on and packs it, each said twice is once', async (t) => {
    t.equal(after(request()).when(acceptance).thenHappens({ type: 'ShipmentAccepted' }).status, 'accepted')
    t.equal(after(request(), acceptance).when(packing).thenHappens({ type: 'ShipmentPacked' }).status, 'packed')
    t.equal(after(request()).when(packing).thenHappens({ type: 'ShipmentPacked' }).status, 'packed')
    after(request(), packing).when(packing).thenNothing()
    after(request(), packing).when(acceptance).thenNothing()
    after(request(), packing, dispatch()).when(packing).thenNothing()
    after(...sent)
      .when(packing)
      .thenRefused('shipment-dispatched')
  })
  t.test('does neither with what is held or stopped', async () => {
    for (const command of [acceptance, packing]) {
      after(request(), hold).when(command).thenRefused('shipment-held')
      after(request(), { type: 'CancelShipment', data: acceptance.data } as never)
        .when(command)
        .thenRefused('shipment-cancelled')
    }
  })
  t.test('opens what is packed to take units out, and what is packed keeps its address', async (t) => {
    const state = after(request(), packing).when(stopOne).thenHappens({ type: 'ShipmentReduced' })
    t.equal(state.status, 'accepted')
    after(request(), packing, stopOne).when(readdress).thenHappens({ type: 'ShipmentReaddressed' })
    after(request(), packing).when(readdress).thenNothing()
  })
})

t.test('what is told of a parcel on its way', async (t) => {
  t.test('late, twice and in any order: the last to happen says where it is', async (t) => {
    const first = reported('in-transit', at('08:00:00'))
    const second = reported('at-pickup-point', at('09:00:00'))
    for (const order of [
      [first, second],
      [second, first],
      [second, first, second, first],
    ]) {
      const state = told(decider, ...sent, ...order).reduce(decider.evolve, decider.initial)
      t.hasStrict(state, {
        status: 'at-pickup-point',
        reports: [{ report: 'in-transit' }, { report: 'at-pickup-point' }],
      })
      t.equal((state as { reports: unknown[] }).reports.length, 2)
    }
  })
  t.test('is not foretold, and not from before it left', async () => {
    after(...sent)
      .when(reported('lost', at('10:00:01')))
      .thenRefused('receipt-in-the-future')
    after(...sent)
      .when(reported('lost', { occurredAt: '2026-06-02T11:00:00Z' }))
      .thenRefused('receipt-before-handover')
    after(request()).when(reported('lost')).thenRefused('shipment-not-dispatched')
  })
  t.test('moves nothing once the customer has it, and what was before that is kept', async (t) => {
    const delivered = [...sent, deliver()]
    const late = { data: { ...reported('lost').data, at: '2026-06-05T00:00:00Z', occurredAt: '2026-06-04T15:00:00Z' } }
    after(...delivered)
      .when({ ...reported('lost'), ...late })
      .thenRefused('shipment-delivered')
    const state = after(...delivered)
      .when(reported('in-transit'))
      .thenHappens({ type: 'ParcelReported' })
    t.hasStrict(state, { status: 'delivered', reports: [{ report: 'in-transit' }] })
  })
  t.test('has an end', async () => {
    const all = Array.from({ length: MAX_REPORTS }, (_, n) =>
      reported(n % 2 ? 'in-transit' : 'at-pickup-point', {
        occurredAt: Temporal.Instant.from('2026-06-02T13:00:00Z').add({ seconds: n }).toString(),
      }),
    )
    after(...sent, ...all)
      .when(reported('lost'))
      .thenRefused('too-many-reports')
  })
})

t.test('who took it decides whether it is delivered', async (t) => {
  for (const takenBy of takers)
    t.test(takenBy, async (t) => {
      const { events } = decider.decide(
        deliver({ takenBy }),
        told(decider, ...sent).reduce(decider.evolve, decider.initial),
      )
      const isCustomers = takenBy === 'customer' || takenBy === 'named-by-customer'
      t.strictSame(
        events.map(({ type }) => type),
        [isCustomers ? 'ShipmentDelivered' : 'ParcelReported'],
      )
      after(...sent, deliver({ takenBy }))
        .when(deliver({ takenBy }))
        .thenNothing()
      if (!isCustomers)
        after(...sent, deliver({ takenBy }))
          .when(deliver())
          .thenHappens({ type: 'ShipmentDelivered' })
    })
})

/** A shipment of a new order that the carrier has. */
async function dispatched() {
  const shipment = await requested()
  clock.at = '2026-06-02T12:00:00Z'
  const parcel = { carrier: 'Posten', trackingNumber: 'T1' }
  assert.equal((await call('warehouse', 'PUT', `/shipments/${shipment.id}/dispatch`, parcel)).status, 200)
  clock.at = '2026-06-04T14:30:00Z'
  return shipment
}

t.test('taken by somebody whom nobody named, no period begins and the seller bears the risk (case L16)', async (t) => {
  const { id } = await dispatched()
  const taken = () => call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Nachbar Schmidt' })
  const added = await rowsAdded(db, async () => t.equal((await taken()).status, 200))
  t.strictSame(added, { outbox: 1 })
  await changesNothing(db, async () => t.equal((await taken()).body.status, 'left-elsewhere'))
  const { type } = await db
    .selectFrom('outbox')
    .select('type')
    .where('aggregate_id', '=', id)
    .orderBy('aggregate_version', 'desc')
    .executeTakeFirstOrThrow()
  t.equal(type, 'ParcelReported')
  clock.at = '2026-08-01T00:00:00Z'
  t.equal((await call('support', 'GET', `/shipments/${id}/risk`)).body.bearer, 'seller')
  clock.at = '2026-06-05T10:00:00Z'
  const { body } = await call('warehouse', 'PUT', `/shipments/${id}/delivery`, {
    receivedBy: 'Kari',
    takenBy: 'customer',
  })
  t.hasStrict(body, {
    status: 'delivered',
    receivedAt: clock.at,
    reports: [{ report: 'left-elsewhere', takenBy: 'unknown', receivedBy: 'Nachbar Schmidt' }],
  })
})

t.test('a delivery that was told of the customer and was to a neighbour is taken back by a correction', async (t) => {
  const { id } = await dispatched()
  await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  const delivered = { receivedAt: '2026-06-04T14:30:00Z', receivedBy: 'Nora', takenBy: 'neighbour' }
  const { body } = await call('support', 'PUT', `/shipments/${id}/delivery/correction`, {
    delivered,
    why: 'It was Nora.',
  })
  t.hasStrict(body, { status: 'left-elsewhere', reports: [{ takenBy: 'neighbour', receivedBy: 'Nora' }] })
  t.notOk(body.receivedAt ?? body.receivedBy ?? body.takenBy)
})

t.test('the doors of the way', async (t) => {
  t.test('show a shipment, its units and what is told of it', async (t) => {
    const { id, orderId } = await dispatched()
    const where = { report: 'at-pickup-point', place: 'Kiosken' }
    t.equal((await call('warehouse', 'PUT', `/shipments/${id}/whereabouts`, where)).body.status, 'at-pickup-point')
    t.hasStrict((await call('support', 'GET', `/shipments/${id}`)).body, {
      id,
      reports: [{ ...where, occurredAt: clock.at }],
    })
    const { lines } = (await call('support', 'GET', `/orders/${orderId}/units`)).body
    t.strictSame(lines[0], { lineId: '1', requested: 2, open: 0, dispatched: 2, stopped: 0 })
    const unknown = crypto.randomUUID()
    assertProblem(await call('support', 'GET', `/shipments/${unknown}`), 404, 'shipment-unknown', /no such/)
    for (const path of ['whereabouts', 'acceptance', 'packing']) {
      const body = path === 'whereabouts' ? where : undefined
      assertProblem(
        await call('warehouse', 'PUT', `/shipments/${unknown}/${path}`, body),
        404,
        'shipment-unknown',
        /no such/,
      )
      assertProblem(
        await call('support', 'PUT', `/shipments/${id}/${path}`, body),
        403,
        'scope-missing',
        /shipments:write/,
      )
    }
    for (const wrong of [{ report: 'delivered' }, { report: 'lost', takenBy: 'neighbour' }])
      assertProblem(await call('warehouse', 'PUT', `/shipments/${id}/whereabouts`, wrong), 400, 'invalid-input', /body/)
  })
})

t.test('at the same time', async (t) => {
  t.test('a stop and a dispatch account for every unit once, whoever comes first', async (t) => {
    for (let round = 0; round < 12; round += 1) {
      const { id, orderId } = await requested()
      clock.at = '2026-06-02T12:00:00Z'
      const lines = [{ lineId: '1', quantity: 1 }]
      const [stopped, left] = [
        { requestId: crypto.randomUUID(), lines: [{ lineId: '1', quantity: 2 }] },
        { carrier: 'P', trackingNumber: 'T', lines },
      ]
      await Promise.all([
        hear('StopRequested', orderId, stopped),
        call('warehouse', 'PUT', `/shipments/${id}/dispatch`, left),
        call('warehouse', 'PUT', `/shipments/${id}/packing`),
      ])
      const [one] = (await call('support', 'GET', `/orders/${orderId}/units`)).body.lines
      t.equal(one.requested, 2)
      t.equal(one.open + one.dispatched + one.stopped, 2)
      t.equal(one.open, 0)
    }
  })
  t.test('packed or readdressed, and never packed for the address of before and said to be changed', async (t) => {
    const seen = new Set<boolean>()
    for (let round = 0; round < 16; round += 1) {
      const { id, orderId } = await requested()
      const to = { name: 'Kari', street: 'Parkveien 12', postalCode: '0350', city: 'Oslo', country: 'NO' }
      const change = () => hear('AddressChangeRequested', orderId, { requestId: crypto.randomUUID(), personal: { to } })
      const pack = () => call('warehouse', 'PUT', `/shipments/${id}/packing`)
      await Promise.all(round % 2 ? [change(), pack()] : [pack(), change()])
      const { address, status } = (await call('support', 'GET', `/shipments/${id}`)).body
      const { data } = (await db
        .selectFrom('outbox')
        .select('data')
        .where('aggregate_id', '=', orderId)
        .where('type', '=', 'AddressChangeAnswered')
        .executeTakeFirstOrThrow()) as { data: { changed: boolean; left: string[] } }
      t.equal(status, 'packed')
      t.equal(data.changed, address.street === to.street)
      t.strictSame(data.left, data.changed ? [] : [id])
      seen.add(data.changed)
    }
    t.ok(seen.size > 0)
  })
  t.test('a receipt that is told by two at once is one', async (t) => {
    const { id } = await dispatched()
    const told = await Promise.all(
      ['Kari', 'Kari'].map((receivedBy) =>
        call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy, takenBy: 'customer' }),
      ),
    )
    t.strictSame(
      told.map(({ status }) => status),
      [200, 200],
    )
    const { length } = await db
      .selectFrom('outbox')
      .select('type')
      .where('aggregate_id', '=', id)
      .where('type', '=', 'ShipmentDelivered')
      .execute()
    t.equal(length, 1)
  })
})
