import { isAfter, lastDayOf, osloDay } from '../calendar.ts'
import { granted, type Ruling, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { forbrukerkjopsloven, LONG_LIVED_YEARS, ORDINARY_YEARS } from '../statute/forbrukerkjopsloven.ts'
import { carrierNoticeLastDay, vegfraktloven } from '../statute/vegfraktloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 3 and 27; vegfraktloven § 40. */
const reasonsOf = (because: Because) => ({
  reported: because('damage-reported', 'transport-damage', forbrukerkjopsloven('§ 3'), forbrukerkjopsloven('§ 27')),
  afterLimits: because('damage-after-complaint-limits', 'transport-damage', forbrukerkjopsloven('§ 27')),
  businessReported: because('damage-reported', 'transport-damage', vegfraktloven('§ 40')),
  businessLate: because('damage-reported-late', 'transport-damage', vegfraktloven('§ 40')),
})
type Edition = Under<typeof reasonsOf>

export type TransportDamage = {
  customerKind: CustomerKind
  receivedAt: Temporal.Instant
  reportedAt: Temporal.Instant
  /** Meant to last considerably longer than two years; left out when nobody has judged it. */
  longLived?: boolean
}

/**
 * Damage in transit. "Without undue delay" costs a consumer nothing, since the time to complain that the law gives
 * cannot be cut short: they are never late, and past the limit of ordinary goods a person looks, unless these are known to be
 * meant to last longer; past that limit always. The terms give a business customer no figure; a report that came too late to be passed on to a carrier abroad is late, and goes to a person.
 */
function transportDamage(
  edition: Edition,
  { customerKind, receivedAt, reportedAt, longLived = false }: TransportDamage,
): Ruling & { late: boolean } {
  const receivedOn = osloDay(receivedAt)
  const reportedOn = osloDay(reportedAt)
  if (customerKind === 'consumer') {
    const years = longLived ? LONG_LIVED_YEARS : ORDINARY_YEARS
    const overdue = isAfter(reportedOn, lastDayOf(receivedOn, { years }))
    const ruling = overdue ? review(edition.why.afterLimits) : granted(edition.why.reported)
    return { ...ruling, basis: 'statute', termsUndercut: true, late: false }
  }
  const late = isAfter(reportedOn, carrierNoticeLastDay(receivedOn))
  return {
    ...(late ? review(edition.why.businessLate) : granted(edition.why.businessReported)),
    basis: 'terms',
    late,
  }
}

export const transportDamageRules = rulesOf(reasonsOf, { transportDamage })
