import { fileURLToPath } from 'node:url'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { Envelope } from '@vilkar/contracts/event.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import { example, fact, factsOf, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { freshDatabaseWithJobs } from '@vilkar/testing/database.ts'
import t, { type Test } from 'tap'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { planFollowUps } from '../follow-ups.ts'
import { order } from '../order/order.ts'
import type { OrderCommand, PlacedOrder } from '../order/state.ts'
import { reactions } from '../service.ts'
import {
  addressAnswered,
  allStopped,
  answer,
  authorise,
  bounce,
  cancelByCustomer,
  cancelUnits,
  capture,
  changeAddress,
  claim,
  command,
  confirm,
  correctDelivery,
  correctEmail,
  correctEmailByStaff,
  deliver,
  dispatch,
  endFailure,
  endHindrance,
  endReservation,
  expire,
  failDelivery,
  hinder,
  lessClaim,
  lose,
  orderId,
  place,
  refund,
  release,
  returnId,
  setPeriod,
  settle,
  settleRecall,
  shipmentId,
  writeRecall,
} from './an-order.ts'

const formed = [place(), authorise(), confirm()]
const authoriseAgain = {
  ...authorise({ paymentId: 'b5b2a1de-0c67-4d0e-9b0a-2f7f3f1c9a66', expiresAt: '2026-07-27T11:06:00Z' }),
}
const { personal: mended } = fact('EmailCorrected').data
const mendEmail = { ...correctEmail, data: { ...correctEmail.data, from: mended.from, by: mended.by, why: mended.why } }
const { line, personal: mistake } = fact('CancellationProposed').data
const ROBINS_WORDS = fact('CancellationProposalEnded').data.personal.why
const { data: units } = cancelUnits(line!.lineId, line!.quantity)
const wrongPrice: OrderCommand = {
  type: 'CancelUnits',
  data: { ...units, by: 'seller', reason: 'pricing-error', mistake },
}
const { paidAt, orderId: _, ...paidBesides } = fact('PayoutMade').data
const { orderId: __, lastDay: ___, ...day } = fact('DeliveryDayAgreed').data
const agreeDay = command('AgreeDeliveryDay', '2026-06-09T08:00:00Z', day)
const payOut = command('RecordPayout', paidAt, paidBesides)
const answeredBefore = fact('ReplacementAnswered').data
const { lines: cured } = answeredBefore
const cure = { returnId: answeredBefore.returnId, cureId: answeredBefore.cureId }
const stories: Record<string, OrderCommand[]> = {
  'an authorisation that runs out and is renewed': [
    ...formed,
    expire,
    { ...authoriseAgain, data: { ...authoriseAgain.data, at: '2026-06-29T11:06:00Z' } },
  ],
  'goods that left, whose payment ran out before it was taken': [...formed, dispatch(), expire, claim, lessClaim],
  'an order that is sent, paid, received and partly refunded': [...formed, dispatch(), capture, deliver, refund],
  'a day of delivery that is agreed later': [...formed, agreeDay, agreeDay],
  'money that is paid besides': [...formed, payOut, payOut],
  'a delivery that was told wrongly': [
    ...[...formed, dispatch(), deliver],
    correctDelivery(fact('OrderDeliveryCorrected').data.deliveredAt),
  ],
  'a parcel that does not arrive': [
    ...[...formed, dispatch(), failDelivery(), failDelivery(), endFailure('closed'), endFailure('closed')],
  ],
  'goods that never come': [...formed, dispatch(), lose(), lose()],
  'an order that takes longer than was expected': [...formed, command('TellDelay', '2026-06-10T22:00:00Z', {})],
  'an order that something hinders': [...formed, hinder(), hinder(), endHindrance(), endHindrance()],
  'an order whose customer set extra time': [
    ...[...formed, setPeriod(), setPeriod(), command('TellDelay', '2026-07-15T22:00:05Z', {})],
  ],
  'an order whose goods are recalled': [...formed, writeRecall(), settleRecall('told')],
  'an order whose goods were kept no longer, and are still there when it is paid': [
    place(),
    endReservation(),
    authorise(),
  ],
  'a confirmation that bounces and is mended': [...formed, bounce(), mendEmail],
  'a confirmation that went to somebody else': [...formed, correctEmailByStaff, confirm('2026-06-01T12:00:00Z')],
  'goods that go elsewhere': [...formed, changeAddress(), addressAnswered()],
  'units that replace defective ones, and are not wanted after all': [
    ...[...formed, dispatch()],
    command('AnswerReplacement', '2026-07-28T09:01:00Z', { ...cure, outcome: 'reserved', lines: cured }),
    command('ReleaseReplacement', '2026-07-28T10:00:00Z', { cureId: cure.cureId }),
  ],
  'a cancellation in time': [...formed, cancelByCustomer, allStopped, release],
  'the end of a contract for an obvious mistake': [...formed, wrongPrice, settle('approved', { why: ROBINS_WORDS })],
  'a cancellation that comes too late': [
    ...formed,
    cancelByCustomer,
    dispatch(),
    answer({ 1: 2, 2: 1 }, { at: '2026-06-02T12:00:00Z' }),
  ],
}

t.test('what orders tells', async (t) => {
  for (const [story, commands] of Object.entries(stories))
    t.test(`in ${story} is valid and as its examples say`, async (t) => {
      for (const event of told(order, ...commands)) {
        t.strictSame(faultsOf(event), [])
        // What of the units asked for had left, and what was not taken of them, are other stories than those of the examples.
        const other =
          (event.type === 'StopConcluded' && event.data.left.length > 0) ||
          (event.type === 'AuthorisationExpired' && event.data.owed !== 0) ||
          (event.type === 'StopRequested' && event.data.by === 'seller') ||
          (event.type === 'EmailCorrected' && event.data.wasFormed) ||
          (event.type === 'DeliveryDelayed' && event.data.promise === 'last-day')
        if (!other) t.strictSame(factsOf(event), factsOf(fact(event.type)))
      }
    })
  t.test('is all that it declares', async (t) => {
    const types = Object.values(stories).flatMap((commands) => told(order, ...commands).map(({ type }) => type))
    // Told of an erasure, and of no order: its own test has it.
    const others = ['OrderDataErased', 'OrderWrittenSince']
    t.strictSame([...new Set(types), ...others].sort(), allEvents.orders.map(nameOf).sort())
  })
})

/** A database with the order as these commands left it, and the ear of the service. */
async function orderAfter(t: Test, ...commands: OrderCommand[]) {
  const url = await freshDatabaseWithJobs(...commonMigrations, fileURLToPath(new URL('../migrations', import.meta.url)))
  const pool = createPool(url, { max: 1 })
  t.teardown(() => pool.end())
  const db = createDatabase<Database>(pool)
  const events = told(order, ...commands)
  const state = events.reduce(order.evolve, order.initial) as PlacedOrder
  await db
    .insertInto('orders')
    .values({
      id: orderId,
      number: state.placed.number,
      version: events.length,
      status: state.status,
      state: JSON.stringify(state),
      personal: JSON.stringify(place().data.personal),
      placed_at: state.placed.placedAt,
      payment_check_due_at: null,
    })
    .execute()

  const product = { name: JSON.stringify({ nb: 'Sensor', en: 'Sensor' }), price_nok: 1, price_eur: 1, vat_rate: 2_500 }
  await db
    .insertInto('product')
    .values({ sku: 'SENSOR-1', ...product, seller: null, stock: 7, traits: '{}', updated_at: state.placed.placedAt })
    .execute()

  const enqueued: string[] = []
  const complaints: object[] = []
  const jobs = {
    enqueue: async (_: unknown, name: string, all: object[]) => void enqueued.push(...all.map(() => name)),
  }
  const log = { error: (details: object) => complaints.push(details) }
  const clock = { now: () => Temporal.Instant.from('2026-06-02T12:00:00Z') }
  const deps = { jobs, log, clock, planFollowUps } as unknown as Deps
  return {
    enqueued,
    complaints,
    hear: (envelope: Envelope) => db.transaction().execute((trx) => reactWith(reactions, deps)(trx, envelope)),
    toldNow: async () => (await readHistory(db, orderId)).map(({ type, data }) => factsOf({ type, data })),
    operations: () =>
      db
        .selectFrom('money_operation')
        .select(['kind', 'purpose_kind', 'purpose_id', 'amount', 'currency', 'status'])
        .execute(),
    db,
    stock: () => db.selectFrom('product').select(['sku', 'stock']).execute(),
    status: async () => (await db.selectFrom('orders').select('status').executeTakeFirstOrThrow()).status,
  }
}

t.test('what orders hears', async (t) => {
  t.test('ShipmentDispatched: the order is dispatched and its payment to be captured, once', async (t) => {
    const { hear, toldNow, operations, enqueued } = await orderAfter(t, ...formed)
    await hear(example('ShipmentDispatched'))
    await hear(example('ShipmentDispatched'))
    t.strictSame(await toldNow(), [factsOf(fact('OrderDispatched'))])
    const { captureAmount: amount, currency } = fact('OrderDispatched').data
    t.strictSame(await operations(), [
      { kind: 'capture', purpose_kind: 'shipment', purpose_id: shipmentId, amount, currency, status: 'planned' },
    ])
    t.strictSame(enqueued, ['settle-payment'], 'the mail waits for its invoice')
  })
  t.test('ShipmentDispatched of a cancelled order: nothing is taken, and a person is told', async (t) => {
    const { hear, operations, complaints } = await orderAfter(t, ...formed, cancelByCustomer, allStopped)
    await hear(example('ShipmentDispatched'))
    t.strictSame(await operations(), [])
    t.equal(complaints.length, 1)
  })
  t.test('ShipmentDelivered: the order is delivered', async (t) => {
    const { hear, toldNow } = await orderAfter(t, ...formed, dispatch())
    await hear(example('ShipmentDelivered'))
    t.strictSame(await toldNow(), [factsOf(fact('OrderDelivered'))])
  })
  t.test('what is sent instead of lost units is not taken again, and its delivery is that of the order', async (t) => {
    const { hear, toldNow, operations } = await orderAfter(t, ...formed, dispatch())
    const [sent, delivered] = [example('ShipmentDispatched'), example('ShipmentDelivered')]
    const instead = '019e91a5-0000-7b01-8c11-5a7d2b9c4e77'
    await hear({ ...sent, data: { ...sent.data, shipmentId: instead, replaces: shipmentId } })
    t.strictSame(await operations(), [])
    await hear({ ...delivered, data: { ...delivered.data, shipmentId: instead, originalShipmentId: shipmentId } })
    t.strictSame(await toldNow(), [factsOf(fact('OrderDelivered'))])
  })
  t.test(
    'DeliveryFailed and DeliveryFailureEnded: the order takes note, once, and the customer is written',
    async (t) => {
      const { hear, toldNow, enqueued } = await orderAfter(t, ...formed, dispatch())
      for (const _ of [1, 2]) await hear(example('DeliveryFailed'))
      t.strictSame(await toldNow(), [factsOf(fact('OrderDeliveryFailed'))])
      t.strictSame(enqueued, ['send-mail'])
      for (const _ of [1, 2]) await hear(example('DeliveryFailureEnded'))
      t.strictSame((await toldNow()).slice(1), [factsOf(fact('OrderDeliveryFailureEnded'))])
    },
  )
  t.test('DamageReported: what a customer says is acknowledged by mail, and what others say is not', async (t) => {
    const { hear, toldNow, enqueued } = await orderAfter(t, ...formed, dispatch())
    const reported = example('DamageReported')
    for (const reportedBy of ['carrier', 'warehouse'] as const)
      await hear({ ...reported, data: { ...reported.data, reportedBy } })
    t.strictSame(enqueued, [])
    await hear({ ...reported, data: { ...reported.data, reportedBy: 'customer' } })
    t.strictSame(enqueued, ['send-mail'])
    t.strictSame(await toldNow(), [], 'the order itself is as it was')
  })
  t.test('LossSettled of what was sent instead is of the shipment with which it left first', async (t) => {
    const other = '019e8258-8c00-7b01-9a52-0d6b1f7c3e33'
    const one = [{ lineId: '1', quantity: 1 }]
    const left = [...formed, dispatch([...one, { lineId: '2', quantity: 1 }]), dispatch(one, other)]
    const { hear, toldNow } = await orderAfter(t, ...left)
    const [settled, delivered] = [example('LossSettled'), example('ShipmentDelivered')]
    const again = { shipmentId: '019e91a5-0000-7b01-8c11-5a7d2b9c4e77', originalShipmentId: shipmentId }
    const paidBack = { ...again, choice: 'refund' as const, lines: one, replacementId: undefined }
    await hear({ ...settled, data: { ...settled.data, ...paidBack } })
    t.match(await toldNow(), [{ type: 'UnitsLost', data: { shipmentId, lines: one } }])
    // It turns up after all: what is under way in the other parcel is still to come.
    await hear({ ...delivered, data: { ...delivered.data, ...again } })
    t.match(await toldNow(), [{}, { type: 'OrderDelivered', data: { shipmentId, moreToCome: true } }])
  })
  t.test(
    'RemedyChosen, CureStopAsked, CureStopAnswered: a replacement is taken out of stock, and put back',
    async (t) => {
      const { hear, toldNow, stock } = await orderAfter(t, ...formed, dispatch())
      const { cureId } = example('ReplacementAnswered').data
      const wanted = example('RemedyChosen')
      const lines = [{ lineId: '1', quantity: 2 }]
      await hear({ ...wanted, data: { ...wanted.data, remedy: 'replacement', cureId, lines } })
      const { answeredAt: _, ...answered } = fact('ReplacementAnswered').data
      t.hasStrict(await toldNow(), [{ type: 'ReplacementAnswered', data: answered }])
      t.strictSame(await stock(), [{ sku: 'SENSOR-1', stock: 5 }])
      const stop = example('CureStopAsked')
      await hear({ ...stop, data: { ...stop.data, cureId, shipmentAsked: true } })
      const answer = example('CureStopAnswered')
      await hear({ ...answer, data: { ...answer.data, lost: true } })
      t.strictSame(await stock(), [{ sku: 'SENSOR-1', stock: 5 }], 'what was lost does not come back')
      for (const _ of [1, 2]) await hear(answer)
      t.strictSame((await toldNow()).length, 2)
      t.strictSame(await stock(), [{ sku: 'SENSOR-1', stock: 7 }])
    },
  )
  t.test('DeliveryCorrected: the order was received then, or is on its way again, once', async (t) => {
    const { hear, toldNow, status } = await orderAfter(t, ...formed, dispatch(), deliver)
    for (const _ of [1, 2]) await hear(example('DeliveryCorrected'))
    t.strictSame(await toldNow(), [factsOf(fact('OrderDeliveryCorrected'))])
    const { receivedAt: _, ...data } = example('DeliveryCorrected').data
    await hear({ ...example('DeliveryCorrected'), data })
    t.equal(await status(), 'dispatched')
    await hear(example('ShipmentDelivered'))
    t.equal(await status(), 'delivered')
  })
  t.test('LossSettled: what is paid back is not to come any more, once; what is sent instead is', async (t) => {
    const { hear, toldNow, status } = await orderAfter(t, ...formed, dispatch())
    const settled = example('LossSettled')
    await hear(settled)
    t.strictSame(await toldNow(), [])
    const { lines } = fact('UnitsLost').data
    const paidBack = {
      ...settled,
      data: { ...settled.data, choice: 'refund' as const, lines, replacementId: undefined },
    }
    for (const _ of [1, 2]) await hear(paidBack)
    t.strictSame(await toldNow(), [factsOf(fact('UnitsLost')), factsOf(fact('OrderCompleted'))])
    t.equal(await status(), 'dispatched')
  })
  t.test('AddressChangeAnswered: the goods go elsewhere, and the customer is told, once', async (t) => {
    const { hear, toldNow, enqueued } = await orderAfter(t, ...formed, changeAddress())
    for (const _ of [1, 2]) await hear(example('AddressChangeAnswered'))
    t.strictSame(await toldNow(), [factsOf(fact('AddressChangeConcluded'))])
    t.strictSame(enqueued, ['send-mail', 'tell-address'])
  })
  t.test('StopAnswered: the cancellation takes effect, once, and the money is to be let go', async (t) => {
    const { hear, toldNow, status, operations, enqueued } = await orderAfter(t, ...formed, cancelByCustomer)
    await hear(example('StopAnswered'))
    await hear(example('StopAnswered'))
    t.strictSame(await toldNow(), [factsOf(fact('StopConcluded')), factsOf(fact('OrderCancelled'))])
    t.equal(await status(), 'cancelled')
    const [operation] = await operations()
    t.hasStrict(operation, { kind: 'release', amount: 0 })
    t.strictSame(enqueued, ['send-mail', 'settle-payment'])
  })
  t.test('ShipmentCancelled: nothing that StopAnswered does not say', async (t) => {
    const { hear, toldNow } = await orderAfter(t, ...formed, cancelByCustomer)
    await hear(example('ShipmentCancelled'))
    t.strictSame(await toldNow(), [])
  })
  t.test('WithdrawalDeclared: shipping is asked to stop its units, once', async (t) => {
    const { hear, toldNow } = await orderAfter(t, ...formed)
    const withdrawal = example('WithdrawalDeclared')
    const lines = [{ lineId: '1', quantity: 1, amount: 49_900, unsent: 1 }]
    for (const _ of [1, 2]) await hear({ ...withdrawal, data: { ...withdrawal.data, goodsSent: false, lines } })
    const [asked, ...more] = (await toldNow()) as { type: string; data: object }[]
    t.hasStrict(asked, {
      type: 'StopRequested',
      data: { returnId: withdrawal.data.returnId, lines: [{ lineId: '1', quantity: 1, unsent: 1 }] },
    })
    t.strictSame(more, [])
  })
  t.test('ReturnUnitsAsked: a withdrawal of an earlier release has its units stopped, once', async (t) => {
    const { hear, toldNow } = await orderAfter(t, ...formed)
    const asked = example('ReturnUnitsAsked')
    for (const _ of [1, 2]) await hear(asked)
    const { returnId, lines } = asked.data
    t.hasStrict(await toldNow(), [{ type: 'StopRequested', data: { returnId, lines } }])
    t.equal((await toldNow()).length, 1)
  })
  t.test('WithdrawalDeclared: before there is an agreement it ends the order at once (case L07)', async (t) => {
    const { hear, status } = await orderAfter(t, place())
    const withdrawal = example('WithdrawalDeclared')
    const lines = place().data.quote.lines.map(({ lineId, quantity }) => ({ lineId, quantity, amount: 0 }))
    await hear({ ...withdrawal, data: { ...withdrawal.data, lines, wholeOrder: true, goodsSent: false } })
    t.equal(await status(), 'cancelled')
  })
  t.test('RefundDecided: a delivery that goes back later is a refund of its own, once', async (t) => {
    const { hear, operations } = await orderAfter(t, ...formed, dispatch(), capture, deliver)
    const decided = example('RefundDecided')
    await hear(decided)
    const deliveryRefundId = '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f99'
    const later = {
      ...decided,
      data: { ...decided.data, deliveryRefundId, amount: 9_900, deliveryAmount: 9_900, lines: [] },
    }
    for (const _ of [1, 2]) await hear(later)
    t.strictSame(
      (await operations()).map(({ purpose_id, amount }) => [purpose_id, amount]),
      [
        [decided.data.returnId, decided.data.amount],
        [deliveryRefundId, 9_900],
      ],
    )
  })
  t.test(
    'RefundDecided: what was deducted, and what is cheaper by agreement, goes back by an id of its own and moves no unit',
    async (t) => {
      const { hear, db } = await orderAfter(t, ...formed, dispatch(), capture, deliver)
      const decided = example('RefundDecided')
      await hear(decided)
      const [overrideId, agreementId] = ['019eb0c8-1c00-7c02-8b63-1e7c2a8d4f97', '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f98']
      const lines = [{ lineId: '2', quantity: 1, amount: 4_000 }]
      const part = { ...decided.data, amount: 4_000, deliveryAmount: 0, lines }
      const cheaper = { ...part, amount: 5_000, deliveryAmount: 1_000, returnId: agreementId, reduction: true as const }
      for (const data of [{ ...part, overrideId }, { ...part, overrideId }, cheaper, cheaper])
        await hear({ ...decided, data })
      const planned = await db.selectFrom('money_operation').select(['purpose_id', 'amount', 'portion']).execute()
      t.strictSame(
        planned.slice(1).map(({ purpose_id, amount, portion }) => [purpose_id, amount, portion]),
        [
          [overrideId, 4_000, { lines: [{ ...lines[0], quantity: 0 }], deliveryAmount: 0 }],
          [agreementId, 5_000, { lines: [{ ...lines[0], quantity: 0 }], deliveryAmount: 1_000 }],
        ],
      )
    },
  )
  t.test('RefundDecided: the amount is to go back, once', async (t) => {
    const { hear, operations, enqueued } = await orderAfter(t, ...formed, dispatch(), capture, deliver)
    await hear(example('RefundDecided'))
    await hear(example('RefundDecided'))
    const { amount, currency } = example('RefundDecided').data
    t.strictSame(await operations(), [
      { kind: 'refund', purpose_kind: 'return', purpose_id: returnId, amount, currency, status: 'planned' },
    ])
    t.strictSame(enqueued, ['settle-payment'])
  })
  t.test('AgreementRecorded: an agreed day of delivery holds, once, and nothing else of it does', async (t) => {
    const { hear, toldNow } = await orderAfter(t, ...formed)
    const recorded = example('AgreementRecorded')
    const { deliverBy: _, ...others } = recorded.data.changes
    const agreementId = '019eb0c8-1c00-7c31-8b63-1e7c2a8d4f99'
    await hear({ ...recorded, data: { ...recorded.data, agreementId, changes: others, ends: undefined } })
    t.strictSame(await toldNow(), [])
    for (const _ of [1, 2]) await hear(recorded)
    t.hasStrict(await toldNow(), [{ type: 'DeliveryDayAgreed', data: { lastDay: '2026-08-01' } }])
    t.equal((await toldNow()).length, 1)
  })
  t.test('RecallNoticeAsked: the customer is written of it, once for a recall', async (t) => {
    const { hear, toldNow } = await orderAfter(t, ...formed)
    for (const _ of [1, 2]) await hear(example('RecallNoticeAsked'))
    const [written, ...more] = await toldNow()
    t.hasStrict(written, { type: 'RecallNoticeWritten', data: { units: [{ serialNumber: 'LK-000421' }] } })
    t.strictSame(more, [])
  })
  t.test('PayoutDecided: it waits to be paid, once, and no money moves', async (t) => {
    const { hear, operations, db } = await orderAfter(t, ...formed)
    for (const _ of [1, 2]) await hear(example('PayoutDecided'))
    const { payoutId: id, amount, dueOn: due_on } = example('PayoutDecided').data
    const waiting = await db.selectFrom('payout').select(['id', 'amount', 'paid_at']).execute()
    t.strictSame([waiting, await operations()], [[{ id, amount, paid_at: null }], []], due_on)
  })
  t.test('ReturnReceived: units that are fit for sale are in stock again, once, and nothing else is', async (t) => {
    const { hear, toldNow, stock, db } = await orderAfter(t, ...formed, dispatch())
    const { fitForSale: _, ...unfit } = example('ReturnReceived').data
    await hear({ ...example('ReturnReceived'), data: unfit })
    t.strictSame(await stock(), [{ sku: 'SENSOR-1', stock: 7 }])
    for (const _ of [1, 2]) await hear(example('ReturnReceived'))
    t.strictSame(await stock(), [{ sku: 'SENSOR-1', stock: 8 }])
    t.strictSame(await db.selectFrom('stock_change').select(['units', 'reason', 'order_id', 'return_id']).execute(), [
      { units: 1, reason: 'returned', order_id: orderId, return_id: returnId },
    ])
    t.strictSame(await toldNow(), [])
  })
  t.test(
    'ErasureDue: what may go goes, what something under way needs does not, and the answer says which',
    async (t) => {
      const { hear, db } = await orderAfter(t, ...formed)
      const due = example('ErasureDue')
      const stranger = crypto.randomUUID()
      await hear({ ...due, data: { ...due.data, orderIds: [orderId, stranger] } })
      const [answer] = await readHistory(db, due.data.erasureId)
      const { type, data } = answer!
      t.strictSame(faultsOf({ type, data }), [])
      t.match(
        { type, data },
        { type: 'OrderDataErased', data: { erased: [stranger], postponed: [{ orderId, why: 'order-open' }] } },
      )
    },
  )
  t.test('everything else is let pass', async (t) => {
    const { hear, toldNow, operations, enqueued } = await orderAfter(t, ...formed)
    const others = [...allEvents.shipping, ...allEvents.returns].map(nameOf) as (ShippingEvent | ReturnsEvent)['type'][]
    for (const name of others) if (!(name in reactions)) await hear(example(name))
    t.strictSame([await toldNow(), await operations(), enqueued], [[], [], []])
  })
})
