import type { DeliveryPromise } from '@vilkar/contracts/parts.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { CustomerKind } from '@vilkar/terms/ruling/vocabulary.ts'

/** Who is promised delivery; `deliverBy` is the last day that was agreed at checkout, ISO 8601. */
export type Promisee = { customerKind: CustomerKind; deliverBy?: string }

/** The day that was agreed, as the rules ask for it. */
export const agreedOn = ({ deliverBy }: Pick<Promisee, 'deliverBy'>) =>
  deliverBy === undefined ? {} : { agreedOn: Temporal.PlainDate.from(deliverBy) }

/**
 * When goods are expected, and the last day on which they are not late, of a contract that is formed at a moment: the estimate of the terms
 * in business days of Norway (clause 7.1), and the day that was agreed or, for consumers, the law's (forbrukerkjøpsloven § 6). A
 * business that agreed on no day is owed delivery within a reasonable time, which a person judges (kjøpsloven § 9). The customer is told
 * of it before the contract (angrerettloven § 8).
 */
export function promiseOf(terms: Terms, to: Promisee, confirmedAt: Temporal.Instant): DeliveryPromise {
  const estimate = terms.deliveryEstimate({ customerKind: to.customerKind, confirmedAt })
  const { lastDay, reasons } = terms.delay({
    ...{ customerKind: to.customerKind, confirmedAt, at: confirmedAt },
    ...agreedOn(to),
  })
  const isOwed = to.customerKind === 'consumer' || to.deliverBy !== undefined
  return {
    from: estimate.from.toString(),
    to: estimate.to.toString(),
    ...(isOwed && { lastDay: lastDay.toString() }),
    agreed: to.deliverBy !== undefined,
    reasons: [...estimate.reasons, ...reasons],
  }
}
