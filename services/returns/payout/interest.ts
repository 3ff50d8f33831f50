import { createHash } from 'node:crypto'
import type { PayoutEvent, PayoutProposed } from '@vilkar/contracts/returns-payout.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { answerBy, decided } from './parts.ts'
import type { CommandData, OpenPayout } from './state.ts'

/** Whoever looks a rate up, or approves what is more than the rule pays by itself, has a week. */
const ANSWERED_WITHIN_DAYS = 7

/** The id of the interest on the late refund of a case: the same case always gives the same, a UUID of version 8. */
export function payoutIdOfInterest(caseId: string): string {
  const hex = createHash('sha256').update(`late interest ${caseId}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/**
 * A refund was late: what the law adds is owed without being asked for (forsinkelsesrenteloven § 2). Where the rates are known it is
 * decided by the rule; where one is not, somebody looks it up; and what is more than one person may give waits for a second.
 */
export function offerInterest(data: CommandData<'OfferInterest'>): Decision<PayoutEvent> {
  const { payoutId, at, facts, caseId, late, alone } = data
  const { outcome, amount, days, rateUnknown, reasons } = termsOf(facts.terms.edition).lateInterest({
    amount: late.amount,
    dueOn: Temporal.PlainDate.from(late.dueOn),
    paidOn: Temporal.PlainDate.from(late.paidOn),
  })
  if (outcome === 'refused') return accept()
  const needs = outcome === 'review' ? ('rate' as const) : amount > alone ? ('second-person' as const) : undefined
  const { orderId, currency } = facts
  const what = { payoutId, orderId, kind: 'late-interest' as const, caseId, amount, currency }
  const waits = needs && { needs, answerBy: answerBy(at, ANSWERED_WITHIN_DAYS) }
  const proposed: PayoutProposed = {
    type: 'PayoutProposed',
    data: {
      ...{ ...what, ...waits, interest: { ...late, days }, proposedAt: at, reasons, personal: {} },
      ...(rateUnknown && { rateUnknown }),
    },
  }
  return needs ? accept<PayoutEvent>(proposed) : accept<PayoutEvent>(proposed, decided(proposed.data, at, {}))
}

/** Somebody looked the rate up: what it comes to is never less than the least that the law lets it be. */
export function setInterest(
  { at, edition, amount, by, why }: CommandData<'SetInterest'>,
  state: OpenPayout,
): Decision<PayoutEvent> {
  const { interest, needs } = state.proposed
  if (interest === undefined || needs !== 'rate')
    return refuse({ code: 'interest-not-awaited', detail: 'This waits for no rate of interest.' })
  if (state.decided)
    return state.decided.amount === amount
      ? accept()
      : refuse({ code: 'payout-settled', detail: `It was decided to be ${state.decided.amount}.` })
  const { reasons } = termsOf(edition).lateInterest({
    amount: interest.amount,
    dueOn: Temporal.PlainDate.from(interest.dueOn),
    paidOn: Temporal.PlainDate.from(interest.paidOn),
  })
  if (amount < state.proposed.amount || amount > interest.amount)
    return refuse({
      code: 'interest-refused',
      detail: `It is no less than ${state.proposed.amount}, by the least rate that there can be, and no more than what was late (${interest.amount}).`,
      reasons,
    })
  return accept(decided(state.proposed, at, { by, why }, amount))
}
