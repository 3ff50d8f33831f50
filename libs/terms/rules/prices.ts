import { osloDay, startOfOsloDay } from '../calendar.ts'
import { granted, type Reason, type Ruling, refused } from '../ruling/ruling.ts'
import type { Currency, CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { merverdiavgiftsloven } from '../statute/merverdiavgiftsloven.ts'
import { priorPriceDays, prisopplysningsforskriften } from '../statute/prisopplysningsforskriften.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/**
 * Legal basis: prisopplysningsforskriften §§ 3 and 9 a; angrerettloven § 9; merverdiavgiftsloven § 6-21; Directive 2011/83/EU,
 * Art. 6(1)(e).
 */
const reasonsOf = (because: Because) => ({
  inclusive: because('currency-includes-vat', 'prices-and-vat'),
  consumerInclusive: because('currency-includes-vat', 'prices-and-vat', prisopplysningsforskriften('§ 3')),
  consumerPaysTotal: because('consumer-sees-whole-price', 'prices-and-vat', prisopplysningsforskriften('§ 3')),
  exclusive: because('currency-excludes-vat', 'prices-and-vat'),
  exported: because('exported-without-vat', 'prices-and-vat', merverdiavgiftsloven('§ 6-21')),
  unlabelled: because('vat-not-stated', 'prices-and-vat'),
  deliveryShown: because('delivery-cost-shown', 'delivery-cost'),
  consumerDeliveryHidden: because('delivery-cost-not-shown', 'delivery-cost', angrerettloven('§ 9')),
  businessDeliveryHidden: because('delivery-cost-not-shown', 'delivery-cost'),
  sameTotal: because('charged-as-shown', 'delivery-cost', prisopplysningsforskriften('§ 3')),
  otherTotal: because('charged-otherwise-than-shown', 'delivery-cost', prisopplysningsforskriften('§ 3')),
  fromLowest: because('reduction-from-lowest-price', prisopplysningsforskriften('§ 9 a')),
  overstated: because('reduction-overstated', prisopplysningsforskriften('§ 9 a')),
  beforeRule: because('reduction-before-rule', prisopplysningsforskriften('§ 9 a')),
})
type Edition = Under<typeof reasonsOf>

const LABELS = {
  incl: { en: 'incl. VAT', nb: 'inkl. mva.' },
  excl: { en: 'excl. VAT', nb: 'ekskl. mva.' },
  exported: { en: 'without VAT (export)', nb: 'uten mva. (utførsel)' },
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

/** To whom a price is shown, and in which currency; `exported` when the goods leave the VAT area. */
export type PricedFor = { currency: Currency; customerKind: CustomerKind; exported?: boolean }

/**
 * A consumer sees the whole price in every currency, whatever the terms say about euro. Goods that leave the VAT area bear no VAT:
 * their price is without it for everybody, and is the whole price.
 */
function priceDisplay(edition: Edition, facts: PricedFor): PriceDisplay {
  if (facts.exported)
    return {
      ...{ show: 'excl', label: LABELS.exported, alsoShowTotalIncl: false },
      ...{ reasons: [edition.why.exported], termsUndercut: false },
    }
  const printed = edition.figures.prices[facts.currency] ?? 'incl'
  const consumer = facts.customerKind === 'consumer'
  const show = consumer ? 'incl' : printed
  const termsUndercut = show !== printed
  const shown = consumer
    ? edition.why.consumerInclusive
    : printed === 'incl'
      ? edition.why.inclusive
      : edition.why.exclusive
  return {
    show,
    label: LABELS[show],
    alsoShowTotalIncl: show === 'excl',
    reasons: [termsUndercut ? edition.why.consumerPaysTotal : shown],
    termsUndercut,
  }
}

export type PriceCheck = Ruling & { fix?: 'state-vat' | 'show-total-incl' | 'show-without-vat' }

/**
 * Whether a price that somebody sees is shown as it must be. `both` is a price with and without VAT
 * side by side, and is right for everybody; `unlabelled` says neither.
 */
function priceCheck(
  edition: Edition,
  facts: PricedFor & { shown: 'incl' | 'excl' | 'both' | 'unlabelled' },
): PriceCheck {
  if (facts.shown === 'unlabelled') return { ...refused(edition.why.unlabelled), basis: 'terms', fix: 'state-vat' }
  const { show, reasons } = priceDisplay(edition, facts)
  const basis = facts.customerKind === 'consumer' ? 'statute' : 'terms'
  if (facts.shown === 'both' || facts.shown === show) return { ...granted(...reasons), basis }
  return { ...refused(...reasons), basis, fix: show === 'incl' ? 'show-total-incl' : 'show-without-vat' }
}

export type DeliveryCost = { customerKind: CustomerKind; amount: number; shownBeforePayment: boolean }

/**
 * What of a delivery price, in the smallest unit, the customer owes. Checkout stops until it was shown;
 * one that was not is nobody's to pay, by law for a consumer and by this clause for a business.
 */
function deliveryCost(
  edition: Edition,
  { customerKind, amount, shownBeforePayment }: DeliveryCost,
): Ruling & {
  owed: number
  blocksCheckout: boolean
} {
  if (shownBeforePayment)
    return { ...granted(edition.why.deliveryShown), basis: 'terms', owed: amount, blocksCheckout: false }
  const consumer = customerKind === 'consumer'
  const reason = consumer ? edition.why.consumerDeliveryHidden : edition.why.businessDeliveryHidden
  return { ...refused(reason), basis: consumer ? 'both' : 'terms', owed: 0, blocksCheckout: true }
}

/** A charge is the total that the customer saw before paying, to the øre. */
const chargedAsShown = (
  edition: Edition,
  { shownTotal, chargedTotal }: { shownTotal: number; chargedTotal: number },
): Ruling => ({
  ...(chargedTotal === shownTotal ? granted(edition.why.sameTotal) : refused(edition.why.otherTotal)),
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
function priceReduction(edition: Edition, facts: PriceReduction): Ruling & { greatestPercent: number } {
  const { reference, lowestBefore, now, on = Temporal.PlainDate.from(edition.figures.inForceFrom) } = facts
  const claimed = percent(facts.claimedPercent ?? reduction(reference, now))
  if (priorPriceDays(on) === undefined)
    return { ...granted(edition.why.beforeRule), basis: 'statute', greatestPercent: percent(reduction(reference, now)) }
  const greatestPercent = percent(reduction(Math.min(lowestBefore, reference), now))
  const ruling = claimed <= greatestPercent ? granted(edition.why.fromLowest) : refused(edition.why.overstated)
  return { ...ruling, basis: 'statute', greatestPercent }
}

/** In percent; nothing is reduced that costs as much as before or more. */
const reduction = (from: number, to: number) => (from <= to ? 0 : ((from - to) / from) * 100)
const percent = (value: number) => Math.round(value * 100) / 100

export type PriceHistory = {
  /** Every price that there was, oldest first, in the smallest unit, each with when it began. */
  prices: readonly { since: Temporal.Instant; price: number }[]
  at: Temporal.Instant
}

export type AnnouncedReduction = Ruling & {
  /** The lowest price of the days before: what the lower one stands beside. */
  lowestBefore: number
  /** When the price was lowered. */
  since: Temporal.Instant
  /** In percent, to two decimals, of the lowest price. */
  greatestPercent: number
}

/**
 * How a price may be announced as lowered, from all that it was; undefined where it may not be. Days are those of Oslo: what was asked
 * on the thirtieth day before the reduction counts, and so does a price that held for an hour. As many days after the reduction the
 * lowest price of the last 30 days is the price itself, and nothing is announced any more. Source: prisopplysningsforskriften § 9 a.
 */
function announcedReduction(edition: Edition, { prices, at }: PriceHistory): AnnouncedReduction | undefined {
  const days = priorPriceDays(osloDay(at))
  const held = prices.filter(({ since }) => Temporal.Instant.compare(since, at) <= 0)
  const now = held.at(-1)?.price
  const from = held.findLastIndex(({ price }) => price !== now) + 1
  if (days === undefined || now === undefined || from === 0) return undefined
  const { since } = held[from]!
  const first = startOfOsloDay(osloDay(since).subtract({ days }))
  if (osloDay(since).until(osloDay(at)).days > days) return undefined
  const before = held.slice(0, from)
  // The price that held when the days began counts too, though it began before them.
  const earliest = Math.max(
    before.findLastIndex((each) => Temporal.Instant.compare(each.since, first) <= 0),
    0,
  )
  const lowestBefore = Math.min(...before.slice(earliest).map(({ price }) => price))
  if (lowestBefore <= now) return undefined
  const ruling = priceReduction(edition, { reference: lowestBefore, lowestBefore, now, on: osloDay(at) })
  return { ...ruling, lowestBefore, since }
}

export const pricesRules = rulesOf(reasonsOf, {
  priceDisplay,
  priceCheck,
  deliveryCost,
  chargedAsShown,
  priceReduction,
  announcedReduction,
})
