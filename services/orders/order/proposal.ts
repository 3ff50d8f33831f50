import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type {
  CancellationProposalEnded,
  CancellationProposed,
  CancellationReason,
} from '@vilkar/contracts/orders-cancellation.ts'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { DataOf, Mistake, PlacedOrder } from './state.ts'

/** The end of a contract that one person has proposed and another decides on. */
export type Proposal = {
  requestId: string
  reason: CancellationReason
  /** So many units of a line in all; the whole order without it. */
  line?: LinePart
  proposedAt: string
  mistake: Mistake
  /** `overtaken`: the order ended, or all of it left, before anybody had decided. */
  ended?: { outcome: 'approved' | 'declined' | 'withdrawn' | 'overtaken'; at: string; by?: string; subject?: string }
}

/**
 * The seller ends a contract for an obvious mistake: one person proposes it and says why the customer must have seen the
 * mistake, and another approves (avtaleloven § 32).
 */

/** What nobody has decided on yet: one at most. */
export const pendingProposal = ({ proposals = [] }: PlacedOrder) => proposals.find(({ ended }) => ended === undefined)

export function propose(
  { orderId, at, requestId, reason, mistake }: DataOf<'CancelOrder'>,
  line: LinePart | undefined,
  reasons: Reason[],
  state: PlacedOrder,
): Decision<OrderEvent> {
  const pending = pendingProposal(state)
  if (pending) {
    const same = pending.reason === reason && sameLine(pending.line, line)
    if (same) return accept()
    const detail = `Another cancellation, proposed at ${pending.proposedAt}, waits for a second person. Have that one approved or declined first.`
    return refuse({ code: 'proposal-waits', detail })
  }
  const data = { orderId, requestId, reason, ...(line && { line }), proposedAt: at, reasons, personal: mistake! }
  return accept({ type: 'CancellationProposed', data } satisfies CancellationProposed)
}

const sameLine = (one?: LinePart, other?: LinePart) =>
  one?.lineId === other?.lineId && one?.quantity === other?.quantity

/**
 * A person decides on a proposal. Who approves is another than who found the mistake obvious; whoever declines need not be.
 * `carryOut` decides anew, by what has left and what stands at this moment.
 */
export function settleProposal(
  { orderId, at, requestId, verdict, by, subject, why }: DataOf<'SettleProposal'>,
  state: PlacedOrder,
  carryOut: (proposal: Proposal) => Decision<OrderEvent>,
): Decision<OrderEvent> {
  const proposal = state.proposals?.find((each) => each.requestId === requestId)
  if (proposal === undefined)
    return refuse({ code: 'request-unknown', detail: `Nobody proposed a cancellation by request ${requestId}.` })
  const { ended, mistake } = proposal
  if (ended && (ended.outcome === 'approved') === (verdict === 'approved') && ended.outcome !== 'overtaken')
    return accept()
  if (ended) return refuse({ code: 'proposal-settled', detail: `It was ${ended.outcome} at ${ended.at}.` })
  const end = (outcome: CancellationProposalEnded['data']['outcome']): CancellationProposalEnded => ({
    type: 'CancellationProposalEnded',
    data: { orderId, requestId, outcome, endedAt: at, personal: { by, subject, ...(why && { why }) } },
  })
  if (verdict === 'declined') return accept(end(subject === mistake.subject ? 'withdrawn' : 'declined'))
  if (subject === mistake.subject || sameName(by, mistake.by)) {
    const detail = 'Who found the mistake obvious cannot approve it. Somebody else has to look.'
    return refuse({ code: 'second-person-needed', detail })
  }
  const carried = carryOut(proposal)
  return carried.refusal ? carried : accept<OrderEvent>(end('approved'), ...carried.events)
}

const sameName = (one: string, other: string) =>
  one.trim().localeCompare(other.trim(), 'nb', { sensitivity: 'accent' }) === 0

/** The proposals after one of them has ended; without an id, after what nobody had decided on was overtaken. */
export const withEnded = ({ proposals }: PlacedOrder, ended: Proposal['ended'], requestId?: string) =>
  proposals?.map((each) =>
    each.ended === undefined && (requestId ?? each.requestId) === each.requestId ? { ...each, ended } : each,
  )

/** The proposals with one more. */
export const withProposed = (
  { proposals = [] }: PlacedOrder,
  { requestId, reason, line, proposedAt, personal: mistake }: CancellationProposed['data'],
): Proposal[] => [...proposals, { requestId, reason, ...(line && { line }), proposedAt, mistake }]
