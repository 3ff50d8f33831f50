import { fileURLToPath } from 'node:url'
import { allEvents, nameOf } from '@vilkar/contracts/all-events.ts'
import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { PrivacyEvent } from '@vilkar/contracts/privacy.ts'
import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import { example, fact, factsOf, faultsOf } from '@vilkar/contracts/test/examples.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { eligibility, entitlements } from '@vilkar/terms/order/entitlements.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { linesOf } from '@vilkar/terms/order/lines.ts'
import { freshDatabaseWithJobs } from '@vilkar/testing/database.ts'
import t, { type Test } from 'tap'
import { decider as ofAgreement } from '../agreement/decider.ts'
import type { AgreementCommand } from '../agreement/state.ts'
import { decider as ofComplaint } from '../complaint/decider.ts'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { decider as ofExchange } from '../exchange/decider.ts'
import type { ExchangeCommand } from '../exchange/state.ts'
import { labelRequested, wayOfWithdrawal } from '../goods-back/label.ts'
import { decider as ofLoss } from '../loss/decider.ts'
import { decider as ofOverride } from '../override/decider.ts'
import type { OverrideCommand } from '../override/state.ts'
import { decider as ofPayout } from '../payout/decider.ts'
import type { PayoutCommand } from '../payout/state.ts'
import { reactions } from '../service.ts'
import { decider as ofVoluntary } from '../voluntary-return/decider.ts'
import type { ReturnCommand } from '../withdrawal/commands.ts'
import { decider } from '../withdrawal/decider.ts'
import { handle } from '../withdrawal/handle.ts'
import type { DeclaredReturn } from '../withdrawal/state.ts'
import {
  ask,
  assess,
  close,
  collect,
  declare,
  found,
  inspect,
  judge,
  learn,
  received,
  receiveFit,
  remind,
  returnId,
  send,
  unsent,
  worn,
} from './a-return.ts'
import * as complained from './complaint/a-complaint.ts'
import * as offered from './voluntary-return/a-voluntary-return.ts'

const one = [{ lineId: '1', quantity: 1 }]
const oneSensor = declare({
  lines: one,
  statement: fact('WithdrawalDeclared').data.personal.statement,
})
const unheardOf = [oneSensor, remind('2026-06-24T22:00:00Z'), remind('2026-07-09T22:00:00Z')]
const collected = [oneSensor, collect({ collectOn: '2026-06-16' })]
const used = [oneSensor, inspect([found({ wear: 'used', fitForSale: false })]), assess([worn()])]
const mended = [
  ...[complained.complain(), complained.acceptIt(), complained.choose('repair')],
  ...[complained.mend(), complained.fail(), complained.choose('price-reduction'), complained.reduce()],
]
const accepted = [complained.complain(), complained.acceptIt()]
const cures = [
  [
    ...[...accepted, complained.choose('repair'), complained.goodsCame(), complained.repaired()],
    ...[complained.underway('dispatched'), complained.cameBack()],
  ],
  [...accepted, complained.choose('replacement'), complained.hearStock('out-of-stock')],
  [...accepted, complained.choose('replacement'), complained.letBe(), complained.hearStop('stopped')],
]
const kept = [...complained.replaced(), complained.waive()]
const unchosen = [
  ...[...accepted, complained.pass('2026-08-10T22:00:00Z'), complained.pass('2026-08-26T22:00:00Z')],
  complained.rest(),
]
const byOffer = [
  offered.request({ lines: [...one, { lineId: '2', quantity: 2 }] }),
  offered.lookAt([offered.looked({ unused: false })]),
]
const { recordedAt, reasons: _, orderId: __, ...written } = fact('AgreementRecorded').data
const before = { agreementId: written.ends![0]!, agreedAt: '2026-06-02T08:00:00Z', changes: { withdrawalDays: 30 } }
const placed = { number: 'SG-7K2M9-4QXTB', locale: 'nb' } as const
const agreed: AgreementCommand = {
  type: 'RecordAgreement',
  data: { ...written, at: recordedAt, facts: { ...received, ...placed, agreements: [before] } },
}
const [proposed, settled, noThanks] = [fact('PayoutProposed'), fact('PayoutDecided'), fact('PayoutDeclined')]
const { payoutId, caseId, interest: onLate } = proposed.data
const { days: ___, ...late } = onLate!
const payout = <Type extends PayoutCommand['type']>(type: Type, at: string, data: object) =>
  ({ type, data: { payoutId, at, ...data } }) as PayoutCommand
const interest = [
  payout('OfferInterest', proposed.data.proposedAt, { facts: received, caseId, late, alone: 50_000 }),
  payout('SetInterest', settled.data.decidedAt, {
    ...{ edition: received.terms.edition, amount: settled.data.amount, ...settled.data.personal },
  }),
  payout('ClosePayout', '2027-07-02T08:00:00Z', { amount: 171, paidAt: '2027-07-02T08:00:00Z' }),
]
const given = { facts: received, amount: 90_000, limits: { alone: 50_000, together: 100_000, given: 0 } }
const ofNo = { payoutId: noThanks.data.payoutId }
const declined = [
  payout('ProposeGoodwill', '2026-06-29T08:00:00Z', { ...ofNo, ...given, by: 'support-1', why: 'Sent for sent' }),
  payout('SettlePayout', noThanks.data.declinedAt, { ...ofNo, verdict: 'declined', ...noThanks.data.personal }),
]
const [meant, agreedTo, refusedBy] = [fact('OverrideProposed'), fact('OverrideDecided'), fact('OverrideDeclined')]
const proposeOverride = ({ overrideId }: { overrideId: string }): OverrideCommand => {
  const { about, lines, amount, ruled, proposedAt, personal } = meant.data
  const otherwise = { about, ...(lines && { lines }), amount, ruled }
  const limits = { alone: 10_000, together: 100_000, given: 0 }
  const { caseId } = agreedTo.data
  const data = { overrideId, at: proposedAt, caseId, facts: received, otherwise, limits, ...personal }
  return { type: 'ProposeOverride', data }
}
const settleOverride = (
  verdict: 'approved' | 'declined',
  { overrideId, personal, ...when }: typeof agreedTo.data | typeof refusedBy.data,
): OverrideCommand => {
  const at = 'decidedAt' in when ? when.decidedAt : when.declinedAt
  const { caseId } = agreedTo.data
  const data = { overrideId, at, caseId, edition: received.terms.edition, verdict, ...personal }
  return { type: 'SettleOverride', data }
}
const { difference: ____, agreedAt, ...exchange } = fact('ExchangeAgreed').data
const { exchangeId } = exchange
const legs = { goodsBack: 'paid-back', newOrder: 'with-customer', paidBack: 49_900 } as const
const exchanged: ExchangeCommand[] = [
  { type: 'AgreeExchange', data: { ...exchange, at: agreedAt } },
  { type: 'LookAtLegs', data: { exchangeId, at: fact('ExchangeEnded').data.endedAt, legs } },
]
const story = [oneSensor, send(), judge(), receiveFit(one), close()]

t.test('what returns tells', async (t) => {
  t.test('of a withdrawal from beginning to end is valid and as its examples say', async (t) => {
    for (const event of told(decider, ...story)) {
      t.strictSame(faultsOf(event), [])
      t.strictSame(factsOf(event), factsOf(fact(event.type)))
    }
  })
  t.test('of a withdrawal from what had not left is valid, and known as its example says', async (t) => {
    const [, known, closed, ...more] = told(decider, declare({ facts: unsent, lines: one }), learn(one, [], unsent))
    t.strictSame(factsOf(known!), factsOf(fact('ReturnUnitsKnown')))
    t.hasStrict(closed, { type: 'ReturnClosed', data: { outcome: 'never-sent', amount: 0 } })
    t.strictSame([more, faultsOf(known!), faultsOf(closed!)], [[], [], []])
  })
  t.test('of a withdrawal of which orders was never asked is valid and as its example says', async (t) => {
    const [, asked, ...more] = told(decider, oneSensor, ask(), ask())
    t.strictSame(factsOf(asked!), factsOf(fact('ReturnUnitsAsked')))
    t.strictSame([more, faultsOf(asked!)], [[], []])
  })
  t.test('of goods that came back used is valid and as its examples say', async (t) => {
    const [, , inspected, assessed, ...more] = told(decider, ...used)
    t.strictSame(factsOf(inspected!), factsOf(fact('ReturnInspected')))
    t.strictSame(factsOf(assessed!), factsOf(fact('ReturnAssessed')))
    t.strictSame([more, faultsOf(inspected!), faultsOf(assessed!)], [[], [], []])
  })
  t.test('of goods that nobody sends is valid and as its example says', async (t) => {
    const [, reminded, overdue] = told(decider, ...unheardOf)
    t.strictSame(factsOf(reminded!), factsOf(fact('SendBackReminded')))
    t.strictSame(factsOf(overdue!), factsOf(fact('SendBackOverdue')))
    t.strictSame([faultsOf(reminded!), faultsOf(overdue!)], [[], []])
  })
  t.test('of goods that the shop collects is valid and as its example says', async (t) => {
    const [, offered] = told(decider, ...collected)
    t.strictSame(factsOf(offered!), factsOf(fact('CollectionOffered')))
    t.strictSame(faultsOf(offered!), [])
  })
  t.test('of goods that go back by the offer is valid and as its examples say', async (t) => {
    const [requested, , checked] = told(ofVoluntary, ...byOffer)
    const [, ended] = told(ofVoluntary, offered.request(), offered.keep())
    for (const event of [requested!, checked!, ended!]) {
      t.strictSame(faultsOf(event), [])
      t.strictSame(factsOf(event), factsOf(fact(event.type)))
    }
  })
  t.test('of a complaint is valid and as its examples say', async (t) => {
    const events = [...told(ofComplaint, ...mended), ...told(ofComplaint, complained.complain(), complained.letBe())]
    for (const event of events.filter(({ type }) => type !== 'RefundDecided')) t.strictSame(faultsOf(event), [])
    const shown = new Map(events.toReversed().map((event) => [event.type, event]))
    for (const type of ['ComplaintReceived', 'RemedyChosen', 'CureDone', 'CureFailed', 'ComplaintEnded'] as const)
      t.strictSame(factsOf(shown.get(type)!), factsOf(fact(type)))
    const [, narrowed] = told(ofComplaint, complained.complain(), complained.loseSome())
    t.strictSame(factsOf(narrowed!), factsOf(fact('ComplaintNarrowed')))
    const facts = complained.guaranteed(complained.inTheUnion)
    const [, accepted] = told(ofComplaint, complained.complain(), complained.acceptIt({ facts }))
    t.strictSame(factsOf(accepted!), factsOf(fact('ComplaintAssessed')))
  })
  t.test('of what is repaired or replaced is valid and as its examples say', async (t) => {
    for (const event of cures.flatMap((commands) => told(ofComplaint, ...commands))) {
      t.strictSame(faultsOf(event), [])
      if (event.type.startsWith('Cure') && event.type !== 'CureDone')
        t.strictSame(factsOf(event), factsOf(fact(event.type)))
    }
  })
  t.test(
    'of a remedy that nobody chooses, and of goods that may be kept, is valid and as its examples say',
    async (t) => {
      const events = told(ofComplaint, ...unchosen).slice(2)
      t.strictSame(
        events.map(factsOf),
        [fact('ChoiceReminded'), fact('ChoiceOverdue'), fact('ComplaintRested')].map(factsOf),
      )
      const waived = told(ofComplaint, ...kept).at(-1)!
      t.strictSame(factsOf(waived), factsOf(fact('CureGoodsWaived')))
      for (const event of [...events, waived]) t.strictSame(faultsOf(event), [])
    },
  )
  t.test('of what was lost is valid, and nothing once it is said again', async (t) => {
    const at = '2026-06-09T08:00:00Z'
    const settle = { type: 'DecideLoss', data: { returnId, at, facts: received, lines: one, settledAt: at } } as const
    const over = { type: 'CloseLoss', data: { returnId, at, amount: 49_900 } } as const
    const events = told(ofLoss, settle, settle, over, over)
    t.hasStrict(events, [{ type: 'RefundDecided', data: { amount: 49_900 } }, { type: 'ReturnClosed' }])
    t.equal(events.length, 2)
    for (const event of events) t.strictSame(faultsOf(event), [])
  })
  t.test('of what was agreed in writing is valid and as its example says', async (t) => {
    const [recorded, cheaper, ...more] = told(ofAgreement, agreed, agreed)
    t.strictSame(factsOf(recorded!), factsOf(fact('AgreementRecorded')))
    t.hasStrict(cheaper, { type: 'RefundDecided', data: { amount: 15_000, deliveryAmount: 5_000, reduction: true } })
    t.strictSame([more, faultsOf(recorded!), faultsOf(cheaper!)], [[], [], []])
  })
  t.test('of money besides refunds is valid and as its examples say', async (t) => {
    const events = told(ofPayout, ...interest, ...interest)
    t.strictSame(events.map(factsOf), [proposed, settled, fact('PayoutClosed')].map(factsOf))
    const [, no] = told(ofPayout, ...declined)
    t.strictSame(factsOf(no!), factsOf(fact('PayoutDeclined')))
    for (const event of [...events, no!]) t.strictSame(faultsOf(event), [])
  })
  t.test('of what staff decides otherwise is valid and as its examples say', async (t) => {
    const events = told(ofOverride, proposeOverride(meant.data), settleOverride('approved', agreedTo.data))
    t.strictSame(events.map(factsOf), [meant, agreedTo].map(factsOf))
    const [, no] = told(ofOverride, proposeOverride(refusedBy.data), settleOverride('declined', refusedBy.data))
    t.strictSame(factsOf(no!), factsOf(refusedBy))
    for (const event of [...events, no!]) t.strictSame(faultsOf(event), [])
  })
  t.test('of an exchange is valid and as its examples say', async (t) => {
    const events = told(ofExchange, ...exchanged, ...exchanged)
    t.strictSame(events.map(factsOf), [fact('ExchangeAgreed'), fact('ExchangeEnded')].map(factsOf))
    for (const event of events) t.strictSame(faultsOf(event), [])
  })
  t.test('of a label that is asked for is valid and as its example says', async (t) => {
    const { lines, reasons: _, ...asked } = fact('ReturnLabelRequested').data
    const undisclosed = { ...received, disclosures: { ...received.disclosures, returnCost: false } }
    const declared = told(decider, { ...oneSensor, data: { ...oneSensor.data, facts: undisclosed } })
    const way = wayOfWithdrawal(declared.reduce(decider.evolve, decider.initial) as DeclaredReturn, undisclosed)!
    t.equal(way.bearer, 'seller')
    const requested = labelRequested(asked, way)
    t.strictSame([factsOf(requested), faultsOf(requested)], [factsOf(fact('ReturnLabelRequested')), []])
    t.strictSame(way.lines, lines)
  })
  t.test('is all that it declares', async (t) => {
    const stopped = [declare({ facts: unsent, lines: one }), learn(one, [], unsent)]
    const types: string[] = [story, stopped, used, unheardOf, collected, [oneSensor, ask()]].flatMap((commands) =>
      told(decider, ...commands).map(({ type }) => type),
    )
    types.push(...told(ofVoluntary, ...byOffer).map(({ type }) => type))
    types.push(...told(ofVoluntary, offered.request(), offered.keep()).map(({ type }) => type))
    types.push(...told(ofPayout, ...interest).map(({ type }) => type), 'PayoutDeclined')
    types.push(...told(ofExchange, ...exchanged).map(({ type }) => type))
    types.push('OverrideProposed', 'OverrideDecided', 'OverrideDeclined', 'ReturnDataErased', 'ReturnWrittenSince')
    types.push(...told(ofAgreement, agreed).map(({ type }) => type))
    types.push(fact('ReturnLabelRequested').type)
    types.push(...cures.flatMap((commands) => told(ofComplaint, ...commands).map(({ type }) => type)))
    types.push(...[unchosen, kept].flatMap((commands) => told(ofComplaint, ...commands).map(({ type }) => type)))
    types.push(...told(ofComplaint, ...mended).map(({ type }) => type))
    types.push(...told(ofComplaint, complained.complain(), complained.loseSome()).map(({ type }) => type))
    types.push(...told(ofComplaint, complained.complain(), complained.letBe()).map(({ type }) => type))
    t.strictSame([...new Set(types)].sort(), allEvents.returns.map(nameOf).sort())
  })
})

type Heard = (OrderEvent | ShippingEvent | PrivacyEvent)['type']
const delivered: Heard[] = ['OrderPlaced', 'ContractFormed', 'ShipmentDispatched', 'ShipmentDelivered']

const clock = { now: () => Temporal.Instant.from('2026-06-14T08:00:00Z') }
const deps = { clock, jobs: { enqueue: async () => {} } } as unknown as Deps
const react = reactWith(reactions, deps)

/** A database that has heard these events, and what returns knows and told since. */
async function having(t: Test, ...heard: Heard[]) {
  const url = await freshDatabaseWithJobs(...commonMigrations, fileURLToPath(new URL('../migrations', import.meta.url)))
  const pool = createPool(url, { max: 1 })
  t.teardown(() => pool.end())
  const db = createDatabase<Database>(pool)
  const hear = (name: Heard, changes: object = {}) =>
    db.transaction().execute((trx) => {
      const envelope = example(name)
      return react(trx, { ...envelope, data: { ...envelope.data, ...changes } })
    })
  for (const name of heard) await hear(name)
  const known = () => db.selectFrom('order_facts').select(['facts', 'personal']).executeTakeFirstOrThrow()
  return {
    db,
    hear,
    known,
    recipients: async () => (await db.selectFrom('mail').select('recipient').execute()).map((mail) => mail.recipient),
    facts: async () => (await known()).facts,
    do: async (command: ReturnCommand) => {
      const { facts } = await known()
      const data = 'facts' in command.data ? { ...command.data, facts } : command.data
      return db.transaction().execute((trx) => handle(trx, { type: command.type, data } as ReturnCommand, deps))
    },
    toldNow: async () => (await readHistory(db, returnId)).map(({ type, data }) => ({ type, data })),
  }
}

t.test('what returns hears', async (t) => {
  t.test(
    'ShipmentRequested, ReplacementAnswered, ReplacementReleased, CureStopAnswered: of no complaint here, nothing',
    async (t) => {
      const { hear, known, toldNow } = await having(t, ...delivered)
      const before = await known()
      for (const name of [
        'ShipmentRequested',
        'ReplacementAnswered',
        'ReplacementReleased',
        'CureStopAnswered',
      ] as const)
        await hear(name)
      t.strictSame([await known(), await toldNow()], [before, []])
    },
  )
  t.test('OrderPlaced, ContractFormed, ShipmentDispatched, ShipmentDelivered: all that rights depend on', async (t) => {
    const { known } = await having(t, ...delivered)
    const { marketingOptOut: __, ...disclosures } = example('OrderPlaced').data.disclosures
    const { facts, personal } = await known()
    const { number: _, locale, names, ...rest } = facts
    t.strictSame(factsOf({ type: 'facts', data: rest }), factsOf({ type: 'facts', data: { ...received, disclosures } }))
    t.equal(locale, 'nb')
    t.strictSame(names, { 1: 'Lekkasjesensor', 2: 'Dørlås' })
    const { placedBy, email, name } = example('OrderPlaced').data.personal
    t.strictSame(personal, { placedBy, email, name })
  })
  t.test('from the examples of others it tells its own', async (t) => {
    const returns = await having(t, ...delivered)
    await returns.do(oneSensor)
    await returns.do(send())
    await returns.do(judge())
    await returns.do(receiveFit(one))
    await returns.hear('PaymentRefunded')
    const now = await returns.toldNow()
    t.strictSame(
      now.map(({ type }) => type),
      ['WithdrawalDeclared', 'ReturnSent', 'ProofOfSendingJudged', 'RefundDecided', 'ReturnReceived', 'ReturnClosed'],
    )
    for (const event of now.slice(0, -1)) t.strictSame(factsOf(event), factsOf(fact(event.type as 'ReturnSent')))
    t.hasStrict(now.at(-1), { data: { outcome: 'refunded', amount: 49_900 } })
    const [kept] = (await returns.facts()).returns
    t.hasStrict(kept, { returnId, outcome: 'closed', refunded: 49_900 })
  })
  t.test(
    'EmailCorrected and ContractReconfirmed: who was written to elsewhere is informed when it is mended',
    async (t) => {
      const returns = await having(t, ...delivered)
      await returns.hear('EmailCorrected', { wasFormed: true })
      const period = async (at: string) =>
        eligibility((await returns.facts()) as OrderFacts, Temporal.Instant.from(at), 'of-the-moment').lines[0]!
          .withdrawal
      const told = async () => (await returns.facts()).disclosures?.withdrawalInformation
      t.equal(await told(), false)
      t.equal((await period('2026-09-01T09:00:00Z')).outcome, 'granted')
      await returns.hear('ContractReconfirmed', { reconfirmedAt: '2026-06-20T09:00:00Z' })
      t.hasStrict(await period('2026-07-06T09:00:00Z'), { outcome: 'granted', until: '2026-07-06' })
      t.equal((await period('2026-07-07T09:00:00Z')).outcome, 'refused')
    },
  )
  t.test(
    'DeliveryCorrected: periods run from the corrected moment, or not yet, and a declared return stays',
    async (t) => {
      const returns = await having(t, ...delivered)
      await returns.do(oneSensor)
      await returns.hear('DeliveryCorrected')
      const { receivedAt: moved } = (await returns.facts()).parcels[0]!
      t.equal(moved, example('DeliveryCorrected').data.receivedAt)
      await returns.hear('DeliveryCorrected', { receivedAt: undefined })
      const [parcel] = (await returns.facts()).parcels
      t.notOk(Object.hasOwn(parcel!, 'receivedAt'))
      t.hasStrict((await returns.facts()).returns, [{ returnId, outcome: 'open' }])
      t.strictSame(
        (await returns.toldNow()).map(({ type }) => type),
        ['WithdrawalDeclared'],
      )
    },
  )
  t.test('PayoutMade: of what nobody proposed here nothing becomes, and nothing known changes', async (t) => {
    const returns = await having(t, ...delivered)
    const before = await returns.facts()
    await returns.hear('PayoutMade')
    t.strictSame([await returns.toldNow(), await returns.facts()], [[], before])
  })
  t.test('PaymentRefunded said twice closes once', async (t) => {
    const returns = await having(t, ...delivered)
    await returns.do(oneSensor)
    await returns.do(send())
    await returns.do(judge())
    await returns.hear('PaymentRefunded')
    await returns.hear('PaymentRefunded')
    t.equal((await returns.toldNow()).filter(({ type }) => type === 'ReturnClosed').length, 1)
  })
  t.test('StopConcluded: of a withdrawal, what never left closes it without money, once', async (t) => {
    const returns = await having(t, 'OrderPlaced', 'ContractFormed')
    await returns.do(oneSensor)
    await returns.hear('StopConcluded', { returnId, stopped: [{ ...one[0], amount: 49_900 }], left: [] })
    await returns.hear('StopConcluded', { returnId, stopped: [{ ...one[0], amount: 49_900 }], left: [] })
    t.strictSame(
      (await returns.toldNow()).map(({ type }) => type),
      ['WithdrawalDeclared', 'ReturnUnitsKnown', 'ReturnClosed'],
    )
  })
  t.test(
    'StopRequested and StopConcluded of a cancellation: those units can neither be cancelled nor withdrawn from',
    async (t) => {
      const returns = await having(t, 'OrderPlaced', 'ContractFormed', 'StopRequested', 'StopConcluded')
      const [line] = linesOf((await returns.facts()) as OrderFacts)
      t.hasStrict(line, { returnable: 0, cancellable: 0, neverSent: 2 })
    },
  )
  t.test('EmailCorrected: receipts go to the address that works', async (t) => {
    const { known } = await having(t, 'OrderPlaced', 'EmailCorrected')
    const { name, placedBy } = example('OrderPlaced').data.personal
    const { email } = example('EmailCorrected').data.personal
    t.strictSame((await known()).personal, { name, placedBy, email })
  })
  t.test('EmailCorrected: mails about returns that wait to be sent go there, and later ones too', async (t) => {
    const returns = await having(t, ...delivered)
    await returns.do(oneSensor)
    t.strictSame(await returns.recipients(), [example('OrderPlaced').data.personal.email])
    await returns.hear('EmailCorrected')
    await returns.do(receiveFit(one))
    const { email } = example('EmailCorrected').data.personal
    t.strictSame(await returns.recipients(), [email, email])
  })
  t.test('ConfirmationBounced: the contract is not formed any more', async (t) => {
    const { facts } = await having(t, 'OrderPlaced', 'ContractFormed', 'ConfirmationBounced')
    t.equal((await facts()).formedAt, undefined)
  })
  t.test('DeliveryHindered: the seller is freed from damages at most, since it was told', async (t) => {
    const { facts } = await having(t, 'OrderPlaced', 'ContractFormed', 'DeliveryHindered')
    t.hasStrict((await facts()).impediment, { event: 'strike', customerTold: true })
  })
  t.test('AdditionalPeriodSet: once it has run out without delivery, the purchase may be ended', async (t) => {
    const { facts } = await having(t, 'OrderPlaced', 'ContractFormed', 'AdditionalPeriodSet')
    const known = await facts()
    const { until } = example('AdditionalPeriodSet').data
    t.hasStrict(known.additionalPeriod, { until })
    const remediesAt = (at: string) => entitlements(known as never, Temporal.Instant.from(at)).delivery!.remedies
    t.notOk(remediesAt('2026-07-15T21:59:59Z').includes('rescind'), 'while it runs')
    t.ok(remediesAt('2026-07-15T22:00:00Z').includes('rescind'))
  })
  t.test('OrderCancelled: nothing can be withdrawn from any more, and an open return is over', async (t) => {
    const returns = await having(t, 'OrderPlaced', 'ContractFormed')
    await returns.do(oneSensor)
    await returns.hear('OrderCancelled')
    t.equal((await returns.facts()).cancelledAt, example('OrderCancelled').data.cancelledAt)
    t.hasStrict((await returns.toldNow()).at(-1), {
      type: 'ReturnClosed',
      data: { outcome: 'order-cancelled', amount: 0 },
    })
    const again = { ...oneSensor, data: { ...oneSensor.data, returnId: '019eb0c8-1c00-7c02-8b63-1e7c2a8d4f44' } }
    t.equal((await returns.do(again)).refusal?.code, 'withdrawal-refused')
  })
  t.test('ShipmentDispatched and ShipmentDelivered before OrderPlaced: no parcel is lost', async (t) => {
    const inOrder = await having(t, ...delivered)
    const { known } = await having(t, 'ShipmentDispatched', 'ShipmentDelivered', 'OrderPlaced', 'ContractFormed')
    t.strictSame(await known(), await inOrder.known())
  })
  t.test(
    'LossSettled: what is sent instead is still to come, and a refund takes the units out of every other right',
    async (t) => {
      const returns = await having(t, 'OrderPlaced', 'ContractFormed', 'ShipmentDispatched')
      await returns.hear('LossSettled')
      await returns.hear('ShipmentDelivered')
      t.equal(linesOf((await returns.facts()) as OrderFacts)[0]!.receivedAt, undefined)
      await returns.hear('LossSettled', { choice: 'refund', lines: one })
      const facts = (await returns.facts()) as OrderFacts
      t.hasStrict(facts.returns, [{ right: 'loss', lines: one, decided: one, outcome: 'open' }])
      t.hasStrict(linesOf(facts)[0], { returnable: 1, neverSent: 1, unsent: 0, cancellable: 0 })
    },
  )
  t.test('DamageReportEnded: nothing is sent instead any more, and the parcel that came has all of it', async (t) => {
    const returns = await having(t, 'OrderPlaced', 'ContractFormed', 'ShipmentDispatched', 'LossSettled')
    await returns.hear('ShipmentDelivered')
    await returns.hear('DamageReportEnded')
    const { receivedAt } = example('ShipmentDelivered').data
    t.equal(String(linesOf((await returns.facts()) as OrderFacts)[0]!.receivedAt), receivedAt)
  })
  t.test('DeliveryFailureEnded: what is sent again is still to come, and no other end changes anything', async (t) => {
    const returns = await having(t, ...delivered)
    const before = await returns.facts()
    await returns.hear('DeliveryFailureEnded')
    t.strictSame(await returns.facts(), before)
    const { replacementId } = example('LossSettled').data
    await returns.hear('DeliveryFailureEnded', { outcome: 'sent-again', replacementId })
    t.strictSame(
      linesOf((await returns.facts()) as OrderFacts).map(({ receivedAt, handedOver }) => [receivedAt, handedOver]),
      [
        [undefined, 2],
        [undefined, 1],
      ],
    )
  })
  t.test(
    'ReturnParcelScanned, ReturnParcelArrived and ReturnUnitsReceived: proof, arrival and units, each once in any order',
    async (t) => {
      const events = ['ReturnParcelScanned', 'ReturnParcelArrived', 'ReturnUnitsReceived'] as const
      const orders = [
        ...events.flatMap((one) => [
          [one, ...events],
          [...events.toReversed(), one],
        ]),
      ]
      for (const order of orders) {
        const returns = await having(t, ...delivered)
        await returns.do(oneSensor)
        for (const name of order) await returns.hear(name)
        const types = (await returns.toldNow()).map(({ type }) => type)
        for (const type of ['ReturnInspected', 'RefundDecided'])
          t.equal(types.filter((each) => each === type).length, 1, `${type} of ${order.join()}`)
        const inStock = (await returns.toldNow()).filter(({ data }) => 'fitForSale' in data)
        t.equal(inStock.length, 1, order.join())
      }
    },
  )
  t.test('ReturnLabelIssued of a label that nobody asked for changes nothing', async (t) => {
    const { hear, facts, recipients } = await having(t, ...delivered)
    const before = await facts()
    await hear('ReturnLabelIssued')
    t.strictSame([await facts(), await recipients()], [before, []])
  })
  t.test(
    'ErasureDue: what may go goes, what something under way needs does not, and the answer says which',
    async (t) => {
      const { hear, db, do: carryOut } = await having(t, ...delivered)
      await carryOut(oneSensor)
      const { orderId } = example('OrderPlaced').data
      const stranger = crypto.randomUUID()
      await hear('ErasureDue', { orderIds: [orderId, stranger] })
      const [answer] = await readHistory(db, example('ErasureDue').data.erasureId)
      const { type, data } = answer!
      t.strictSame(faultsOf({ type, data }), [])
      t.match(
        { type, data },
        { type: 'ReturnDataErased', data: { erased: [stranger], postponed: [{ orderId, why: 'case-open' }] } },
      )
    },
  )
  t.test('everything else is let pass', async (t) => {
    const { hear, facts } = await having(t, ...delivered)
    const before = await facts()
    for (const name of [...allEvents.orders, ...allEvents.shipping].map(nameOf) as Heard[])
      if (!(name in reactions)) await hear(name)
    t.strictSame(await facts(), before)
  })
})
