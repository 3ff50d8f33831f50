import { type Country, isAfter, osloDay } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import { angrerettloven, collectionLastDay, sendBackLastDay } from '../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

const reasonsOf = (because: Because) => ({
  defective: because('not-as-agreed', 'return-cost', forbrukerkjopsloven('§ 30')),
  sendBack: because('send-back', 'return-cost', angrerettloven('§ 25')),
  sentLate: because('sent-back-late', 'return-cost', angrerettloven('§ 23'), angrerettloven('§ 25')),
  collects: because('seller-collects', 'return-cost', angrerettloven('§ 24'), angrerettloven('§ 25')),
  uncollected: because('uncollected-goods-kept', angrerettloven('§ 24 femte ledd')),
  costAgreed: because('seller-agreed-to-pay', 'return-cost', angrerettloven('§ 25')),
  costUndisclosed: because(
    'return-cost-not-disclosed',
    'return-cost',
    angrerettloven('§ 8 første ledd bokstav i'),
    angrerettloven('§ 9'),
    angrerettloven('§ 25'),
  ),
  costDisclosed: because('return-cost-disclosed', 'return-cost', angrerettloven('§ 25')),
  noFee: because('no-fee-for-withdrawing', 'return-cost', angrerettloven('§ 3'), angrerettloven('§ 24')),
})
type Edition = Under<typeof reasonsOf>

/** The last day to hand the goods to a carrier after a notice of withdrawal; arrival does not matter. */
const sendBackBy = (
  edition: Edition,
  noticeAt: Temporal.Instant,
  country?: Country,
): { lastDay: Temporal.PlainDate; reasons: Reason[] } => ({
  lastDay: sendBackLastDay(osloDay(noticeAt), country),
  reasons: [edition.why.sendBack],
})

/**
 * Whether goods were sent back in time. If not, the consumer is in breach, and the refund waits for the goods, but the
 * withdrawal stands.
 */
function sentBack(
  edition: Edition,
  {
    noticeAt,
    sentAt,
    country,
  }: {
    noticeAt: Temporal.Instant
    sentAt: Temporal.Instant
    country?: Country
  },
) {
  const { lastDay, reasons } = sendBackBy(edition, noticeAt, country)
  const inTime = !isAfter(osloDay(sentAt), lastDay)
  return { lastDay, inTime, withdrawalStands: true, reasons: inTime ? reasons : [edition.why.sentLate] }
}

/**
 * What follows where the seller offers to collect the goods: the consumer need not send them and pays nothing for their way, and keeps
 * them free of charge once `lastDay` is over and nobody has collected them. Source: angrerettloven §§ 24 and 25.
 */
const collection = (
  edition: Edition,
  { noticeAt }: { noticeAt: Temporal.Instant },
): { lastDay: Temporal.PlainDate; bearer: 'seller'; reasons: Reason[] } => ({
  lastDay: collectionLastDay(osloDay(noticeAt)),
  bearer: 'seller',
  reasons: [edition.why.collects, edition.why.uncollected],
})

/** A fee for withdrawing, restocking or refunding is never owed. Source: angrerettloven §§ 3 and 24. */
const withdrawalFee = (edition: Edition, fee: number): { owed: 0; allowed: boolean; reasons: Reason[] } => ({
  owed: 0,
  allowed: fee <= 0,
  reasons: [edition.why.noFee],
})

export type ReturnCost = {
  /** Whether the consumer was told before the purchase that the way back is theirs to pay. */
  disclosed: boolean
  sellerAgreedToBear?: boolean
  /** A wrong or defective product: not a withdrawal's cost at all. */
  notAsAgreed?: boolean
  /** It cannot normally be returned by post; then the amount itself must have been told. */
  bulky?: boolean
  amountDisclosed?: boolean
}

/** Who pays for the way back. "Normally" means what the law says it does: the consumer pays only when told beforehand. */
function returnCost(
  edition: Edition,
  facts: ReturnCost,
): {
  bearer: 'seller' | 'customer'
  reasons: Reason[]
  termsUndercut: boolean
} {
  const { disclosed, sellerAgreedToBear = false, notAsAgreed = false, bulky = false, amountDisclosed = false } = facts
  if (notAsAgreed) return { bearer: 'seller', reasons: [edition.why.defective], termsUndercut: true }
  if (sellerAgreedToBear) return { bearer: 'seller', reasons: [edition.why.costAgreed], termsUndercut: false }
  if (!disclosed || (bulky && !amountDisclosed))
    return { bearer: 'seller', reasons: [edition.why.costUndisclosed], termsUndercut: true }
  return { bearer: 'customer', reasons: [edition.why.costDisclosed], termsUndercut: false }
}

export const sendingBackRules = rulesOf(reasonsOf, { sendBackBy, sentBack, collection, withdrawalFee, returnCost })
