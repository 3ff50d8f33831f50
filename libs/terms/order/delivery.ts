import type { Reason } from '../ruling/ruling.ts'
import { madeToOrderAmong } from '../statute/kjopsloven.ts'
import { type Entitlement, instantOf, isoOf } from './entitlement.ts'
import type { OrderFacts } from './facts.ts'
import type { EntitlementQuery } from './line-entitlements.ts'
import { lastOf } from './lines.ts'

/**
 * The days of the estimate and the last on which delivery is not late, whether it is, and what the customer may do about it. A
 * business that agreed on no day has no `latest` but a reasonable time, of which the end of the estimate is the least (kjøpsloven § 9).
 */
export type DeliveryEntitlement = {
  from: string
  to: string
  latest: string
  late: Entitlement['outcome']
  remedies: string[]
  reasons: Reason[]
}

/** `late` is refused once every unit that can still go back has arrived in time. Undefined until there is an agreement. */
export function deliveryOf({
  facts,
  terms,
  agreed: { deliverBy },
  lines,
  at,
}: EntitlementQuery): DeliveryEntitlement | undefined {
  const { customerKind, additionalPeriod } = facts
  const confirmedAt = instantOf(facts.formedAt)
  if (confirmedAt === undefined) return undefined
  const { from, to, latest, reasons: estimated } = terms.deliveryEstimate({ customerKind, confirmedAt })
  const day = deliverBy?.value ?? facts.deliverBy
  const agreedOn = day === undefined ? undefined : Temporal.PlainDate.from(day)
  const reasons = deliverBy ? [...estimated, deliverBy.reason] : estimated
  const wanted = lines.filter(({ returnable }) => returnable > 0)
  const awaited = wanted.filter(({ receivedAt }) => receivedAt === undefined)
  const receivedAt = lastOf(lines, 'receivedAt')
  const delay = terms.delay({
    ...{ customerKind, confirmedAt, at, agreedOn },
    // Of what has all gone back there is nothing left to cancel.
    ...(wanted.length > 0 && extraTimeOf(additionalPeriod)),
    deliveredAt: awaited.length > 0 ? undefined : receivedAt,
    madeToOrder: madeToOrderAmong(awaited.length > 0 ? awaited : wanted),
  })
  const dates = { from: isoOf(from), to: isoOf(to), latest: isoOf(agreedOn ?? latest ?? to) }
  if (awaited.length === 0 && receivedAt === undefined) return { ...dates, late: 'refused', remedies: [], reasons }
  return { ...dates, late: delay.late, remedies: [...delay.remedies], reasons: [...reasons, ...delay.reasons] }
}

/** Extra time as the rules ask for it. */
const extraTimeOf = (period: OrderFacts['additionalPeriod']) =>
  period && { extraTimeUntil: Temporal.PlainDate.from(period.until), extraTimeSetAt: instantOf(period.setAt) }
