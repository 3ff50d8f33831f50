import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { example, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import t from 'tap'
import { reactions } from '../service.ts'
import { hearOfWriting } from '../subjects/of-the-shop.ts'
import { startPrivacyForTest } from './privacy-service.ts'

const { call, db, hear } = await startPrivacyForTest()
const orderId = crypto.randomUUID()
const erasureId = crypto.randomUUID()

t.test('what privacy tells of an erasure that is asked for twice is valid, and told once', async (t) => {
  const body = { controller: 'smartgroup', orderIds: [orderId], why: 'The customer asked for it.' }
  for (const _ of [1, 2]) t.equal((await call('support', 'PUT', `/erasures/${erasureId}`, body)).status, 200)
  const told: Envelope[] = await readHistory(db, erasureId)
  t.strictSame(
    told.map(({ type }) => type),
    [nameOf(allEvents.privacy[0]!)],
  )
  const [{ type, data }] = told as [Envelope]
  t.strictSame(faultsOf({ type, data }), [])
  t.match(data, { erasureId, orderIds: [orderId], keeps: ['accounts'], cause: 'requested' })
})

/** What of others' events bears on how long something is held, and is taken up of an order that nothing was heard of before. */
const HEARD = [
  ...([
    'OrderPlaced',
    'EmailCorrected',
    'OrderCancelled',
    'OrderDelivered',
    'OrderDeliveryCorrected',
    'OrderCompleted',
  ] as const),
  ...(['PaymentCaptured', 'PaymentClaimed', 'PaymentRefunded', 'PayoutMade', 'WithdrawalDeclared'] as const),
  ...([
    'VoluntaryReturnRequested',
    'ComplaintReceived',
    'ComplaintAssessed',
    'CureFailed',
    'RemedyChosen',
    'ReturnClosed',
  ] as const),
  ...(['VoluntaryReturnEnded', 'ComplaintEnded', 'ComplaintRested', 'CureDone'] as const),
] as const

/** `erasure/answers.test.ts` has what becomes of them. */
const ANSWERS = ['OrderDataErased', 'ShipmentDataErased', 'ReturnDataErased']
/** What may say something of a person, and bears on nothing else; `subjects/writings.test.ts` has what is noted of an order that was erased. */
const WRITINGS = [
  ...([
    'ConfirmationBounced',
    'AddressChangeRequested',
    'CancellationProposed',
    'CancellationProposalEnded',
    ...(['DeliveryHindered', 'DeliveryHindranceEnded'] as const),
    'AdditionalPeriodSet',
  ] as const),
  ...([
    'ProofOfSendingJudged',
    'ReturnInspected',
    'ReturnAssessed',
    'CollectionOffered',
    'VoluntaryReturnChecked',
    'CureGoodsWaived',
    'AgreementRecorded',
  ] as const),
  ...([
    'PayoutProposed',
    'PayoutDecided',
    'PayoutDeclined',
    'OverrideProposed',
    'OverrideDecided',
    'OverrideDeclined',
  ] as const),
  ...([
    'OrderWrittenSince',
    'ReturnWrittenSince',
    'ShipmentRequested',
    'ShipmentHeld',
    'ShipmentReaddressed',
    'ParcelReported',
    'ShipmentDelivered',
  ] as const),
  ...([
    'DeliveryCorrected',
    'UnitNumbersCorrected',
    'CircumstanceRecorded',
    'DamageReported',
    'LossSettled',
    'CarrierClaimed',
  ] as const),
  ...(['CarrierClaimAnswered', 'DeliveryFailureEnded', 'ShipmentReduced', 'ShipmentRejoined'] as const),
  ...(['ReturnLabelIssued', 'ReturnUnitsReceived', 'ShipmentWrittenSince'] as const),
] as const

t.test('privacy acts on these of the events of others, and on no more', async (t) =>
  t.strictSame(Object.keys(reactions).toSorted(), [...HEARD, ...ANSWERS, ...WRITINGS, 'ContractFormed'].toSorted()),
)
for (const name of WRITINGS)
  t.test(`${name} is heard as a writing, and of an order that nobody told of nothing is noted`, async (t) => {
    t.equal(reactions[name], hearOfWriting)
    const about = crypto.randomUUID()
    await hear(name, { orderId: about })
    t.strictSame(await db.selectFrom('order_held').select('facts').where('order_id', '=', about).execute(), [])
  })
for (const name of HEARD)
  t.test(`${name} is noted of its order`, async (t) => {
    const about = crypto.randomUUID()
    await hear(name, { orderId: about })
    const known = await db.selectFrom('order_held').select('facts').where('order_id', '=', about).execute()
    t.equal(known.length, 1)
  })

t.test('a sale makes an existing customer of a consumer, by their keyed hash', async (t) => {
  const { deps, db } = await startPrivacyForTest()
  const hear = async (type: keyof typeof reactions) => {
    await db.transaction().execute(async (trx) => void (await reactions[type](trx, deps, example(type).data as never)))
  }
  const sale = async () => {
    const row = await db.selectFrom('sale').select(['subject', 'formed_at', 'opt_out_offered']).executeTakeFirst()
    return row && { ...row, formed_at: row.formed_at !== null }
  }
  const keyOf = (value: string) => deps.subjectKey({ controller: 'smartgroup', kind: 'email', value })

  const { email } = example('OrderPlaced').data.personal
  await hear('OrderPlaced')
  await hear('OrderPlaced')
  t.strictSame(await sale(), { subject: keyOf(email), formed_at: false, opt_out_offered: true }, 'no contract yet')
  await hear('ContractFormed')
  t.strictSame(await sale(), { subject: keyOf(email), formed_at: true, opt_out_offered: true })
  await hear('EmailCorrected')
  t.equal((await sale())?.subject, keyOf(example('EmailCorrected').data.personal.email), 'whose address it is')
  await hear('OrderCancelled')
  t.equal(await sale(), undefined, 'nothing was sold')
})
