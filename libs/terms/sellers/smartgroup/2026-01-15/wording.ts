import type { Wording } from '../../../editions/edition-figures.ts'

/** What the edition says beyond its figures. No part of its hash: the sentences are. */
export const wording: Wording = {
  /** Clause 2.2. */
  consumer: 'wholly-outside-business',
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
