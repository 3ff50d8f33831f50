import type { Deps } from '../deps.ts'
import type { Statement } from './statement.ts'

/** What a signed link lets its bearer do: see one statement as it was kept. */
export const RECEIPT_LINK = 'receipt'
/** Claims of a purchase lapse by then (foreldelsesloven § 2 and the complaints of five years). */
const CHECKED_FOR = { years: 10 }

/** Where anybody who has a receipt sees that it is genuine. The same for a statement each time it is asked. */
export async function receiptAddress(
  { links, settings }: Pick<Deps, 'links' | 'settings'>,
  { id, receivedAt }: Statement,
) {
  const expiresAt = Temporal.Instant.from(receivedAt).toZonedDateTimeISO('Europe/Oslo').add(CHECKED_FOR).toInstant()
  const token = await links.sign({ purpose: RECEIPT_LINK, subject: id, expiresAt: expiresAt.toString() })
  return `${settings.publicUrl}/receipts/${id}?link=${token}`
}
