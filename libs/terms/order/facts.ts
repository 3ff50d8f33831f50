import type { Country } from '../calendar.ts'
import type { AgreementFacts } from '../ruling/agreed.ts'
import type { Reason, Traits } from '../ruling/ruling.ts'
import type { Currency, CustomerKind } from '../ruling/vocabulary.ts'
import type { Receipt } from '../statute/angrerettloven.ts'
import type { DigitalSupply } from '../statute/forbrukerkjopsloven.ts'

/** Some of the units of a line. */
export type Units = { lineId: string; quantity: number }

/**
 * All that the rights of an order depend on, as it is stored: JSON, instants as RFC 3339 strings, money in minor units. What
 * is left out is not known; then a right stays open and a charge is not made.
 */
export type OrderFacts = {
  orderId: string
  /** The edition that the order was placed under, and its hash then. */
  terms: { edition: string; sha256: string }
  customerKind: CustomerKind
  /** Where the customer lives, ISO 3166-1 alpha-2. */
  country: Country
  currency: Currency
  /** The goods come again and again over a time agreed: the first delivery starts the period to withdraw. */
  regularDeliveries?: boolean
  placedAt: string
  /** When the confirmation reached the customer. */
  formedAt?: string
  cancelledAt?: string
  lines: LineFacts[]
  delivery: { paid: number; standardPrice: number }
  /** The last day of delivery, where one was agreed at checkout, ISO 8601. */
  deliverBy?: string
  /** What the customer was told, complete and on time. */
  disclosures: {
    withdrawalInformation: boolean
    /** When complete information came, if it came late. */
    withdrawalInformationGivenAt?: string
    returnCost: boolean
    /** That some goods cannot be withdrawn from. The terms say so, so only an explicit false is a no. */
    exceptions?: boolean
    earlyCapture?: boolean
  }
  parcels: ParcelFacts[]
  returns: ReturnFacts[]
  /** Requests to stop units before they leave, by a cancellation or a withdrawal, and what came of them. */
  stops?: StopFacts[]
  complaints?: ComplaintFacts[]
  /** What was agreed in writing with the customer instead of what the terms say. */
  agreements?: AgreementFacts[]
  /** What staff decides otherwise than the rules, while that is carried out: no fact that is kept of the order. */
  overrides?: OverrideFacts[]
  payment?: { authorised: number; captured: number; deliveryCaptured?: boolean; expired?: boolean }
  /** The last day of extra time that the customer set for what is late, ISO 8601, and when they did. */
  additionalPeriod?: { until: string; setAt?: string }
  /** What keeps the seller from delivering. */
  impediment?: { event: string; foreseeable?: boolean; avoidable?: boolean; ended?: boolean; customerTold?: boolean }
}

/** Who gave a guarantee, for how many years from delivery, and what it answers for. `guarantor` is left out of the seller's own. */
export type GuaranteeGiven = {
  by: 'seller' | 'manufacturer'
  guarantor?: string
  years: number
  covers: string
  /** It is one of durability, of the whole good and at no extra cost; how its producer names the goods. */
  durability?: { brand: string; model: string }
}

/** A line: `total` is what was paid for all units of it, VAT included. */
export type LineFacts = {
  lineId: string
  sku: string
  quantity: number
  total: number
  /** `longLived` is left out when nobody has judged it; `sealedMedia` when it is none. */
  traits: Omit<Traits, 'longLived'> & { longLived?: boolean; sealedMedia?: boolean }
  sealBroken?: boolean
  unused?: boolean
  undamaged?: boolean
  originalPackaging?: boolean
  /** A guarantee that the seller gave, in years, where nothing else is known of it. */
  guaranteeYears?: number
  /** A guarantee that it was sold with; `covers` in the language of the order. */
  guarantee?: GuaranteeGiven
  /** What is supplied with it: once, or over time for so many months from delivery. */
  digital?: DigitalSupply
  /** It cannot normally be returned by post; `returnCost` is what the customer was told, before the contract, that sending one back costs. */
  bulky?: { returnCost?: number }
  /** When it was last replaced by another, and last repaired, because of a defect; with `cures` the last of them. */
  replacedAt?: string
  repairedAt?: string
  /** What was put right of it, of how many units, where that is known. */
  cures?: CureFacts[]
  /** Until when updates or a digital service are supplied with it. */
  digitalServiceUntil?: string
  /** What the customer complains of. */
  defect?: { showedAt?: string; noticedAt?: string; failedCures?: number; sellerAtFault?: boolean }
}

/**
 * Units that were repaired, or that others were sent for, because of a defect; `receivedAt` is when the customer had them. `returnId` is the
 * complaint: it puts the same units right each time, and may be left out as `cureId`, the attempt, may.
 */
export type CureFacts = {
  returnId?: string
  cureId?: string
  remedy: 'repair' | 'replacement'
  quantity: number
  receivedAt: string
}

/**
 * What travels together. `receivedAt` counts when the customer, or whom they named, took it; `expectedAt` tells how long rights
 * will last if it comes then.
 */
export type ParcelFacts = {
  shipmentId: string
  lines: Units[]
  handedOverAt?: string
  receivedAt?: string
  expectedAt?: string
  receivedBy?: Receipt['by']
  carrierArrangedBy?: 'seller' | 'customer'
  /** Units of it that others are sent for and that are still to come: it is nothing to them whether this parcel arrives. */
  replaced?: boolean
}

/** A withdrawal, unless `right` says by what else it goes back. `deliveryRefunded` says that the refund paid the delivery back too. */
export type ReturnFacts = {
  returnId: string
  right?: 'voluntary' | 'complaint' | 'loss'
  lines: Units[]
  refunded?: number
  deliveryRefunded?: boolean
  outcome: 'open' | 'closed'
  noticeReceivedAt?: string
  goodsReceivedAt?: string
  proofOfSendingAt?: string
  sellerCollects?: boolean
  /** When the seller offered to collect the goods after the notice: from then on the refund does not wait for them. */
  collectionOfferedAt?: string
  /** Some of it was not known to have left: until a stop of this return is concluded, so much may never leave. */
  unanswered?: boolean
  /** What lower prices had given back for its units before they were asked back, in minor units; what is lowered later concerns others. */
  lowered?: (Units & { amount: number })[]
  /**
   * What was decided to be paid back for: units in the order of the decisions share a line's price; `lowered` is what of it a lower
   * price had given back before.
   */
  decided?: (Units & { lowered?: number })[]
}

/** A complaint of a defect; `reduced` is what was decided to be paid back of the price of units that the customer keeps. */
export type ComplaintFacts = {
  returnId: string
  lines: Units[]
  outcome: 'open' | 'closed'
  reduced?: (Units & { amount: number })[]
}

/** A right to lines that is granted although the rules refuse it; `reason` stands beside what they say. */
export type OverrideFacts = {
  right: 'withdrawal' | 'voluntaryReturn' | 'complaint'
  lineIds: string[]
  reason: Reason
}

/** Units that were asked to be stopped: until it is concluded nobody knows which of them had left. */
export type StopFacts = {
  requestId: string
  /** Of a withdrawal. */
  returnId?: string
  lines: Units[]
  requestedAt?: string
  concludedAt?: string
  /** Units that never leave, once it is concluded, and units that had left. */
  stopped?: Units[]
  left?: Units[]
}
