import type { Terms } from './terms.ts'

/**
 * What can be asked of the terms and no service asks yet, neither itself nor through the entitlements of an order. Only tests and
 * worked cases show that these are right; who makes a service ask one takes it off the list.
 */
export const ahead: readonly (keyof Terms)[] = [
  'legalCapacity',
  'agreement',
  'durableConfirmation',
  'paymentForGoods',
  'priceCheck',
  'deliveryCost',
  'chargedAsShown',
  'priceReduction',
  'paymentFee',
  'withdrawalFee',
  'brokenInTransit',
  'refundPeriod',
  'settlement',
  'exclusionHolds',
  'impedimentAllows',
  'platformLink',
  'acceptance',
  'versionFollowed',
  'edited',
]
