import { told } from '@vilkar/contracts/test/told.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { given } from '@vilkar/testing/given.ts'
import t from 'tap'
import { decider } from '../../shipment/decider.ts'
import { correctDelivery, deliver, dispatch, request } from '../a-shipment.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, call, requested } = await startShippingForTest()
const delivered = [request(), dispatch(), deliver()]
const after = (...commands: Parameters<typeof told>[1][]) => given(decider, ...told(decider, ...(commands as never[])))
const gone = correctDelivery({ delivered: undefined })

t.test('a delivery that was told wrongly', async (t) => {
  t.test('moves in time and to another receiver, and what was told is kept', async (t) => {
    const state = after(...delivered)
      .when(correctDelivery())
      .thenHappens({
        type: 'DeliveryCorrected',
        data: { was: '2026-06-04T14:30:00Z', receivedAt: '2026-06-05T16:00:00Z', personal: { by: 'staff-kim' } },
      })
    t.hasStrict(state, { status: 'delivered', receivedAt: '2026-06-05T16:00:00Z' })
    after(...delivered)
      .when(
        correctDelivery({ delivered: { receivedAt: '2026-06-04T14:30:00Z', receivedBy: 'Ola', takenBy: 'customer' } }),
      )
      .thenHappens({ type: 'DeliveryCorrected', data: { receivedAt: '2026-06-04T14:30:00Z' } })
  })
  t.test('is taken back, so that it is on its way again and may be delivered', async (t) => {
    const state = after(...delivered)
      .when(gone)
      .thenHappens({ type: 'DeliveryCorrected' })
    t.equal(state.status, 'dispatched')
    after(...delivered, gone)
      .when(gone)
      .thenNothing()
    after(...delivered, gone)
      .when(deliver({ receivedAt: '2026-06-05T16:00:00Z', receivedBy: 'Kari Eksempel' }))
      .thenRefused('receipt-in-the-future')
    after(...delivered, gone)
      .when(deliver())
      .thenHappens({ type: 'ShipmentDelivered' })
    after(...delivered, gone)
      .when(correctDelivery())
      .thenRefused('shipment-not-delivered')
  })
  t.test('said twice it is corrected once, and what is true already is no correction', async () => {
    after(...delivered, correctDelivery())
      .when(correctDelivery({ wasReceivedBy: 'Ola Eksempel' }))
      .thenNothing()
  })
  for (const [what, receivedAt, code] of [
    ['before it was handed over', '2026-06-02T11:59:59Z', 'receipt-before-handover'],
    ['later than now', '2026-06-06T09:00:01Z', 'receipt-in-the-future'],
  ] as const)
    t.test(`is not corrected to a moment ${what}`, async () =>
      after(...delivered)
        .when(correctDelivery({ delivered: { receivedAt, receivedBy: 'Kari', takenBy: 'customer' } }))
        .thenRefused(code),
    )
  t.test('must have been told', async () => {
    for (const past of [[request()], [request(), dispatch()]])
      for (const command of [correctDelivery(), gone])
        after(...past)
          .when(command)
          .thenRefused('shipment-not-delivered')
  })
})

t.test('the door of corrections', async (t) => {
  const { id } = await requested()
  clock.at = '2026-06-02T12:00:00Z'
  await call('warehouse', 'PUT', `/shipments/${id}/dispatch`, { carrier: 'Posten', trackingNumber: 'T1' })
  clock.at = '2026-06-04T14:30:00Z'
  await call('warehouse', 'PUT', `/shipments/${id}/delivery`, { receivedBy: 'Kari', takenBy: 'customer' })
  clock.at = '2026-06-06T09:00:00Z'
  const correct = (body: object, role = 'support') => call(role, 'PUT', `/shipments/${id}/delivery/correction`, body)
  const why = 'The carrier had scanned another parcel.'
  t.test('is for staff, and asks why', async () =>
    changesNothing(db, async () => {
      assertProblem(await correct({ why }, 'customer'), 403, 'scope-missing', /staff/)
      assertProblem(await correct({}), 400, 'invalid-input', /why/)
      assertProblem(await correct({ why: ' \u3164 ' }), 400, 'invalid-input', /why must be a reason in words/)
      const unknown = `/shipments/${crypto.randomUUID()}/delivery/correction`
      assertProblem(await call('support', 'PUT', unknown, { why }), 404, 'shipment-unknown', /no such shipment/)
    }),
  )
  t.test('tells what was told before, who corrected it and why; risk goes by the corrected fact', async (t) => {
    const added = await rowsAdded(db, async () => {
      for (const _ of [1, 2]) t.equal((await correct({ why })).body.status, 'dispatched')
    })
    t.strictSame(added, { outbox: 1 })
    const risk = (await call('support', 'GET', `/shipments/${id}/risk`)).body
    t.strictSame([risk.bearer, risk.reasons[0].code], ['seller', 'not-received'])
    const delivered = { receivedAt: '2026-06-05T16:00:00Z', receivedBy: 'Ola', takenBy: 'customer' }
    t.equal((await call('warehouse', 'PUT', `/shipments/${id}/delivery`, delivered)).status, 200)
    const moved = { receivedAt: '2026-06-05T17:00:00Z', receivedBy: 'Kari', takenBy: 'customer' }
    const { body } = await correct({ why, delivered: moved })
    t.hasStrict(body, { status: 'delivered', ...moved })
    t.hasStrict(body.deliveryCorrections, [
      { was: '2026-06-04T14:30:00Z', wasReceivedBy: 'Kari', by: 'support', why },
      { was: '2026-06-05T16:00:00Z', wasReceivedBy: 'Ola', ...moved, by: 'support', why },
    ])
  })
})
