import { lastDayOf } from '../calendar.ts'
import { act } from './act.ts'

/** Lov 21 June 2002 no. 34, the Consumer Purchases Act, in our own words. */
export const forbrukerkjopsloven = act('forbrukerkjøpsloven', 'lov/2002-06-21-34', {
  '§ 3': 'Terms that are worse for the consumer than the Act cannot be relied on.',
  '§ 6': 'Unless a time was agreed, the seller delivers without undue delay and within 30 days of the purchase.',
  '§ 14':
    'The risk passes when the consumer, or someone he named other than the carrier, has the goods; or at handover to a carrier that he engaged himself and the seller did not offer.',
  '§ 19':
    'When delivery is late for a reason that is the seller’s, the consumer may hold back payment, insist, cancel the purchase or claim damages.',
  '§ 27':
    'The consumer complains within a reasonable time, never less than two months from noticing, and at the latest two years after delivery, or five for things meant to last considerably longer.',
  '§ 29': 'The seller puts a defect right at no cost to the consumer.',
  '§ 38':
    'The consumer is not bound by a promise made beforehand to pay at a set time whether or not the seller performs.',
  '§ 41': 'The consumer may cancel before delivery; the seller then cannot insist on the purchase and its price.',
})

const ORDINARY_YEARS = 2
const LONG_LIVED_YEARS = 5
const LATEST_DELIVERY_DAYS = 30

/**
 * The last day to complain of a defect. The Act has no rule for a limit that ends on a weekend; it moves to the next
 * working day here, since doubt goes to the consumer (avtaleloven § 37). Source: § 27.
 */
export const complaintLastDay = (deliveredOn: Temporal.PlainDate, longLived: boolean) =>
  lastDayOf(deliveredOn, { years: longLived ? LONG_LIVED_YEARS : ORDINARY_YEARS })

/** The last day to deliver. It is the seller's limit, and nothing in the Act moves it to a working day. Source: § 6. */
export const latestDeliveryOn = (purchasedOn: Temporal.PlainDate) => purchasedOn.add({ days: LATEST_DELIVERY_DAYS })
