import type { Promised } from '../../../editions/edition-figures.ts'
import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, refused } from '../../../ruling/ruling.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { priorPriceDays, prisopplysningsforskriften } from '../../../statute/prisopplysningsforskriften.ts'
import { EDITION, parameters } from './parameters.ts'

/**
 * Clauses 5.1 and 5.2, as printed. Legal basis: prisopplysningsforskriften §§ 3 and 9 a; angrerettloven § 9; Directive
 * 2011/83/EU, Art. 6(1)(e).
 */
export const text = {
  '5.1': 'Prices in NOK include VAT and prices in EUR do not, and checkout says clearly which of the two you see.',
  '5.2': 'The cost of delivery is worked out and shown to you before you pay.',
} as const

const because = citing(EDITION, text)

const why = {
  inclusive: because('currency-includes-vat', '5.1'),
  consumerInclusive: because('currency-includes-vat', '5.1', prisopplysningsforskriften('§ 3')),
  consumerPaysTotal: because('consumer-sees-whole-price', '5.1', prisopplysningsforskriften('§ 3')),
  exclusive: because('currency-excludes-vat', '5.1'),
  unlabelled: because('vat-not-stated', '5.1'),
  deliveryShown: because('delivery-cost-shown', '5.2'),
  consumerDeliveryHidden: because('delivery-cost-not-shown', '5.2', angrerettloven('§ 9')),
  businessDeliveryHidden: because('delivery-cost-not-shown', '5.2'),
  sameTotal: because('charged-as-shown', '5.2', prisopplysningsforskriften('§ 3')),
  otherTotal: because('charged-otherwise-than-shown', '5.2', prisopplysningsforskriften('§ 3')),
  fromLowest: because('reduction-from-lowest-price', prisopplysningsforskriften('§ 9 a')),
  overstated: because('reduction-overstated', prisopplysningsforskriften('§ 9 a')),
  beforeRule: because('reduction-before-rule', prisopplysningsforskriften('§ 9 a')),
}

const LABELS = {
  incl: { en: 'incl. VAT', nb: 'inkl. mva.' },
  excl: { en: 'excl. VAT', nb: 'ekskl. mva.' },
} as const

export type PriceDisplay = {
  show: 'incl' | 'excl'
  /** Stands beside every price, in the customer's language. */
  label: { en: string; nb: string }
  /** Whether the sum to pay, VAT included, must stand beside it, since that is what will be charged. */
  alsoShowTotalIncl: boolean
  reasons: Reason[]
  termsUndercut: boolean
}

type Seller = { currency: 'NOK' | 'EUR'; customerKind: CustomerKind }

/** Clause 5.1, as code. A consumer sees the whole price in every currency, whatever the terms say about euro. */
export function priceDisplay(facts: Seller, { prices }: Promised = parameters): PriceDisplay {
  const printed = prices[facts.currency]
  const consumer = facts.customerKind === 'consumer'
  const show = consumer ? 'incl' : printed
  const termsUndercut = show !== printed
  const shown = consumer ? why.consumerInclusive : printed === 'incl' ? why.inclusive : why.exclusive
  return {
    show,
    label: LABELS[show],
    alsoShowTotalIncl: show === 'excl',
    reasons: [termsUndercut ? why.consumerPaysTotal : shown],
    termsUndercut,
  }
}

export type PriceCheck = Ruling & { fix?: 'state-vat' | 'show-total-incl' | 'show-without-vat' }

/**
 * Clause 5.1, as code: whether a price that somebody sees is shown as it must be. `both` is a price with and without VAT
 * side by side, and is right for everybody; `unlabelled` says neither.
 */
export function priceCheck(
  facts: Seller & { shown: 'incl' | 'excl' | 'both' | 'unlabelled' },
  promised: Promised = parameters,
): PriceCheck {
  if (facts.shown === 'unlabelled') return { ...refused(why.unlabelled), basis: 'terms', fix: 'state-vat' }
  const { show, reasons } = priceDisplay(facts, promised)
  const basis = facts.customerKind === 'consumer' ? 'statute' : 'terms'
  if (facts.shown === 'both' || facts.shown === show) return { ...granted(...reasons), basis }
  return { ...refused(...reasons), basis, fix: show === 'incl' ? 'show-total-incl' : 'show-without-vat' }
}

export type DeliveryCost = { customerKind: CustomerKind; amount: number; shownBeforePayment: boolean }

/**
 * Clause 5.2, as code: what of a delivery price, in the smallest unit, the customer owes. Checkout stops until it was shown;
 * one that was not is nobody's to pay, by law for a consumer and by this clause for a business.
 */
export function deliveryCost({ customerKind, amount, shownBeforePayment }: DeliveryCost): Ruling & {
  owed: number
  blocksCheckout: boolean
} {
  if (shownBeforePayment) return { ...granted(why.deliveryShown), basis: 'terms', owed: amount, blocksCheckout: false }
  const consumer = customerKind === 'consumer'
  const reason = consumer ? why.consumerDeliveryHidden : why.businessDeliveryHidden
  return { ...refused(reason), basis: consumer ? 'both' : 'terms', owed: 0, blocksCheckout: true }
}

/** Clause 5.2, as code: a charge is the total that the customer saw before paying, to the øre. */
export const chargedAsShown = ({ shownTotal, chargedTotal }: { shownTotal: number; chargedTotal: number }): Ruling => ({
  ...(chargedTotal === shownTotal ? granted(why.sameTotal) : refused(why.otherTotal)),
  basis: 'both',
})

export type PriceReduction = {
  /** What the reduction is said to start from, in the smallest unit. */
  reference: number
  /** The lowest price of the days before the reduction that the law looks back on. */
  lowestBefore: number
  now: number
  /** Whole or broken percent, as announced; left out, what `reference` and `now` come to. */
  claimedPercent?: number
  /** When the reduction is announced; left out, today's rule holds. */
  on?: Temporal.PlainDate
}

/**
 * Whether a reduction may be announced, and the greatest that may be, in percent to two decimals. It is worked out from the
 * lowest price of the last 30 days, not from a list price. Source: prisopplysningsforskriften § 9 a; CJEU C-330/23, Aldi Süd.
 */
export function priceReduction(facts: PriceReduction): Ruling & { greatestPercent: number } {
  const { reference, lowestBefore, now, on = Temporal.PlainDate.from(parameters.inForceFrom) } = facts
  const claimed = percent(facts.claimedPercent ?? reduction(reference, now))
  if (priorPriceDays(on) === undefined)
    return { ...granted(why.beforeRule), basis: 'statute', greatestPercent: percent(reduction(reference, now)) }
  const greatestPercent = percent(reduction(Math.min(lowestBefore, reference), now))
  const ruling = claimed <= greatestPercent ? granted(why.fromLowest) : refused(why.overstated)
  return { ...ruling, basis: 'statute', greatestPercent }
}

/** In percent; nothing is reduced that costs as much as before or more. */
const reduction = (from: number, to: number) => (from <= to ? 0 : ((from - to) / from) * 100)
const percent = (value: number) => Math.round(value * 100) / 100
