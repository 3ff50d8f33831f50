import type { LinePart, TermsPin } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'

/** The facts of a return. Money in minor units of the order's currency. */
export type DeclaredReturn = {
  status: 'declared' | 'sent' | 'refund-decided' | 'closed'
  /** `terms` is the edition that the order was placed under: the return is judged by it to the end. */
  declared: Omit<WithdrawalDeclared['data'], 'personal' | 'terms'> & { terms: TermsPin }
  /** Which units never left and which come back, once orders has said so. */
  known?: { stopped: LinePart[]; left: LinePart[] }
  sentAt?: string
  receivedAt?: string
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'outcome' | 'amount' | 'closedAt'>
}
export type Return = { status: 'new' } | DeclaredReturn

/** Whether nobody knows yet which of its units had left: then nothing can be paid back for them. */
export const awaitsUnits = ({ declared, known }: DeclaredReturn) =>
  known === undefined && declared.lines.some(({ unsent = 0 }) => unsent > 0)

/** The units that come back. */
export const comingBack = ({ declared, known }: DeclaredReturn): LinePart[] =>
  known?.left ?? declared.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
