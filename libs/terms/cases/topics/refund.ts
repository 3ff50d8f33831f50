import type { ReturnedUnits } from '../../amounts/portion.ts'
import { vatOutOf } from '../../amounts/vat.ts'
import { figures, terms, termsUnder } from '../asked-edition.ts'
import { instantOf, isoOf, type Moment, majorUnitsOf, maybeInstantOf, minorUnitsOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

type ByMeans = Record<string, number>

/** A return and what was paid, in kroner or euro. */
type Returned = {
  basis?: 'statutory' | 'voluntary'
  currency?: string
  withdrawalInfoComplete?: boolean
  goods?: number
  /** What the goods that go back cost; left out, everything goes back. */
  returned?: number
  alreadyRefunded?: number
  lines?: number[]
  linesOre?: number[]
  orderDiscount?: number
  orderDiscountOre?: number
  returnedLine?: number
  returnedLines?: number[]
  deliveryPaid?: number
  standardDelivery?: number
  onlyOption?: boolean
  deliveryForKept?: number
  ancillary?: number
  diminishedValue?: number
  handling?: string
  returnLabelCost?: number
  returnCostDisclosed?: boolean
  sellerAgreedToBear?: boolean
  captured?: number
  paidBy?: ByMeans
  refundedBy?: ByMeans
  refundMethod?: 'original' | 'store-credit'
  expressConsent?: boolean
  fee?: number
  vatRate?: number
}

function refundAmount(facts: Returned): Answer {
  const lines = linesOf(facts)
  const orderDiscount = facts.orderDiscountOre ?? optional(facts.orderDiscount)
  const emptiesOrder = lines.every(({ returning }) => returning > 0) || allGone(facts)
  const back =
    facts.basis === 'voluntary'
      ? terms.voluntaryRefund({ lines, orderDiscount })
      : terms.refund({ ...statutory(facts), lines, orderDiscount, emptiesOrder })
  const charged = chargedFor(facts, lines, orderDiscount)
  const settled = terms.settlement({
    amount: back.amount,
    charged,
    captured: optional(facts.captured) ?? charged,
    alreadyRefunded: optional(facts.alreadyRefunded),
    emptiesOrder,
    paidBy: means(facts.paidBy),
    paidBackBy: means(facts.refundedBy),
    method: facts.refundMethod,
    expressConsent: facts.expressConsent,
    fee: optional(facts.fee),
  })
  return {
    refund: majorUnitsOf(settled.refund),
    currency: facts.currency ?? null,
    split: settled.split ? majorByMeans(settled.split) : null,
    allowedMethod: settled.method,
    violation: settled.violations.length > 0,
    voidAuthorisation: majorUnitsOf(settled.release),
    vatInRefund:
      facts.vatRate === undefined
        ? null
        : majorUnitsOf(vatOutOf({ gross: settled.refund, rate: facts.vatRate * 100 }).vat),
  }
}

/** The whole of the order: goods, less their discount, delivery and what was bought with them. */
const chargedFor = ({ deliveryPaid = 0, ancillary = 0 }: Returned, lines: ReturnedUnits[], orderDiscount = 0) =>
  lines.reduce((sum, { total }) => sum + total, minorUnitsOf(deliveryPaid) + minorUnitsOf(ancillary)) - orderDiscount

const statutory = (facts: Returned) => ({
  deliveryPaid: minorUnitsOf(facts.deliveryPaid ?? 0),
  standardDeliveryPrice: minorUnitsOf(facts.standardDelivery ?? facts.deliveryPaid ?? 0),
  onlyDelivery: facts.onlyOption,
  deliveryForKept: optional(facts.deliveryForKept),
  ancillary: optional(facts.ancillary),
  alreadyRefunded: optional(facts.alreadyRefunded),
  diminishedValue: optional(facts.diminishedValue),
  handling: facts.handling === 'necessary' ? ('necessary' as const) : undefined,
  informationGiven: facts.withdrawalInfoComplete,
  returnLabel: optional(facts.returnLabelCost),
  returnCostBorneBy: terms.returnCost({
    disclosed: facts.returnCostDisclosed ?? false,
    sellerAgreedToBear: facts.sellerAgreedToBear,
  }).bearer,
})

/** The lines of the order as units; goods that are told as sums only become one line that goes back and one that stays. */
function linesOf({ goods = 0, returned, lines, linesOre, returnedLine, returnedLines }: Returned): ReturnedUnits[] {
  const totals = linesOre ?? lines?.map(minorUnitsOf)
  if (totals !== undefined) {
    const going = returnedLines ?? (returnedLine === undefined ? totals.keys().toArray() : [returnedLine])
    return totals.map((total, at) => ({ total, quantity: 1, returning: going.includes(at) ? 1 : 0 }))
  }
  const back = returned ?? goods
  const parts = [{ total: minorUnitsOf(back), quantity: 1, returning: 1 }]
  return back < goods ? [...parts, { total: minorUnitsOf(goods - back), quantity: 1, returning: 0 }] : parts
}

/** Goods told as sums: those that go back and those refunded before are all there were. */
const allGone = ({ goods, returned, alreadyRefunded = 0 }: Returned) =>
  goods !== undefined && returned !== undefined && returned + alreadyRefunded >= goods

const optional = (amount: number | undefined) => (amount === undefined ? undefined : minorUnitsOf(amount))
const means = (by: ByMeans | undefined) =>
  by && Object.fromEntries(Object.entries(by).map(([mean, amount]) => [mean, minorUnitsOf(amount)]))
const majorByMeans = (by: ByMeans) =>
  Object.fromEntries(Object.entries(by).map(([mean, amount]) => [mean, majorUnitsOf(amount)]))

type Due = {
  basis?: 'statutory' | 'voluntary'
  noticeReceivedAt?: Moment
  goodsReceivedAt?: Moment | null
  proofOfSendingAt?: Moment | null
  traderCollects?: boolean
  goodsNeverShipped?: boolean
  termsRefundDays?: number
}

function refundDue(facts: Due): Answer {
  const terms = termsUnder({ refundDays: facts.termsRefundDays ?? figures.refundDays })
  const { days, termsUndercut } = terms.refundPeriod()
  const period = { appliedDays: days, violation: termsUndercut }
  const goodsReceivedAt = maybeInstantOf(facts.goodsReceivedAt)
  if (facts.basis === 'voluntary' || facts.noticeReceivedAt === undefined) {
    const dueOn = goodsReceivedAt && terms.voluntaryRefundDue({ goodsReceivedAt }).dueOn
    return { ...period, statutory14Days: null, refundDueBy: isoOf(dueOn), withheld: dueOn === undefined }
  }
  const due = terms.refundDue({
    noticeReceivedAt: instantOf(facts.noticeReceivedAt),
    goodsReceivedAt,
    proofOfSendingAt: maybeInstantOf(facts.proofOfSendingAt),
    sellerCollects: facts.traderCollects,
    neverShipped: facts.goodsNeverShipped,
  })
  return {
    ...period,
    statutory14Days: isoOf(due.countedFromNoticeOn),
    refundDueBy: isoOf(due.dueOn),
    withheld: due.withheld,
  }
}

export const refundTopics: Record<string, Topic> = { 'refund-amount': refundAmount, 'refund-due': refundDue }
