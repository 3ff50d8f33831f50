import { type Country, isAfter, osloDay } from '../../../calendar.ts'
import { citing } from '../../../ruling/citing.ts'
import type { Reason } from '../../../ruling/ruling.ts'
import { angrerettloven, sendBackLastDay } from '../../../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { text } from './08-withdrawal.ts'
import { EDITION } from './parameters.ts'

const because = citing(EDITION, text)

const why = {
  defective: because('not-as-agreed', '8.4', forbrukerkjopsloven('§ 29')),
  sendBack: because('send-back', '8.4', angrerettloven('§ 25')),
  sentLate: because('sent-back-late', '8.4', angrerettloven('§ 23'), angrerettloven('§ 25')),
  costAgreed: because('seller-agreed-to-pay', '8.4', angrerettloven('§ 25')),
  costUndisclosed: because(
    'return-cost-not-disclosed',
    '8.4',
    angrerettloven('§ 8 første ledd bokstav i'),
    angrerettloven('§ 9'),
    angrerettloven('§ 25'),
  ),
  costDisclosed: because('return-cost-disclosed', '8.4', angrerettloven('§ 25')),
  noFee: because('no-fee-for-withdrawing', '8.4', angrerettloven('§ 3'), angrerettloven('§ 24')),
}

/** The last day to hand the goods to a carrier after a notice of withdrawal; arrival does not matter. */
export const sendBackBy = (
  noticeAt: Temporal.Instant,
  country?: Country,
): { lastDay: Temporal.PlainDate; reasons: Reason[] } => ({
  lastDay: sendBackLastDay(osloDay(noticeAt), country),
  reasons: [why.sendBack],
})

/**
 * Whether goods were sent back in time. If not, the consumer is in breach, and the refund waits for the goods, but the
 * withdrawal stands.
 */
export function sentBack({
  noticeAt,
  sentAt,
  country,
}: {
  noticeAt: Temporal.Instant
  sentAt: Temporal.Instant
  country?: Country
}) {
  const { lastDay, reasons } = sendBackBy(noticeAt, country)
  const inTime = !isAfter(osloDay(sentAt), lastDay)
  return { lastDay, inTime, withdrawalStands: true, reasons: inTime ? reasons : [why.sentLate] }
}

/** A fee for withdrawing, restocking or refunding is never owed. Source: angrerettloven §§ 3 and 24. */
export const withdrawalFee = (fee: number): { owed: 0; allowed: boolean; reasons: Reason[] } => ({
  owed: 0,
  allowed: fee <= 0,
  reasons: [why.noFee],
})

export type ReturnCost = {
  /** Whether the consumer was told before the purchase that the way back is his to pay. */
  disclosed: boolean
  sellerAgreedToBear?: boolean
  /** A wrong or defective product: not a withdrawal's cost at all. */
  notAsAgreed?: boolean
  /** Too bulky for ordinary post; then the amount itself must have been told. */
  bulky?: boolean
  amountDisclosed?: boolean
}

/** Clause 8.4, as code. "Normally" means what the law says it does: the consumer pays only when told beforehand. */
export function returnCost(facts: ReturnCost): {
  bearer: 'seller' | 'customer'
  reasons: Reason[]
  termsUndercut: boolean
} {
  const { disclosed, sellerAgreedToBear = false, notAsAgreed = false, bulky = false, amountDisclosed = false } = facts
  if (notAsAgreed) return { bearer: 'seller', reasons: [why.defective], termsUndercut: true }
  if (sellerAgreedToBear) return { bearer: 'seller', reasons: [why.costAgreed], termsUndercut: false }
  if (!disclosed || (bulky && !amountDisclosed))
    return { bearer: 'seller', reasons: [why.costUndisclosed], termsUndercut: true }
  return { bearer: 'customer', reasons: [why.costDisclosed], termsUndercut: false }
}
