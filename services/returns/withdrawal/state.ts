import type { TermsPin } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'

/** The facts of a return. Money in minor units of the order's currency. */
export type DeclaredReturn = {
  status: 'declared' | 'sent' | 'refund-decided' | 'closed'
  /** `terms` is the edition that the order was placed under: the return is judged by it to the end. */
  declared: Omit<WithdrawalDeclared['data'], 'personal' | 'terms'> & { terms: TermsPin }
  sentAt?: string
  receivedAt?: string
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'outcome' | 'amount' | 'closedAt'>
}
export type Return = { status: 'new' } | DeclaredReturn
