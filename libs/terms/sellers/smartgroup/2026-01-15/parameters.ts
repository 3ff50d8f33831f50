import type { Promised, Wording } from '../../../editions/edition-figures.ts'
import type { SaidIn } from '../../../editions/statutory-minimums.ts'

/** The edition's name, as orders keep it and rulings cite it. */
export const EDITION = 'smartgroup/2026-01-15'

/** What the edition promises, as figures. They are part of its hash: changing one makes a new edition. */
export const parameters: Promised = {
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

/** What the edition says beyond its figures. No part of its hash: the sentences are. */
export const wording: Wording = {
  /** Clause 8. */
  withdrawalCountedFrom: 'the-product',
  withdrawalBy: 'any-clear-statement',
  refundCountedFrom: 'return',
  /** Clause 4.2 knows no end. */
  sellerMayCancel: 'at-any-time',
  /** Clause 7.3. */
  consumerRiskFrom: 'receipt',
  /** Clause 10.4. */
  remedies: 'perhaps',
  /** Clause 17.2. */
  mediator: 'forbrukerrådet',
}

/** Where the edition speaks of what the law lets no terms undercut. */
export const saidIn: SaidIn = {
  'withdrawal-period': '8.2',
  'withdrawal-start': '8.2',
  'withdrawal-statement': '8.3',
  'refund-period': '8.5',
  'refund-clock': '8.5',
  'prices-with-vat': '5.1',
  'bound-by-agreement': '4.2',
  'risk-until-receipt': '7.3',
  'complaint-of-anything': '10.2',
  'complaint-of-lasting-goods': '10.3',
  remedies: '10.4',
  mediator: '17.2',
}
