import type { WithdrawalEvent } from '@vilkar/contracts/returns.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { apportion } from '@vilkar/terms/amounts/apportion.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { CommandData } from './commands.ts'
import type { DeclaredReturn } from './state.ts'

/** What was deducted from a refund and is not paid back yet, in minor units. */
export function deductedLeft({ refund, restored = [] }: DeclaredReturn): number {
  const deducted = (refund?.deductions ?? []).reduce((sum, { amount }) => sum + amount, 0)
  return restored.reduce((left, { amount }) => left - amount, deducted)
}

/** What was deducted is paid back after all, of each line in proportion to what was deducted for it; never more than that in all. */
export function restoreDeduction(
  { returnId, at, overrideId, amount, reasons }: CommandData<'RestoreDeduction'>,
  state: DeclaredReturn,
): Decision<WithdrawalEvent> {
  if (state.restored?.some((each) => each.overrideId === overrideId)) return accept()
  const left = deductedLeft(state)
  if (amount > left)
    return refuse({
      code: 'nothing-to-override',
      detail: `Of what was deducted ${left} is not paid back (minor units), not ${amount}.`,
    })
  const { orderId, currency, terms } = state.declared
  const { dueOn } = termsOf(terms.edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(at),
    neverShipped: true,
  })
  const deductions = state.refund!.deductions!
  const parts = apportion(
    amount,
    deductions.map((each) => each.amount),
  )
  const lines = deductions
    .map(({ lineId, quantity }, n) => ({ lineId, quantity, amount: parts[n]! }))
    .filter((line) => line.amount > 0)
  const data = { returnId, orderId, overrideId, amount, deliveryAmount: 0, currency, lines }
  return accept({ type: 'RefundDecided', data: { ...data, decidedAt: at, dueOn: dueOn!.toString(), reasons } })
}
