import type { Composed } from '@vilkar/mail/outgoing.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { composeDamageNoted, type DamageNoted } from '../../order/mails/damage-noted.ts'
import type { StoredOrder } from '../../order/state.ts'
import { quoteFor } from '../an-order.ts'

type Locale = 'nb' | 'en'
type Kind = 'consumer' | 'business'
type Ordered = (locale: Locale, customerKind?: Kind) => StoredOrder

const received = '2026-06-05T10:00:00Z'
/** What shipping rules of a report that was made at a moment of goods that came on the fifth of June. */
function ruled(customerKind: Kind, reportedAt: string) {
  const moment = Temporal.Instant.from(reportedAt)
  const { outcome, late, reasons } = termsOf(quoteFor().terms.edition).transportDamage({
    customerKind,
    receivedAt: Temporal.Instant.from(received),
    reportedAt: moment,
  })
  return { outcome, late, reasons, reportedAt, claimDueOn: '2026-06-13' } as Omit<DamageNoted, 'kind' | 'lines'>
}
const lines = [{ lineId: '1', quantity: 2 }]
const AT_ONCE = '2026-06-08T10:00:00Z'

/** The mails by which what customers report of parcels is acknowledged, by the names of their golden files. */
export const damageNotedMails = (ordered: Ordered): Record<string, (locale: Locale) => Composed> => {
  const of =
    (kind: DamageNoted['kind'], customerKind: Kind, reportedAt = AT_ONCE, more: { isCure?: true } = {}) =>
    (locale: Locale) =>
      composeDamageNoted({ kind, lines, ...ruled(customerKind, reportedAt), ...more }, ordered(locale, customerKind))
  return {
    'damage-noted-lost': of('lost', 'consumer'),
    'damage-noted-lost-of-cure': of('lost', 'consumer', AT_ONCE, { isCure: true }),
    'damage-noted-lost-business': of('lost', 'business'),
    'damage-noted-damaged': of('damaged', 'consumer'),
    'damage-noted-damaged-late': of('damaged', 'consumer', '2026-08-01T10:00:00Z'),
    'damage-noted-damaged-years-later': of('damaged', 'consumer', '2029-08-01T10:00:00Z'),
    'damage-noted-damaged-business-late': of('damaged', 'business', '2026-08-01T10:00:00Z'),
  }
}
