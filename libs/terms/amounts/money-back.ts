import { apportion } from './apportion.ts'

/** Amounts in the smallest unit of the currency by means of payment, such as `card` and `giftcard`. */
export type ByMeans = Readonly<Record<string, number>>

/**
 * An amount paid back the way it was paid: over all the means used, in proportion to what each of them still has to get
 * back, so that none ever gets more than it paid. Throws when the amount is more than they paid together.
 * Source: angrerettloven § 24, the same means of payment.
 */
export function splitBack(amount: number, paidBy: ByMeans, paidBackBy: ByMeans = {}): Record<string, number> {
  const means = Object.keys(paidBy)
  const open = means.map((mean) => paidBy[mean]! - (paidBackBy[mean] ?? 0))
  const most = open.reduce((sum, each) => sum + each, 0)
  if (amount > most) throw new RangeError(`${amount} is more than the ${most} still to be paid back`)
  const parts = apportion(amount, open)
  return Object.fromEntries(means.map((mean, at) => [mean, parts[at]!]))
}

/** What a purchase was charged and what of it has been taken, in the smallest unit of the currency. */
export type Charge = {
  /** What the withdrawal or return gives back. */
  amount: number
  /** The whole of the order: goods, delivery and what was bought with them. */
  charged: number
  /** What has been captured; the rest is only authorised. */
  captured: number
  /** What was paid back before. */
  alreadyRefunded?: number
  /** Whether nothing of the order stays with the customer. */
  emptiesOrder?: boolean
}

/**
 * How much of an amount is paid back and how much of an authorisation is let go, since only what was taken can be returned.
 * What has been taken covers first what the customer still owes. If all is undone before anything was taken then nothing was
 * shipped, and nothing is owed, not even for a dearer delivery.
 */
export function refundOrRelease({ amount, charged, captured, alreadyRefunded = 0, emptiesOrder = false }: Charge) {
  const untouched = emptiesOrder && captured === 0
  const owed = untouched ? 0 : Math.max(0, charged - alreadyRefunded - amount)
  const refund = Math.min(amount, Math.max(0, captured - alreadyRefunded - owed))
  const release = Math.max(0, charged - captured - Math.max(0, owed - Math.max(0, captured - alreadyRefunded)))
  return { refund, release }
}
