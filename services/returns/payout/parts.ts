import type { PayoutDecided, PayoutProposed } from '@vilkar/contracts/returns-payout.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'

export const UNKNOWN = { code: 'payout-unknown', detail: 'There is no such payout.' }

/** What was promised is paid as fast as a refund is. */
const PAID_WITHIN = { days: 14 }

type Proposed = Omit<PayoutProposed['data'], 'personal'>
/** A payout is owed from here. `amount`: another than was proposed, since the rate of interest was looked up. */
export function decided(
  { payoutId, orderId, kind, currency, interest, reasons, ...proposed }: Proposed,
  at: string,
  personal: PayoutDecided['data']['personal'],
  amount = proposed.amount,
): PayoutDecided {
  const dueOn = osloDay(Temporal.Instant.from(at)).add(PAID_WITHIN).toString()
  const what = { payoutId, orderId, kind, amount, currency, ...(interest && { interest }) }
  return { type: 'PayoutDecided', data: { ...what, decidedAt: at, dueOn, reasons, personal } }
}

/** The day by which whoever a payout waits for has answered. */
export const answerBy = (at: string, days: number) => osloDay(Temporal.Instant.from(at)).add({ days }).toString()
