import { fileURLToPath } from 'node:url'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { PrivacyEvent } from '@vilkar/contracts/privacy.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import type { Failure } from '@vilkar/contracts/shipping-failed.ts'
import { example, fact, factsOf, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import type { Kysely } from 'kysely'
import t, { type Test } from 'tap'
import { createCarriers } from '../carriers/carriers.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type Inbound, receiptsOf } from '../inbound/inbound.ts'
import { decider as ofParcels } from '../return-freight/decider.ts'
import type { ReturnParcel, ReturnParcelCommand } from '../return-freight/state.ts'
import { reactions } from '../service.ts'
import type { ShipmentCommand } from '../shipment/commands.ts'
import { decider } from '../shipment/decider.ts'
import { dispatchWithRest } from '../shipment/dispatch-with-rest.ts'
import { handle } from '../shipment/handle.ts'
import { shipmentStatuses, whereaboutsOf } from '../shipment/state.ts'
import { stops } from '../shipment/stops.ts'
import {
  acceptance,
  answerAddress,
  answerAll,
  answerClaim,
  cancel,
  circumstance,
  claimOfCarrier,
  closeFailure,
  correctDelivery,
  correctNumbers,
  cure,
  deliver,
  dispatch,
  hold,
  orderId,
  packing,
  pastOf,
  readdress,
  reportDamage,
  reported,
  request,
  resume,
  settleLoss,
  stopCure,
  stopOne,
  tellFailure,
  tellRisk,
} from './a-shipment.ts'

const forComplaint = { ...request({ cure }), data: { ...request({ cure }).data, shipmentId: cure.cureId } }
const stories: Record<string, ShipmentCommand[]> = {
  'a shipment that arrives': [request(), dispatch(), deliver()],
  'a delivery that was told wrongly': [request(), dispatch(), deliver(), correctDelivery()],
  'numbers that were noted wrongly': [request(), packing, dispatch(), correctNumbers(), correctNumbers()],
  'a shipment that waits': [request(), hold, resume],
  'a shipment that never leaves': [request(), cancel],
  'a shipment that goes elsewhere': [request(), readdress],
  'a parcel that a neighbour took': [
    request(),
    acceptance,
    packing,
    dispatch(),
    reported('left-elsewhere', { takenBy: 'neighbour', place: 'Storgata 3', personal: { receivedBy: 'Nora Nabo' } }),
  ],
  'a parcel that the customer has fetched': [request(), dispatch(), circumstance, tellRisk, tellRisk],
  'a parcel that lost a unit': [request(), dispatch(), reportDamage(), settleLoss(), claimOfCarrier, answerClaim],
  'a shipment that becomes less': [request(), stopOne],
  'what was sent for a complaint and is stopped': [forComplaint, stopCure],
}
const bad = (report: Failure) => [request(), dispatch(), reported(report), tellFailure('2026-06-03T10:00:01Z')]
/** What is told of parcels that do not arrive, or of which that was told wrongly. */
const failing: Partial<Record<ShippingEvent['type'], ShipmentCommand[]>> = {
  DeliveryFailed: bad('lost'),
  DeliveryFailureEnded: [...bad('refused'), closeFailure],
  DamageReportEnded: [
    ...[...bad('lost'), settleLoss(), deliver()],
    tellFailure('2026-06-04T14:30:01Z', { stoppable: [fact('LossSettled').data.replacementId!] }),
  ],
  DeliveryDoubted: [
    ...[request(), dispatch(), deliver()],
    reported('returned', {
      at: '2026-06-05T10:00:00Z',
      occurredAt: '2026-06-05T10:00:00Z',
      fromCarrier: true,
    } as object),
  ],
}

const { parcelId, returnId, ...label } = fact('ReturnLabelIssued').data
const { personal: sender, issuedAt: at, orderId: _, ...tracking } = label
/** A label is asked for, issued once, scanned and delivered, each said twice. */
const waited = { status: 'requested', returnId, orderId, requestedAt: at } as const
const back = { ...ofParcels, initial: waited as typeof waited & ReturnParcel }
const { scannedAt } = fact('ReturnParcelScanned').data
const { arrivedAt } = fact('ReturnParcelArrived').data
const wayBack: ReturnParcelCommand[] = [
  { type: 'IssueLabel', data: { parcelId, at, ...tracking, ...sender } },
  { type: 'IssueLabel', data: { parcelId, at, ...tracking, ...sender } },
  { type: 'HearScan', data: { parcelId, at, scannedAt } },
  { type: 'HearScan', data: { parcelId, at, scannedAt } },
  { type: 'HearArrival', data: { parcelId, at, arrivedAt } },
  { type: 'HearArrival', data: { parcelId, at, arrivedAt } },
]
const received = fact('ReturnUnitsReceived').data
const cameIn: Inbound = {
  ...{ id: received.parcelId, orderId, returnId, status: 'closed', content: 'units', receivedAt: received.receivedAt },
  by: received.personal.by,
  units: received.units.map(({ unitId, lineId, quantity: _, ...facts }) => ({
    ...{ unitId, lineId, returnId, orderId, facts, serialNumber: received.personal.serialNumbers![0] },
    note: received.personal.note,
  })),
}

t.test('what shipping tells', async (t) => {
  for (const [story, commands] of Object.entries(stories))
    t.test(`of ${story} is valid and as its examples say`, async (t) => {
      for (const event of told(decider, ...commands)) {
        t.strictSame(faultsOf(event), [])
        const isCure = (event.data as { cure?: object }).cure !== undefined && event.type !== 'CureStopAnswered'
        if (!isCure) t.strictSame(factsOf(event), factsOf(fact(event.type)))
      }
    })
  t.test('of a parcel that does not arrive is valid, and as its examples say', async (t) => {
    for (const [type, commands] of Object.entries(failing)) {
      const events = told(decider, ...commands)
      for (const event of events) t.strictSame(faultsOf(event), [])
      const event = events.find((each) => each.type === type)!
      t.strictSame(factsOf(event), factsOf(fact(event.type)))
    }
  })
  t.test('of a request to stop units, or to send them elsewhere, is valid and as its example says, once', async (t) => {
    for (const [given, name] of [
      [answerAll, 'StopAnswered'],
      [answerAddress, 'AddressChangeAnswered'],
    ] as const) {
      const [answered, ...more] = told(stops, given, given)
      t.strictSame([factsOf(answered!), more], [factsOf(fact(name)), []])
      t.strictSame(faultsOf(answered!), [])
    }
  })
  t.test('of a parcel that goes back, and of what was in it, is valid and as its examples say', async (t) => {
    const events = [
      ...told(back, ...wayBack),
      ...receiptsOf(cameIn, () => fact('ReturnUnitsReceived').data.receiptId, true),
    ]
    t.equal(events.length, 4)
    for (const event of events) {
      t.strictSame(faultsOf(event), [])
      t.strictSame(factsOf(event), factsOf(fact(event.type)))
    }
  })
  t.test('is all that it declares', async (t) => {
    const types = Object.values(stories).flatMap((commands) => told(decider, ...commands).map(({ type }) => type))
    types.push(...Object.values(failing).flatMap((commands) => told(decider, ...commands).map(({ type }) => type)))
    types.push(...told(back, ...wayBack).map(({ type }) => type as never))
    types.push(...receiptsOf(cameIn, () => '', true).map(({ type }) => type as never))
    types.push(...(['RecallNoticeAsked', 'RecallAnnounced', 'RecallEnded'] as never[]))
    types.push(...(['ShipmentDataErased', 'ShipmentWrittenSince'] as never[]))
    types.push(...told(stops, answerAll, answerAddress).map(({ type }) => type as never))
    types.push('ShipmentRejoined' as never)
    t.strictSame([...new Set(types)].sort(), allEvents.shipping.map(nameOf).sort())
  })
})

const clock = { now: () => Temporal.Instant.from('2026-06-12T12:00:00Z') }
const carriers = createCarriers(
  {
    ...{ BRING_URL: 'http://127.0.0.1', UPS_URL: 'http://127.0.0.1', DHL_URL: 'http://127.0.0.1', DHL_SERVICE: 'x' },
    ...{ PUBLIC_URL: 'http://127.0.0.1', CARRIER_SECRETS: 'x', BRING_UID: 'u', BRING_KEY: 'k' },
  },
  clock.now,
)
const react = reactWith(reactions, { clock, carriers } as Deps)

type Heard = (OrderEvent | ReturnsEvent | PrivacyEvent)['type']

/** A database that has heard these events, and what shipping knows and told since. */
async function having(t: Test, ...heard: Heard[]) {
  const url = await freshDatabase(...commonMigrations, fileURLToPath(new URL('../migrations', import.meta.url)))
  const pool = createPool(url, { max: 1 })
  t.teardown(() => pool.end())
  const db = createDatabase<Database>(pool)
  const hear = (name: Heard, changes: object = {}) =>
    db.transaction().execute((trx) => {
      const envelope = example(name)
      return react(trx, { ...envelope, data: { ...envelope.data, ...changes } })
    })
  const shipments = () => db.selectFrom('shipment').selectAll().execute()
  for (const name of heard) await hear(name)
  return {
    db,
    hear,
    shipments,
    toldNow: async () => {
      const [first] = await shipments()
      return first === undefined ? [] : readHistory(db, first.id)
    },
  }
}

t.test('what shipping hears', async (t) => {
  t.test('OrderPlaced: noted, and nothing is sent before there is a contract', async (t) => {
    const { db, shipments } = await having(t, 'OrderPlaced')
    const { facts, personal } = await db.selectFrom('order_to_ship').selectAll().executeTakeFirstOrThrow()
    t.notMatch(JSON.stringify(facts), /kari|Storgata/i)
    t.strictSame(personal, { address: example('OrderPlaced').data.personal.shippingAddress })
    t.strictSame(await shipments(), [])
  })
  t.test('ContractFormed: the shipment is requested, as its example says', async (t) => {
    const { toldNow } = await having(t, 'OrderPlaced', 'ContractFormed')
    const [requested, ...more] = await toldNow()
    const { shipmentId: _, ...expected } = fact('ShipmentRequested').data
    t.hasStrict(requested, { type: 'ShipmentRequested', aggregateversion: 1, data: expected })
    t.strictSame(faultsOf({ type: requested!.type, data: requested!.data }), [])
    t.strictSame(more, [])
  })
  t.test('ConfirmationBounced: what has not left waits, and a new contract lets it go', async (t) => {
    const { hear, shipments, toldNow } = await having(t, 'OrderPlaced', 'ContractFormed', 'ConfirmationBounced')
    t.strictSame((await shipments())[0]!.status, 'held')
    t.equal((await toldNow())[1]!.data.cause, fact('ShipmentHeld').data.cause)
    await hear('ContractFormed')
    t.strictSame(
      (await toldNow()).map(({ type }) => type),
      ['ShipmentRequested', 'ShipmentHeld', 'ShipmentResumed'],
    )
  })
  t.test('AuthorisationExpired: what has not left waits, and goes when it is paid again', async (t) => {
    const { hear, shipments, toldNow } = await having(t, 'OrderPlaced', 'ContractFormed', 'AuthorisationExpired')
    t.equal((await shipments())[0]!.status, 'held')
    t.hasStrict((await toldNow())[1]!.data, {
      cause: 'the payment is no longer held for us',
      holds: [{ waitsFor: 'payment' }],
    })
    await hear('PaymentReauthorised')
    t.equal((await shipments())[0]!.status, 'requested')
  })
  t.test('AuthorisationExpired before the contract: what is asked for later waits too', async (t) => {
    const { hear, shipments } = await having(t, 'OrderPlaced', 'AuthorisationExpired', 'ContractFormed')
    t.equal((await shipments())[0]!.status, 'held')
    await hear('PaymentReauthorised')
    t.equal((await shipments())[0]!.status, 'requested')
  })
  t.test('a shipment that waits for both confirmation and payment goes when it has both', async (t) => {
    const { hear, shipments, toldNow } = await having(
      t,
      'OrderPlaced',
      'ContractFormed',
      'ConfirmationBounced',
      'AuthorisationExpired',
    )
    await hear('ContractFormed')
    t.equal((await shipments())[0]!.status, 'held')
    t.strictSame((await toldNow()).at(-1)!.data.holds, [
      { waitsFor: 'payment', cause: 'the payment is no longer held for us' },
    ])
    await hear('PaymentReauthorised')
    t.equal((await shipments())[0]!.status, 'requested')
  })
  t.test(
    'CureShipmentAsked, CureStopAsked: a shipment of its own is requested, and stopped while it is here',
    async (t) => {
      const { hear, shipments, db } = await having(t, 'OrderPlaced', 'ContractFormed')
      for (const name of ['CureShipmentAsked', 'CureStopAsked'] as const) await hear(name, { shipmentAsked: true })
      t.strictSame((await shipments()).map(({ status }) => status).toSorted(), ['cancelled', 'requested'])
      const told = await readHistory(db, example('CureShipmentAsked').data.cureId)
      t.strictSame(
        told.map(({ type }) => type),
        ['ShipmentRequested', 'ShipmentCancelled', 'CureStopAnswered'],
      )
    },
  )
  t.test('ConfirmationBounced before any contract: there is nothing to hold', async (t) => {
    const { shipments } = await having(t, 'OrderPlaced', 'ConfirmationBounced')
    t.strictSame(await shipments(), [])
  })
  t.test(
    'AddressChangeRequested: what has not left goes elsewhere, whenever it is asked for, and is answered once',
    async (t) => {
      const { to } = example('AddressChangeRequested').data.personal
      for (const heard of [
        ['OrderPlaced', 'AddressChangeRequested', 'ContractFormed'],
        ['OrderPlaced', 'ContractFormed', 'AddressChangeRequested', 'AddressChangeRequested'],
        ['OrderPlaced', 'ContractFormed', 'ConfirmationBounced', 'AddressChangeRequested'],
      ] as const) {
        const { db, shipments } = await having(t, ...heard)
        t.strictSame((await shipments())[0]!.personal, { address: to }, heard.join(', '))
        t.strictSame(
          (await readHistory(db, orderId)).map(({ type, data }) => [type, data.changed]),
          [['AddressChangeAnswered', true]],
        )
      }
    },
  )
  t.test(
    'AddressChangeRequested when part, or all, has left: the rest goes elsewhere, or it is too late',
    async (t) => {
      for (const lines of [[{ lineId: '1', quantity: 1 }], undefined]) {
        const { db, hear, shipments } = await having(t, 'OrderPlaced', 'ContractFormed')
        const { id } = (await shipments())[0]!
        const data = { ...dispatch().data, shipmentId: id, ...(lines && { lines }) }
        await db.transaction().execute((trx) => dispatchWithRest(trx, data))
        await hear('AddressChangeRequested')
        const streets = (await shipments()).map(({ personal }) => personal.address.street)
        t.strictSame(streets.sort(), lines ? ['Parkveien 12', 'Storgata 1'] : ['Storgata 1'])
        const [answered] = await readHistory(db, orderId)
        t.hasStrict(answered!.data, { changed: lines !== undefined, left: [id] })
      }
    },
  )
  const answersOf = async (db: Kysely<Database>) =>
    (await readHistory(db, orderId)).map(({ type, data }) => factsOf({ type, data }))
  const stopped = {
    ...fact('StopAnswered'),
    data: { ...fact('StopAnswered').data, answeredAt: '2026-06-01T10:00:00Z' },
  }
  t.test('StopRequested: what has not left never will, and is answered once', async (t) => {
    const { db, hear, shipments } = await having(t, 'OrderPlaced', 'ContractFormed', 'StopRequested')
    await hear('StopRequested')
    t.strictSame(await answersOf(db), [factsOf(stopped)])
    t.equal((await shipments())[0]!.status, 'cancelled')
  })
  t.test('StopRequested before there is a contract: nothing of it is asked for later', async (t) => {
    const { db, hear, shipments } = await having(t, 'OrderPlaced', 'StopRequested', 'ContractFormed')
    await hear('StopRequested')
    t.strictSame([await answersOf(db), await shipments()], [[factsOf(stopped)], []])
  })
  t.test('StopRequested: what has left is not called back, and the answer says so', async (t) => {
    const { db, hear, shipments } = await having(t, 'OrderPlaced', 'ContractFormed')
    const shipmentId = (await shipments())[0]!.id
    const { data } = dispatch()
    await db.transaction().execute((trx) => handle(trx, { type: 'DispatchShipment', data: { ...data, shipmentId } }))
    await hear('StopRequested')
    t.equal((await shipments())[0]!.status, 'dispatched')
    t.hasStrict(await answersOf(db), [
      {
        data: {
          lines: [
            { stopped: 0, left: 2 },
            { stopped: 0, left: 1 },
          ],
          shipmentIds: [shipmentId],
        },
      },
    ])
  })
  t.test('CancellationRequested: asks nothing by itself, unless an earlier release told it', async (t) => {
    const { db, shipments } = await having(t, 'OrderPlaced', 'ContractFormed', 'CancellationRequested')
    t.strictSame([await answersOf(db), (await shipments())[0]!.status], [[], 'requested'])
    const { requestId: _, ...data } = example('CancellationRequested').data
    await db.transaction().execute((trx) => react(trx, { ...example('CancellationRequested'), data }))
    t.hasStrict(await answersOf(db), [{ data: { requestId: orderId, lines: [{ stopped: 2 }, { stopped: 1 }] } }])
    t.equal((await shipments())[0]!.status, 'cancelled')
  })
  t.test(
    'CancellationRequested of an earlier release is answered too when goods have left: it stops nothing',
    async (t) => {
      const { db, shipments } = await having(t, 'OrderPlaced', 'ContractFormed')
      const shipmentId = (await shipments())[0]!.id
      const lines = [{ lineId: '1', quantity: 1 }]
      const data = { ...dispatch({ lines }).data, shipmentId }
      await db.transaction().execute((trx) => dispatchWithRest(trx, data))
      const { requestId: _, ...old } = example('CancellationRequested').data
      await db.transaction().execute((trx) => react(trx, { ...example('CancellationRequested'), data: old }))
      t.hasStrict(await answersOf(db), [
        {
          data: {
            lines: [
              { stopped: 0, left: 1 },
              { stopped: 0, left: 0 },
            ],
          },
        },
      ])
      t.strictSame((await shipments()).map(({ status }) => status).sort(), ['dispatched', 'requested'])
    },
  )
  for (const status of shipmentStatuses)
    t.test(
      `OrderCancelled: it stops the goods of a shipment that is ${status} if they are here, and no other`,
      async (t) => {
        const { db, hear, shipments } = await having(t, 'OrderPlaced', 'ContractFormed')
        const shipmentId = (await shipments())[0]!.id
        for (const { type, data } of pastOf[status])
          await db
            .transaction()
            .execute((trx) => handle(trx, { type, data: { ...data, shipmentId } } as ShipmentCommand))
        await hear('OrderCancelled')
        const expected = whereaboutsOf({ status }) === 'here' ? 'cancelled' : status
        t.strictSame(
          (await shipments()).map((shipment) => shipment.status),
          [expected],
        )
      },
    )
  t.test('OrderCancelled: what has not left never will, and is told once', async (t) => {
    const { hear, toldNow } = await having(t, 'OrderPlaced', 'ContractFormed', 'OrderCancelled')
    await hear('OrderCancelled')
    const [, cancelled, ...more] = await toldNow()
    t.equal(cancelled!.type, 'ShipmentCancelled')
    t.strictSame(more, [])
  })
  t.test('EmailCorrected and ContractReconfirmed: when the customer was told of the right to withdraw', async (t) => {
    const { db, hear } = await having(t, 'OrderPlaced', 'ContractFormed', 'EmailCorrected')
    const told = async () =>
      (await db.selectFrom('order_to_ship').select('facts').executeTakeFirstOrThrow()).facts.disclosures
    t.strictSame(await told(), { withdrawalInformation: !example('EmailCorrected').data.wasFormed })
    await hear('ContractReconfirmed')
    const { reconfirmedAt: withdrawalInformationGivenAt } = example('ContractReconfirmed').data
    t.strictSame(await told(), { withdrawalInformation: false, withdrawalInformationGivenAt })
  })
  t.test(
    'WithdrawalDeclared, VoluntaryReturnRequested, RemedyChosen: what is to come back, until it is over',
    async (t) => {
      const expected = async (db: Kysely<Database>) =>
        db.selectFrom('expected_return').select(['return_id', 'kind', 'lines', 'closed_at']).execute()
      const { db, hear } = await having(t, 'OrderPlaced', 'WithdrawalDeclared')
      const { lines } = example('WithdrawalDeclared').data
      t.match(await expected(db), [
        { kind: 'withdrawal', lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) },
      ])
      await hear('ReturnUnitsKnown')
      t.strictSame((await expected(db))[0]!.lines, example('ReturnUnitsKnown').data.left)
      for (const name of ['ReturnClosed', 'VoluntaryReturnEnded', 'ComplaintEnded'] as const) await hear(name)
      t.ok((await expected(db))[0]!.closed_at)
      for (const name of ['VoluntaryReturnRequested', 'RemedyChosen', 'RemedyChosen'] as const) await hear(name)
      const { remedy } = example('RemedyChosen').data
      const kinds = new Set((await expected(db)).map(({ kind }) => kind))
      t.equal(kinds.has('complaint'), remedy !== 'price-reduction')
    },
  )
  t.test(
    'ReturnLabelRequested and ReturnSent: a label that a carrier is to give, and a parcel that is followed',
    async (t) => {
      const { db, hear } = await having(t, 'OrderPlaced', 'ReturnLabelRequested', 'ReturnLabelRequested')
      const parcels = () => db.selectFrom('return_parcel').select(['id', 'tracking_number', 'book_due_at']).execute()
      const [label, ...more] = await parcels()
      t.match(label, { id: example('ReturnLabelRequested').data.labelId, tracking_number: null })
      t.strictSame(more, [])
      await hear('ReturnSent')
      await hear('ReturnSent')
      const { trackingNumber } = example('ReturnSent').data
      t.equal((await parcels()).filter(({ tracking_number }) => tracking_number === trackingNumber).length, 1)
    },
  )
  t.test('ReturnReceived: of a return of which nobody scanned anything, all of it came', async (t) => {
    const { db, hear } = await having(t, 'OrderPlaced', 'WithdrawalDeclared', 'ReturnReceived')
    const [expected] = await db.selectFrom('expected_return').select('received_at').execute()
    t.equal(Temporal.Instant.from(expected!.received_at!).toString(), example('ReturnReceived').data.receivedAt)
    await hear('ReturnReceived')
  })
  t.test(
    'AgreementRecorded: agreed days to withdraw are kept, once; told before its order it is tried again',
    async (t) => {
      const { db, hear } = await having(t)
      await t.rejects(hear('AgreementRecorded'), /Nothing is known/)
      await hear('OrderPlaced')
      for (const _ of [1, 2]) await hear('AgreementRecorded')
      await hear('AgreementRecorded', {
        agreementId: crypto.randomUUID(),
        changes: { complaintYears: 6 },
        ends: undefined,
      })
      const { facts } = await db.selectFrom('order_to_ship').select('facts').executeTakeFirstOrThrow()
      t.hasStrict(facts.agreements, [{ changes: { withdrawalDays: 60 }, ends: example('AgreementRecorded').data.ends }])
      t.equal(facts.agreements!.length, 1)
    },
  )
  t.test('RecallNoticeSettled: what became of the mail, the last that is told', async (t) => {
    const { db, hear } = await having(t)
    const { noticeId: id, recallId, orderId: order_id } = example('RecallNoticeSettled').data
    const at = '2026-06-08T10:00:00Z'
    const empty = { sku: 'X', scope: '{}', notice: '{}', announced_at: at, personal: '{"by":"x"}' }
    const none = { ended_at: null, sweep_after: null, sweep_due_at: null, swept_at: null }
    await db
      .insertInto('recall')
      .values({ id: recallId, ...empty, ...none })
      .execute()
    const notice = { id, recall_id: recallId, order_id, units: '[]', asked_at: at, settled_at: null, personal: '{}' }
    await db.insertInto('recall_notice').values(notice).execute()
    const outcome = async () =>
      (await db.selectFrom('recall_notice').select('outcome').executeTakeFirstOrThrow()).outcome
    await hear('RecallNoticeSettled')
    t.equal(await outcome(), 'told')
    await hear('RecallNoticeSettled', { outcome: 'unreachable' })
    t.equal(await outcome(), 'unreachable')
  })
  t.test(
    'ErasureDue: what may go goes, what something under way needs does not, and the answer says which',
    async (t) => {
      const { hear, db } = await having(t, 'OrderPlaced', 'ContractFormed')
      const { orderId } = example('OrderPlaced').data
      const stranger = crypto.randomUUID()
      await hear('ErasureDue', { orderIds: [orderId, stranger] })
      const [answer] = await readHistory(db, example('ErasureDue').data.erasureId)
      const { type, data } = answer!
      t.strictSame(faultsOf({ type, data }), [])
      t.match(
        { type, data },
        { type: 'ShipmentDataErased', data: { erased: [stranger], postponed: [{ orderId, why: 'order-open' }] } },
      )
    },
  )
  t.test('everything else is let pass', async (t) => {
    const { hear, toldNow } = await having(t, 'OrderPlaced', 'ContractFormed')
    const others = [...allEvents.orders, ...allEvents.returns].map(nameOf) as Heard[]
    for (const name of others) if (!(name in reactions)) await hear(name)
    t.equal((await toldNow()).length, 1)
  })
})
