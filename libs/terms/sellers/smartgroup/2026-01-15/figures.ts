import type { EditionFigures } from '../../../editions/edition-figures.ts'

/** What the edition promises, as figures. They are part of its hash: changing one makes a new edition. */
export const figures: EditionFigures = {
  /** The edition holds from the start of this day in Europe/Oslo. */
  inForceFrom: '2026-01-15',
  /** Clause 5: whether a price in the currency includes VAT. */
  prices: { NOK: 'incl', EUR: 'excl' },
  /** Clause 6. */
  paymentMethods: ['visa', 'mastercard', 'american-express', 'paypal', 'klarna'],
  /** Clause 7, in business days after the confirmation. */
  deliveryEstimate: { from: 2, to: 7 },
  /** Clause 8, in days after receipt; and after the return, or proof of it. */
  withdrawalDays: 14,
  refundDays: 14,
  /** Clause 9, in days after receipt. */
  voluntaryReturnDays: 30,
  /** Clause 10, in years after delivery. */
  complaintYears: { ordinary: 2, longLived: 5 },
}
