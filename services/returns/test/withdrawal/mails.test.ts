import type { RefundDecided } from '@vilkar/contracts/returns.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import type { PlacedFacts, PlacedOrder } from '../../order-facts/projection.ts'
import type { ReturnCommand } from '../../withdrawal/commands.ts'
import { decider } from '../../withdrawal/decider.ts'
import { returnAssessed } from '../../withdrawal/mails/assessed.ts'
import { collectionOffered } from '../../withdrawal/mails/collection-offered.ts'
import { composeProofRejected } from '../../withdrawal/mails/proof-rejected.ts'
import { receipt } from '../../withdrawal/mails/receipt.ts'
import { refundDecided } from '../../withdrawal/mails/refund-decided.ts'
import { sendBackReminder } from '../../withdrawal/mails/send-back-reminder.ts'
import { underReview } from '../../withdrawal/mails/under-review.ts'
import { type DeclaredReturn, underReviewOf } from '../../withdrawal/state.ts'
import {
  assess,
  collect,
  declare,
  found,
  inspect,
  onTheWay,
  plain,
  receive,
  received,
  remind,
  unsent,
  worn,
} from '../a-return.ts'

const oneLock = [{ lineId: '2', quantity: 1 }]
const statement = 'Jeg angrer på låsen.'

/** A return after these commands, and what was decided about money last. */
function after(...commands: ReturnCommand[]) {
  const events = told(decider, ...commands)
  const state = events.reduce(decider.evolve, decider.initial) as DeclaredReturn
  const decided = events.find((event): event is RefundDecided => event.type === 'RefundDecided')
  return { state, personal: { statement }, decided: decided!.data }
}

const declaredBy = (command: ReturnCommand) => ({
  state: told(decider, command).reduce(decider.evolve, decider.initial) as DeclaredReturn,
  personal: command.type === 'DeclareWithdrawal' ? { statement: command.data.statement } : {},
})

function orderOf(facts: typeof received, locale: 'nb' | 'en'): PlacedOrder {
  const names = locale === 'nb' ? { 1: 'Lekkasjesensor', 2: 'Dørlås' } : { 1: 'Leak sensor', 2: 'Door lock' }
  const placed: PlacedFacts = { ...facts, number: 'SG-7K2M9-4QXTB', locale, names }
  return { facts: placed, personal: { placedBy: 'storefront', email: 'kari@example.com', name: 'Kari Eksempel' } }
}

const partSent = { ...onTheWay, parcels: onTheWay.parcels.map((parcel) => ({ ...parcel, lines: oneLock })) }
const mails: Record<string, (locale: 'nb' | 'en') => Composed> = {
  receipt: (locale) => receipt(declaredBy(declare({ statement })), orderOf(received, locale)),
  'receipt-part-unsent': (locale) => receipt(declaredBy(declare({ facts: partSent })), orderOf(partSent, locale)),
  'receipt-not-sent': (locale) => receipt(declaredBy(declare({ facts: unsent })), orderOf(unsent, locale)),
  'receipt-not-sent-paid': (locale) => {
    const paid = { ...unsent, disclosures: { ...unsent.disclosures, earlyCapture: true } }
    return receipt(declaredBy(declare({ facts: paid })), orderOf(paid, locale))
  },
  'refund-decided': (locale) => {
    const { decided, ...stored } = after(declare(), receive())
    return refundDecided(stored, orderOf(received, locale), decided)
  },
  'refund-decided-of-part': (locale) => {
    const { decided, ...stored } = after(declare({ lines: oneLock }), receive())
    return refundDecided(stored, orderOf(received, locale), decided)
  },
}

const used = [declare(), inspect([found({ wear: 'used' }), found(), found({ lineId: '2', complete: false })])]
const deductions = [worn(), { ...worn(30_000), lineId: '2' }]
const grounds = 'Sensoren er ripet opp, og nøklene til låsen mangler.'
mails['refund-decided-less-deductions'] = (locale) => {
  const { decided, ...stored } = after(...used, assess(deductions), assess(deductions, { final: true }))
  return refundDecided({ ...stored, personal: { grounds } }, orderOf(received, locale), decided)
}
mails['return-assessed'] = (locale) => {
  const assessed = told(decider, ...used, assess(deductions)).find((event) => event.type === 'ReturnAssessed')!
  const { deductions: judged, heardUntil } = assessed.data
  const told_ = { deductions: judged, heardUntil: heardUntil! }
  return returnAssessed({ personal: { grounds } }, orderOf(received, locale).facts, told_)
}

const lost = [declare(), inspect([found(), found()])]
const gone = [{ lineId: '2', quantity: 1, amount: 129_900, why: 'not-in-parcel' as const }]
mails['refund-decided-less-missing'] = (locale) => {
  const { decided, ...stored } = after(...lost, assess(gone), assess(gone, { final: true }))
  return refundDecided({ ...stored, personal: {} }, orderOf(received, locale), decided)
}
mails['return-assessed-missing'] = (locale) => {
  const assessed = told(decider, ...lost, assess(gone)).find((event) => event.type === 'ReturnAssessed')!
  const { deductions: judged, heardUntil } = assessed.data
  return returnAssessed({ personal: {} }, orderOf(received, locale).facts, {
    deductions: judged,
    heardUntil: heardUntil!,
  })
}
mails['receipt-part-refused'] = (locale) => {
  const [sensor, lock] = received.lines
  const facts = { ...received, lines: [sensor!, { ...lock!, traits: { ...plain, madeToOrder: true } }] }
  const lines = [{ lineId: '1', quantity: 1 }, oneLock[0]!]
  return receipt(declaredBy(declare({ facts, lines })), orderOf(facts, locale), 'https://shop.example/order?link=x')
}

mails['send-back-reminder'] = (locale) => {
  const events = told(decider, declare(), remind('2026-06-24T22:00:00Z'))
  const state = events.reduce(decider.evolve, decider.initial) as DeclaredReturn
  const reminded = events.find((event) => event.type === 'SendBackReminded')!
  return sendBackReminder(
    { state },
    orderOf(received, locale).facts,
    reminded.data,
    'https://shop.example/order?link=x',
  )
}

const withCollection = (collectOn?: string) => (locale: 'nb' | 'en') => {
  const events = told(decider, declare(), collect({ collectOn }))
  const state = events.reduce(decider.evolve, decider.initial) as DeclaredReturn
  const { data } = events.find((event) => event.type === 'CollectionOffered')!
  const page = 'https://shop.example/order?link=x'
  return collectionOffered({ state }, orderOf(received, locale).facts, { ...data, payBy: state.refund!.dueOn }, page)
}
mails['collection-offered'] = withCollection()
mails['collection-offered-on-a-day'] = withCollection('2026-06-16')
mails['refund-decided-of-collected'] = (locale) => {
  const { decided, ...stored } = after(declare(), collect())
  return refundDecided(stored, orderOf(received, locale), decided)
}

const sealed = {
  ...received,
  lines: received.lines.map((line) => ({ ...line, traits: { ...plain, hygieneSealed: true } })),
}
const reviewed =
  (facts: typeof received, ...commands: ReturnCommand[]) =>
  (locale: 'nb' | 'en') => {
    const state = told(decider, ...commands).reduce(decider.evolve, decider.initial) as DeclaredReturn
    return underReview({ state }, orderOf(facts, locale).facts, underReviewOf(state)!)
  }
mails['return-under-review-sealed'] = reviewed(
  sealed,
  declare({ facts: sealed }),
  receive(undefined, undefined, sealed),
)
mails['return-under-review-used'] = reviewed(received, ...used)
mails['return-under-review-missing'] = reviewed(received, declare(), inspect([found()]))
mails['return-under-review-empty'] = reviewed(received, declare(), inspect([]))

const judged = { judgedBy: 'support-1', judgement: 'Posten knows no parcel\nTEST7654321NO.' }
mails['proof-rejected'] = (locale) =>
  composeProofRejected({ ...declaredBy(declare()), personal: judged }, orderOf(received, locale).facts)

for (const [name, write] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/withdrawal/mails`, async (t) => {
      const { subject, text, locale: language } = write(locale)
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.equal(language, locale)
      t.notMatch(text, /undefined|null|NaN|\[object|SENSOR-1/)
    })

t.test('the sums of the mail are those that were decided', async (t) => {
  const { decided, ...stored } = after(declare(), receive())
  const { text } = refundDecided(stored, orderOf(received, 'en'), decided)
  t.equal(decided.amount, 99_800 + 129_900 + 9_900)
  for (const said of ['998.00', '1,299.00', '99.00', '2,396.00', '50.00']) t.ok(text.includes(said), said)
})
