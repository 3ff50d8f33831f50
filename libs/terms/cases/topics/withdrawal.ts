import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { possessionAt, type Receipt } from '../../statute/angrerettloven.ts'
import {
  confirmLabelRuling,
  demandedTooMuch,
  FUNCTION_FIELDS,
  functionAccess,
  functionAvailable,
  receiptRuling,
  withdrawalFunctionDuty,
  withdrawLabelRuling,
} from '../../statute/withdrawal-function.ts'
import { figures, terms, termsUnder } from '../asked-edition.ts'
import { dayOf, instantOf, isoOf, type Moment, maybeInstantOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

/** What a consumer got, and what he was told, as a case tells it. */
export type Received = {
  customerType?: CustomerKind
  country?: string
  receivedAt?: Moment | null
  receivedBy?: string
  parcelsReceivedAt?: (Moment | null)[]
  /** False when the parcels are of several orders; the one asked about came at `receivedAt`. */
  sameOrder?: boolean
  lots?: (Moment | null)[]
  deliveries?: (Moment | null)[]
  contract?: 'regular-delivery' | string
  withdrawalInfoComplete?: boolean
  infoGivenAt?: Moment | null
  infoText?: boolean
  modelForm?: boolean
  infoLocale?: string | null
  marketTargeted?: string
  market?: string
  orderDate?: Moment
  functionInfoGiven?: boolean
}

const RECEIVER: Record<string, Receipt['by']> = {
  consumer: 'consumer',
  customer: 'consumer',
  'designated-third-party': 'named-by-consumer',
  carrier: 'carrier',
  'pickup-point': 'carrier',
}

function receiptsOf({ receivedAt, receivedBy, parcelsReceivedAt, sameOrder, lots, deliveries }: Received) {
  const together = sameOrder === false ? undefined : parcelsReceivedAt
  const moments = together ?? lots ?? deliveries ?? [receivedAt ?? null]
  const by = receivedBy === undefined ? 'consumer' : (RECEIVER[receivedBy] ?? 'somebody-else')
  return moments.map((moment) => (moment === null ? undefined : { at: instantOf(moment), by }))
}

/** Whether the information was complete, by the flag of the case and by what it says was in it. */
export function informationOf(facts: Received) {
  const { complete, reasons } = terms.withdrawalInformation({
    text: facts.withdrawalInfoComplete !== false && facts.infoText !== false,
    form: facts.modelForm !== false,
    locale: facts.infoLocale ?? undefined,
    market: facts.marketTargeted ?? facts.market,
    functionTold: facts.functionInfoGiven,
    orderedOn: dayOf(facts.orderDate ?? A_DAY_OF_TODAYS_LAW),
  })
  return { complete, codes: reasons.map(({ code }) => code) }
}

/** Cases that name no day of the order are about the law as it stands. */
const A_DAY_OF_TODAYS_LAW = '2026-11-22'

/** The facts of the withdrawal period, as clause 8 asks for them. */
export const periodFactsOf = (facts: Received) => ({
  lastReceivedAt: possessionAt(receiptsOf(facts), facts.contract === 'regular-delivery'),
  informationGiven: informationOf(facts).complete,
  informationGivenAt: maybeInstantOf(facts.infoGivenAt),
  country: facts.country,
})

function deadline(facts: Received & { now?: Moment; termsWithdrawalDays?: number }): Answer {
  const promised = termsUnder({ withdrawalDays: facts.termsWithdrawalDays ?? figures.withdrawalDays })
  const asked = periodFactsOf(facts)
  const { outcome, lastDay } = terms.withdrawal({
    ...asked,
    customerKind: facts.customerType ?? 'consumer',
    traits: PLAIN,
    declaredAt: maybeInstantOf(facts.now) ?? asked.lastReceivedAt ?? instantOf(A_DAY_OF_TODAYS_LAW),
  })
  // Who has no right to withdraw has no period for it either.
  const period = lastDay && promised.withdrawalPeriod(asked)
  const started = period !== undefined
  return {
    receivedLocalDate: isoOf(period?.receivedOn),
    rawLastDay: isoOf(period?.countedOn),
    originalLastDay: isoOf(period?.originalLastDay),
    lastDay: isoOf(period?.lastDay),
    extended: started ? !period.countedOn.equals(period.originalLastDay) : false,
    firstInstantTooLateUtc: started ? untilOf(asked, promised) : null,
    state: started ? 'running' : 'not-started',
    canWithdrawNow: outcome !== 'refused',
  }
}

const PLAIN = { madeToOrder: false, hygieneSealed: false }

const untilOf = (asked: ReturnType<typeof periodFactsOf>, promised: typeof terms) =>
  promised
    .withdrawal({ ...asked, customerKind: 'consumer', traits: PLAIN, declaredAt: asked.lastReceivedAt! })
    .until!.toString()

type NoticeFacts = Received & {
  noticeSentAt?: Moment | null
  noticeReceivedAt?: Moment | null
  channel?: 'letter' | 'email' | 'phone' | 'web-form' | 'withdrawal-function'
  event?: string
  statement?: string | null
  step1SubmittedAt?: Moment
  confirmedAt?: Moment | null
  returnDispatchedAt?: Moment
  orderRefGiven?: string
  matchedBy?: string[]
  withdrawLines?: number
}

/** What the consumer did. A case that tells of an act alone tells of no statement. */
function deedOf(facts: NoticeFacts) {
  if (facts.step1SubmittedAt !== undefined && facts.confirmedAt == null) return 'drafted'
  const acted = facts.returnDispatchedAt !== undefined || /refused|collected/.test(facts.event ?? '')
  const told = facts.statement ?? facts.noticeSentAt ?? facts.noticeReceivedAt ?? facts.confirmedAt ?? facts.channel
  if (facts.statement !== null && !(acted && told == null)) return 'said'
  if (facts.returnDispatchedAt !== undefined) return 'sent-back'
  if (facts.event?.includes('refused')) return 'refused-delivery'
  return facts.event?.includes('collected') ? 'did-not-collect' : 'nothing'
}

const NEXT = {
  'keep-draft': null,
  'contact-customer': 'contact-customer',
  'contact-customer-and-honour-sending': 'contact-customer-and-treat-dispatch-as-notice-if-confirmed',
  'ask-which-order': 'ask-which-order',
}

function notice(facts: NoticeFacts): Answer {
  const asked = periodFactsOf(facts)
  const did = deedOf(facts)
  const sentAt = maybeInstantOf(facts.noticeSentAt ?? facts.confirmedAt ?? facts.noticeReceivedAt)
  const ruling = terms.withdrawalNotice({
    channel: facts.channel,
    did,
    identified: facts.orderRefGiven === undefined || (facts.matchedBy ?? []).length > 0,
  })
  const right = terms.withdrawal({
    ...asked,
    customerKind: facts.customerType ?? 'consumer',
    traits: PLAIN,
    declaredAt: sentAt ?? asked.lastReceivedAt ?? instantOf(A_DAY_OF_TODAYS_LAW),
  })
  const valid = ruling.outcome === 'granted'
  return {
    lastDay: isoOf(right.lastDay),
    inTime: sentAt === undefined ? null : right.outcome !== 'refused',
    withdrawn: valid && right.outcome !== 'refused',
    draftKept: ruling.next === 'keep-draft',
    validNotice: ruling.outcome === 'review' ? 'review' : valid,
    action: ruling.next === undefined ? null : NEXT[ruling.next],
    reasonRequired: ruling.reasonRequired,
    burdenOfProof: ruling.burdenOfProof,
    recordCall: ruling.record,
    ackRequired: ruling.acknowledgement !== undefined,
    ackWhen: ruling.acknowledgement?.when ?? null,
    ackMedium: ruling.acknowledgement?.medium ?? null,
    linesWithdrawn: valid ? (facts.withdrawLines ?? null) : 0,
  }
}

const missingInformation = (facts: Received): Answer => {
  const { complete, codes } = informationOf(facts)
  return {
    ...deadline(facts),
    withdrawalInfoComplete: complete,
    flag: codes.includes('information-not-in-norwegian') ? 'language' : null,
  }
}

type FunctionFacts = Received & {
  label?: string | null
  confirmLabel?: string | null
  locale?: string
  requiredFields?: string[]
  ack?: { content: boolean; date: boolean; time: boolean } | null
  now?: Moment
  loggedIn?: boolean
  prefill?: boolean
}

function withdrawalFunction(facts: FunctionFacts): Answer {
  const { mandatory, offered, lookUpAgain } = withdrawalFunctionDuty({
    market: facts.market ?? facts.country ?? 'NO',
    orderedOn: dayOf(facts.orderDate ?? A_DAY_OF_TODAYS_LAW),
  })
  const { tooMuch } = demandedTooMuch(facts.requiredFields ?? [])
  const { reachable, advised } = functionAccess({ loggedIn: facts.loggedIn, prefilled: facts.prefill })
  const lastDay = terms.withdrawalPeriod(periodFactsOf(facts))?.lastDay
  return {
    mandatory,
    enabledByDefault: offered,
    recheck: lookUpAgain,
    labelOk: facts.label == null ? null : withdrawLabelRuling(facts.label, facts.locale).clear,
    confirmOk: facts.confirmLabel == null ? null : confirmLabelRuling(facts.confirmLabel, facts.locale).clear,
    violation: tooMuch.length > 0,
    allowed: FUNCTION_FIELDS,
    ackOk: facts.ack == null ? null : receiptRuling(facts.ack).complete,
    functionVisible: functionAvailable({ on: dayOf(facts.now ?? A_DAY_OF_TODAYS_LAW), lastDay }).available,
    functionReachable: reachable,
    recommend: advised ?? null,
    withdrawalInfoComplete: informationOf(facts).complete,
  }
}

export const withdrawalTopics: Record<string, Topic> = {
  'withdrawal-deadline': deadline,
  'withdrawal-notice': notice,
  'withdrawal-missing-info': missingInformation,
  'withdrawal-function': withdrawalFunction,
}
