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
  /** What was said of the sending and by when it is believed; left out of what an earlier release was told. */
  proof?: { shownAt: string; paysFrom?: string; verdict?: 'confirmed' | 'carrier-scanned' }
  /** Proof was rejected: from now on a customer's word pays only once it is judged. */
  proofRejected?: true
  receivedAt?: string
  /** Units that the warehouse found fit to be sold again. */
  fitForSale?: LinePart[]
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  /** What was decided later for the delivery alone, since the rest of the order was cancelled. */
  deliveryRefund?: Pick<RefundDecided['data'], 'deliveryRefundId' | 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'outcome' | 'amount' | 'closedAt'>
}
export type Return = { status: 'new' } | DeclaredReturn

/** Whether nobody knows yet which of its units had left: then nothing can be paid back for them. */
export const awaitsUnits = ({ declared, known }: DeclaredReturn) =>
  known === undefined && declared.lines.some(({ unsent = 0 }) => unsent > 0)

/** The units that come back. */
export const comingBack = ({ declared, known }: DeclaredReturn): LinePart[] =>
  known?.left ?? declared.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))

/** What a return waits for: orders for the units and for the money, staff or a carrier for the verdict. */
export type Awaiting = 'units' | 'verdict' | 'payment'

/** Whose answer a return waits for, and since when. A proof that will be believed in time needs none. */
export function awaited(state: DeclaredReturn): { awaits: Awaiting; since: string } | undefined {
  const { declared, refund, closed, proof } = state
  if (closed) return undefined
  if (refund) return { awaits: 'payment', since: refund.decidedAt }
  if (awaitsUnits(state)) return { awaits: 'units', since: declared.declaredAt }
  const unjudged = proof && proof.verdict === undefined && proof.paysFrom === undefined
  return unjudged ? { awaits: 'verdict', since: proof.shownAt } : undefined
}

/** When the refund is to be decided by the customer's word, if nothing decides it before. */
export const believedFrom = (state: DeclaredReturn) =>
  state.refund || state.closed || awaitsUnits(state) ? undefined : state.proof?.paysFrom

/** A line that is named twice counts once, with its quantities added up. */
export function mergeLines(lines: LinePart[]): LinePart[] {
  const quantities = new Map<string, number>()
  for (const { lineId, quantity } of lines) quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity)
  return [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }))
}
