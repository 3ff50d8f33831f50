import { type ByMeans, type Charge, refundOrRelease, splitBack } from '../../../amounts/money-back.ts'
import { citing } from '../../../ruling/citing.ts'
import type { Reason } from '../../../ruling/ruling.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { text } from './08-withdrawal.ts'
import { EDITION } from './parameters.ts'

const because = citing(EDITION, text)

const why = {
  sameMeans: because('same-means-of-payment', '8.5', angrerettloven('§ 24 annet ledd')),
  agreedCredit: because('store-credit-expressly-agreed', '8.5', angrerettloven('§ 24 annet ledd')),
  creditNotAgreed: because('store-credit-not-agreed', '8.5', angrerettloven('§ 3'), angrerettloven('§ 24 annet ledd')),
  noFee: because('no-refund-fee', '8.5', angrerettloven('§ 3'), angrerettloven('§ 24 annet ledd')),
  released: because('authorisation-released', '8.5', angrerettloven('§ 23'), angrerettloven('§ 24')),
}

/** What is to be given back and how the order was paid, in the smallest unit of the currency. */
export type Settlement = Charge & {
  paidBy?: ByMeans
  paidBackBy?: ByMeans
  /** How the seller means to pay back. */
  method?: 'original' | 'store-credit'
  /** Whether the consumer expressly agreed to another means than he paid with. */
  expressConsent?: boolean
  /** What the seller means to keep for the trouble of paying back. */
  fee?: number
}

export type SettlementRuling = {
  /** Paid back, whatever fee or means the seller had in mind. */
  refund: number
  /** Let go of an authorisation that was not captured. */
  release: number
  method: 'original' | 'store-credit'
  /** By means of payment; left out when nobody said how the order was paid, or when it becomes store credit. */
  split?: Record<string, number>
  /** What the seller meant to do and may not. */
  violations: Reason[]
  reasons: Reason[]
}

/**
 * Clause 8.5, as code: how the money goes back. By the means that it came, a gift card's part to the gift card, unless the
 * consumer expressly agreed to store credit; without a fee; and what was never captured is released.
 */
export function settlement(facts: Settlement): SettlementRuling {
  const { method: asked = 'original', expressConsent = false, fee = 0, paidBy, paidBackBy } = facts
  const { refund, release } = refundOrRelease(facts)
  const method = asked === 'store-credit' && expressConsent ? 'store-credit' : 'original'
  const violations: Reason[] = []
  if (method !== asked) violations.push(why.creditNotAgreed)
  if (fee > 0) violations.push(why.noFee)
  const reasons = [method === 'original' ? why.sameMeans : why.agreedCredit, ...violations]
  if (release > 0) reasons.push(why.released)
  const split = paidBy && method === 'original' ? splitBack(refund, paidBy, paidBackBy) : undefined
  return { refund, release, method, ...(split && { split }), violations, reasons }
}
