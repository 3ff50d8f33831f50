import type { InterestOn } from '@vilkar/contracts/payout-parts.ts'
import type { PayoutClosed, PayoutDecided, PayoutDeclined, PayoutProposed } from '@vilkar/contracts/returns-payout.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'

/** The facts of a payout. Money in minor units of the order's currency. `by`: who proposed it; left out, the rule. */
export type OpenPayout = {
  status: 'proposed' | 'owed' | 'paid' | 'declined'
  proposed: Omit<PayoutProposed['data'], 'personal'>
  by?: string
  decided?: Pick<PayoutDecided['data'], 'amount' | 'decidedAt' | 'dueOn' | 'reasons'>
  declined?: Pick<PayoutDeclined['data'], 'outcome' | 'declinedAt'>
  paid?: Pick<PayoutClosed['data'], 'amount' | 'paidAt'>
}
export type Payout = { status: 'new' } | OpenPayout

/** What may be given by one person, and by two, and what was given for the order before, in minor units. */
export type Limits = { alone: number; together: number; given: number }

type Command<Type extends string, Data> = { type: Type; data: { payoutId: string; at: string } & Data }
export type PayoutCommand =
  | Command<
      'ProposeGoodwill',
      { facts: OrderFacts; caseId?: string; amount: number; limits: Limits; by: string; why: string }
    >
  /** A refund was paid after its last day. */
  | Command<'OfferInterest', { facts: OrderFacts; caseId: string; late: Omit<InterestOn, 'days'>; alone: number }>
  /** A person looked the rate up. */
  | Command<'SetInterest', { edition: string; amount: number; by: string; why: string }>
  | Command<'SettlePayout', { verdict: 'approved' | 'declined'; by: string; why?: string }>
  /** Orders says that it was paid. */
  | Command<'ClosePayout', { amount: number; paidAt: string }>
export type CommandData<Type extends PayoutCommand['type']> = Extract<PayoutCommand, { type: Type }>['data']
