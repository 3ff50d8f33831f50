import { type ByMeans, type Charge, refundOrRelease, splitBack } from '../amounts/money-back.ts'
import type { Reason } from '../ruling/ruling.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

const reasonsOf = (because: Because) => ({
  sameMeans: because('same-means-of-payment', 'refund-period', angrerettloven('§ 24 annet ledd')),
  agreedCredit: because('store-credit-expressly-agreed', 'refund-period', angrerettloven('§ 24 annet ledd')),
  creditNotAgreed: because(
    'store-credit-not-agreed',
    'refund-period',
    angrerettloven('§ 3'),
    angrerettloven('§ 24 annet ledd'),
  ),
  noFee: because('no-refund-fee', 'refund-period', angrerettloven('§ 3'), angrerettloven('§ 24 annet ledd')),
  released: because('authorisation-released', 'refund-period', angrerettloven('§ 23'), angrerettloven('§ 24')),
})
type Edition = Under<typeof reasonsOf>

/** What is to be given back and how the order was paid, in the smallest unit of the currency. */
export type Settlement = Charge & {
  paidBy?: ByMeans
  paidBackBy?: ByMeans
  /** How the seller means to pay back. */
  method?: 'original' | 'store-credit'
  /** Whether the consumer expressly agreed to another means than they paid with. */
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
 * How the money goes back. By the means that it came, a gift card's part to the gift card, unless the
 * consumer expressly agreed to store credit; without a fee; and what was never captured is released.
 */
function settlement(edition: Edition, facts: Settlement): SettlementRuling {
  const { method: asked = 'original', expressConsent = false, fee = 0, paidBy, paidBackBy } = facts
  const { refund, release } = refundOrRelease(facts)
  const method = asked === 'store-credit' && expressConsent ? 'store-credit' : 'original'
  const violations: Reason[] = []
  if (method !== asked) violations.push(edition.why.creditNotAgreed)
  if (fee > 0) violations.push(edition.why.noFee)
  const reasons = [method === 'original' ? edition.why.sameMeans : edition.why.agreedCredit, ...violations]
  if (release > 0) reasons.push(edition.why.released)
  const split = paidBy && method === 'original' ? splitBack(refund, paidBy, paidBackBy) : undefined
  return { refund, release, method, ...(split && { split }), violations, reasons }
}

export const settlementRules = rulesOf(reasonsOf, { settlement })
