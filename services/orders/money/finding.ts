export type Side = { captured: number; refunded: number; capturable: number }

/**
 * In what the provider's books and the ledger differ. A movement that the ledger does not know was made elsewhere, such
 * as in the provider's portal; one that the provider does not know should not exist.
 */
export type Drift =
  | {
      kind: 'movement-not-in-ledger' | 'movement-not-at-provider'
      movement: 'capture' | 'refund'
      providerId: string
      amount: number
      at: string | null
    }
  | { kind: 'captured-differs' | 'refunded-differs' | 'capturable-differs'; provider: number; ledger: number }
  | { kind: 'payment-unknown-to-provider'; reason: string }

/** One payment compared: amounts in minor units, `provider` absent when it does not know the payment. */
export type Finding = {
  orderId: string
  number: string
  paymentId: string
  currency: string
  ledger: Side
  provider?: Side
  /** A money operation of the order was under way: what differs by it alone is no drift. */
  inFlight: boolean
  drift: Drift[]
}

/** What a comparison came to: payments that were compared, those with drift, and those with money under way. */
export type Counts = { payments: number; drift: number; inFlight: number }
