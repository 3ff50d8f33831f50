/**
 * What an edition of a seller's terms promises, as far as figures and choices can say it. A clause function is given its own
 * edition's; a test, or the loader that weighs an edition against the law, may ask what it would rule under another's.
 */
export type Promised = {
  /** The first day of the edition, ISO 8601, in Europe/Oslo. */
  inForceFrom: string
  /** Whether a price in the currency includes VAT. */
  prices: Readonly<Record<'NOK' | 'EUR', 'incl' | 'excl'>>
  /** In kebab-case. */
  paymentMethods: readonly string[]
  /** In business days after the confirmation. */
  deliveryEstimate: Readonly<{ from: number; to: number }>
  /** In days after receipt. */
  withdrawalDays: number
  /** In days after the goods, or proof that they were sent, came back. */
  refundDays: number
  /** In days after receipt. */
  voluntaryReturnDays: number
  /** In years after delivery. */
  complaintYears: Readonly<{ ordinary: number; longLived: number }>
}
