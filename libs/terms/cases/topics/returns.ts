import type { Ruling } from '../../ruling/ruling.ts'
import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { mayDeductDiminishedValue } from '../../statute/angrerettloven.ts'
import { figures, terms, termsUnder } from '../asked-edition.ts'
import { dayOf, instantOf, isoOf, type Moment, maybeInstantOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'
import { informationOf, periodFactsOf, type Received } from './withdrawal.ts'

const { customerKind } = terms

type Goods = {
  lineFlags?: string[]
  /** False when nothing about health or hygiene speaks against taking the goods back. */
  hygieneGrounds?: boolean
}

const traitsOf = ({ lineFlags = [], hygieneGrounds = true }: Goods) => ({
  madeToOrder: lineFlags.some((flag) => flag === 'custom-made' || flag === 'personalised'),
  hygieneSealed: lineFlags.includes('hygiene-sealed') && hygieneGrounds,
  sealedMedia: lineFlags.some((flag) => /^sealed-(software|media|audio|video|music|film|game)$/.test(flag)),
})

/** A right as a case expects it. */
const rightOf = ({ outcome }: Ruling) => (outcome === 'review' ? 'review' : outcome === 'granted')

type Applicability = Received &
  Goods & {
    businessSharePct?: number
    orgNo?: string
    sealBrokenByConsumer?: boolean
    sealBrokenInTransit?: boolean
    exceptionDisclosed?: boolean
    lines?: { id: number | string; flags: string[] }[]
    termsWithdrawalDays?: number
  }

/** A case that does not call the customer a business may still tell what makes him one. */
const customerKindOf = ({ customerType, orgNo, businessSharePct }: Applicability) =>
  customerType === 'business'
    ? customerType
    : customerKind({ organisationNumber: orgNo, businessShare: businessSharePct }).kind

function applicability(facts: Applicability): Answer {
  const terms = termsUnder({ withdrawalDays: facts.termsWithdrawalDays ?? figures.withdrawalDays })
  const asked = periodFactsOf(facts)
  const kind = customerKindOf(facts)
  const ask = (goods: Goods) =>
    terms.withdrawal({
      ...asked,
      customerKind: kind,
      traits: traitsOf({ hygieneGrounds: facts.hygieneGrounds, ...goods }),
      // What broke on the way the consumer did not break.
      sealBroken: facts.sealBrokenInTransit ? false : facts.sealBrokenByConsumer,
      exceptionDisclosed: facts.exceptionDisclosed,
      declaredAt: asked.lastReceivedAt ?? instantOf('2026-11-22'),
    })
  const ruling = ask({ lineFlags: facts.lineFlags })
  const { days } = terms.withdrawalPeriod({
    ...asked,
    lastReceivedAt: asked.lastReceivedAt ?? instantOf('2026-11-22'),
  })!
  return {
    statutoryWithdrawal: rightOf(ruling),
    default: ruling.outcome === 'refused' ? 'reject' : 'accept',
    alsoDefect: facts.sealBrokenInTransit === true && terms.brokenInTransit().defect,
    withdrawableLines: (facts.lines ?? [])
      .filter(({ flags }) => ask({ lineFlags: flags }).outcome !== 'refused')
      .map(({ id }) => id),
    appliedDays: days.value,
    violation: kind === 'consumer' && days.termsUndercut,
    lastDay: isoOf(ruling.lastDay),
  }
}

type SendingBack = { country?: string; noticeSentAt?: Moment; returnDispatchedAt?: Moment | null }

function sendingBack({ country, noticeSentAt, returnDispatchedAt }: SendingBack): Answer {
  if (noticeSentAt === undefined) return { sendBackBy: null, inTime: null, withdrawalStillValid: null }
  const noticeAt = instantOf(noticeSentAt)
  const sent = returnDispatchedAt && terms.sentBack({ noticeAt, sentAt: instantOf(returnDispatchedAt), country })
  return {
    sendBackBy: isoOf(terms.sendBackBy(noticeAt, country).lastDay),
    inTime: sent ? sent.inTime : null,
    withdrawalStillValid: sent ? sent.withdrawalStands : true,
  }
}

type CostOfReturn = {
  customerType?: CustomerKind
  basis?: string
  returnCostDisclosed?: boolean
  sellerAgreedToBear?: boolean
  bulky?: boolean
  returnCostAmountDisclosed?: boolean
  restockingFee?: number
}

function costOfReturn(facts: CostOfReturn): Answer {
  const voluntary = facts.basis === 'voluntary'
  const { bearer } = voluntary
    ? terms.voluntaryRefund({ lines: [] }).returnCost
    : terms.returnCost({
        // Where a case speaks of the amount alone, nothing is held against the way the cost as such was told.
        disclosed: facts.returnCostDisclosed ?? facts.returnCostAmountDisclosed !== undefined,
        sellerAgreedToBear: facts.sellerAgreedToBear,
        notAsAgreed: facts.basis !== undefined && /wrong|defect|fault|complaint|damage|conform/.test(facts.basis),
        bulky: facts.bulky,
        amountDisclosed: facts.returnCostAmountDisclosed,
      })
  const fee = terms.withdrawalFee(facts.restockingFee ?? 0)
  return {
    // By law the consumer pays, by the terms alone whoever the customer is.
    bearer: bearer === 'customer' && !voluntary ? (facts.customerType ?? 'consumer') : bearer,
    allowed: fee.allowed,
    violation: !fee.allowed,
  }
}

type VoluntaryFacts = Received &
  Goods & {
    returnRequestedAt?: Moment
    unused?: boolean
    undamaged?: boolean
    originalPackaging?: boolean
    returnDispatchedAt?: Moment
    sealBrokenByConsumer?: boolean
  }

const CONDITIONS: Record<string, string> = {
  'voluntary-period-over': 'period',
  'not-unused': 'unused',
  'not-undamaged': 'undamaged',
  'not-in-original-packaging': 'originalPackaging',
}

function voluntary(facts: VoluntaryFacts): Answer {
  const asked = periodFactsOf(facts)
  const requestedAt = maybeInstantOf(facts.returnRequestedAt) ?? asked.lastReceivedAt ?? instantOf('2026-11-22')
  const traits = traitsOf(facts)
  const statutory = terms.withdrawal({
    ...asked,
    customerKind: facts.customerType ?? 'consumer',
    traits,
    sealBroken: facts.sealBrokenByConsumer,
    declaredAt: requestedAt,
  })
  const { unused, undamaged, originalPackaging } = facts
  const offer = terms.voluntaryReturn({
    ...{ lastReceivedAt: asked.lastReceivedAt, requestedAt, traits, country: facts.country },
    ...{ unused, undamaged, originalPackaging, sealBroken: facts.sealBrokenByConsumer },
  })
  const basis = terms.returnBasis({ withdrawal: statutory, voluntaryReturn: offer })
  const refund = basis === 'statutory' ? terms.refund(DELIVERY_ONLY) : terms.voluntaryRefund({ lines: [] })
  return {
    lastDay: isoOf(offer.lastDay),
    eligible: basis !== undefined,
    failed:
      basis === undefined ? offer.reasons.flatMap(({ code }) => (code in CONDITIONS ? [CONDITIONS[code]] : [])) : [],
    basis: basis ?? null,
    refundsOutboundShipping: refund.parts.delivery > 0,
    statutory: rightOf(statutory),
    voluntary: rightOf(offer),
    sendBackBy: isoOf(offer.sendBackBy),
    inTime: facts.returnDispatchedAt === undefined ? null : !isLater(facts.returnDispatchedAt, offer.sendBackBy),
    diminishedValueDeduction:
      basis === 'statutory' && mayDeductDiminishedValue({ informationGiven: informationOf(facts).complete }),
  }
}

const isLater = (moment: Moment, lastDay: Temporal.PlainDate) => Temporal.PlainDate.compare(dayOf(moment), lastDay) > 0

const DELIVERY_ONLY = { lines: [], deliveryPaid: 1, standardDeliveryPrice: 1, emptiesOrder: true }

export const returnsTopics: Record<string, Topic> = {
  'withdrawal-applicability': applicability,
  'return-shipping-deadline': sendingBack,
  'return-cost': costOfReturn,
  'voluntary-return': voluntary,
}
