import type { Currency } from '../ruling/vocabulary.ts'

/**
 * What an edition of a seller's terms promises, as far as figures and choices can say it. Rules are applied under an
 * edition's own; a test, or the loader that weighs an edition against the law, may ask what holds under others.
 */
export type EditionFigures = {
  /** The first day of the edition, ISO 8601, in Europe/Oslo. */
  inForceFrom: string
  /** Whether a price in the currency includes VAT, for each currency that is sold in. */
  prices: Readonly<Partial<Record<Currency, 'incl' | 'excl'>>>
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

/**
 * What an edition says that no figure tells, as far as it can be weighed against the law. It is a reading of the sentences
 * and no part of the edition's hash, since the sentences themselves are.
 */
export type Wording = {
  /** How far a consumer may also buy for business. */
  consumer: 'wholly-outside-business' | 'not-mainly-in-business'
  /** What starts the period to withdraw: the last of the goods ordered together, or simply "the product". */
  withdrawalCountedFrom: 'the-last-product' | 'the-product'
  /** How a consumer may say that they withdraw. */
  withdrawalBy: 'any-clear-statement' | 'the-form'
  /** What starts the days to pay back. */
  refundCountedFrom: 'notice' | 'return'
  /** Until when the seller keeps a right to cancel or correct an order. */
  sellerMayCancel: 'before-agreement' | 'at-any-time'
  /** When accidental loss becomes the consumer's. */
  consumerRiskFrom: 'receipt' | 'handover'
  /** Whether a justified complaint gives a right to what the law lists, or only may. */
  remedies: 'as-of-right' | 'perhaps'
  /** Where a consumer is sent with a dispute. */
  mediator: 'forbrukertilsynet' | 'forbrukerrådet'
}
