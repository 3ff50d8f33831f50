import type { CodeTable } from '../port.ts'

/**
 * The `statusCode` of DHL's Shipment Tracking (Unified). `failure` covers whatever went wrong, and `unknown` is DHL's own word: of
 * both only a person can tell what they are, so that they are shown and counted.
 */
export const codes: CodeTable = {
  'pre-transit': 'nothing',
  transit: { report: 'in-transit' },
  delivered: 'delivered',
}
