import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency, Reasons } from '@vilkar/contracts/parts.ts'
import { InterestOn, PayoutKind, RateUnknown } from '@vilkar/contracts/payout-parts.ts'
import { type Static, Type } from 'typebox'
import type { StoredPayout } from '../store.ts'

/** A payout as callers see it; who proposed and settled it, and why, is for staff. */
export const ProposedPayoutView = Type.Object(
  {
    id: Id,
    orderId: Id,
    kind: PayoutKind,
    caseId: Type.Optional(Id),
    status: Type.Union(
      [Type.Literal('proposed'), Type.Literal('owed'), Type.Literal('paid'), Type.Literal('declined')],
      { description: 'owed: decided, and not known to be paid.' },
    ),
    needs: Type.Optional(Type.Union([Type.Literal('second-person'), Type.Literal('rate')])),
    answerBy: Type.Optional(Type.String({ description: 'By which day whoever it waits for answers.' })),
    amount: Amount,
    currency: Currency,
    interest: Type.Optional(InterestOn),
    rateUnknown: Type.Optional(RateUnknown),
    proposedAt: Instant,
    dueOn: Type.Optional(Type.String({ description: 'Last day to pay it.' })),
    paidAt: Type.Optional(Type.String()),
    reasons: Reasons,
    proposedBy: Type.Optional(Type.String()),
    why: Type.Optional(Type.String()),
    settledBy: Type.Optional(Type.String()),
    settledWhy: Type.Optional(Type.String()),
  },
  { title: 'ProposedPayout' },
)

export function viewOf({ id, state, personal }: StoredPayout, staff: boolean): Static<typeof ProposedPayoutView> {
  const { status, proposed, decided, paid } = state
  const { orderId, kind, caseId, needs, answerBy, currency, interest, rateUnknown, proposedAt } = proposed
  const { by: proposedBy, ...rest } = personal
  return {
    ...{ id, orderId, kind, caseId, status, currency, interest, proposedAt },
    ...(status === 'proposed' && { needs, answerBy, rateUnknown }),
    ...{ amount: decided?.amount ?? proposed.amount, reasons: decided?.reasons ?? proposed.reasons },
    ...{ dueOn: decided?.dueOn, paidAt: paid?.paidAt },
    ...(staff && { proposedBy, ...rest }),
  }
}
