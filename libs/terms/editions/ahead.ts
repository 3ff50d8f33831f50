import type { Terms } from './terms.ts'

/**
 * What can be asked of the terms and no service asks yet, neither itself nor through the entitlements of an order. Only tests and
 * worked cases show that these are right; who makes a service ask one takes it off the list.
 */
export const ahead: readonly (keyof Terms)[] = [
  'customerKind',
  'legalCapacity',
  'agreement',
  'durableConfirmation',
  'paymentForGoods',
  'correction',
  'priceCheck',
  'deliveryCost',
  'chargedAsShown',
  'priceReduction',
  'paymentFee',
  'withdrawalNotice',
  'withdrawalFee',
  'brokenInTransit',
  'refundPeriod',
  'settlement',
  'liability',
  'exclusionHolds',
  'impedimentAllows',
  'platformLink',
  'acceptance',
  'versionFollowed',
  'edited',
]
