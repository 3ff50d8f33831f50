import type { PayoutEvent, PayoutProposed } from '@vilkar/contracts/returns-payout.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { answerBy, decided } from './parts.ts'
import type { CommandData, Payout } from './state.ts'

/** A second person has two days. */
const APPROVED_WITHIN_DAYS = 2

/**
 * Staff gives money beyond duty. What was given for the order before counts, so that nobody gives in parts what they may not give
 * at once. Said again alike it is the one that there is.
 */
export function proposeGoodwill(data: CommandData<'ProposeGoodwill'>, state: Payout): Decision<PayoutEvent> {
  const { payoutId, at, facts, caseId, amount, limits, by, why } = data
  const { orderId, currency, terms } = facts
  if (state.status !== 'new') {
    const before = state.proposed
    const same = before.orderId === orderId && before.amount === amount && before.kind === 'goodwill'
    return same ? accept() : refuse({ code: 'payout-recorded', detail: 'Something else was recorded under this id.' })
  }
  const all = limits.given + amount
  if (all > limits.together)
    return refuse({
      code: 'concession-limit',
      detail: `${all} ${currency} in all (minor units) is more than two persons may give for an order (${limits.together}).`,
    })
  const { reasons } = termsOf(terms.edition).beyondDuty()
  const needs = all > limits.alone ? ('second-person' as const) : undefined
  const what = { payoutId, orderId, kind: 'goodwill' as const, ...(caseId && { caseId }), amount, currency }
  const waits = needs && { needs, answerBy: answerBy(at, APPROVED_WITHIN_DAYS) }
  const proposed: PayoutProposed = {
    type: 'PayoutProposed',
    data: { ...what, ...waits, proposedAt: at, reasons, personal: { by, why } },
  }
  return needs ? accept<PayoutEvent>(proposed) : accept<PayoutEvent>(proposed, decided(proposed.data, at, { by, why }))
}
