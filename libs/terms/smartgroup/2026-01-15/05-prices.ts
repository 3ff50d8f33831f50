import { citing } from '../../citing.ts'
import type { CustomerKind, Reason } from '../../ruling.ts'
import { prisopplysningsforskriften } from '../../statute/prisopplysningsforskriften.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 5.1, as printed. Legal basis: prisopplysningsforskriften § 3; Directive 2011/83/EU, Art. 6(1)(e). */
export const text = {
  '5.1': 'Prices in NOK include VAT and prices in EUR do not, and checkout says clearly which of the two you see.',
} as const

const because = citing(EDITION, text)

const why = {
  inclusive: because('currency-includes-vat', '5.1'),
  consumerInclusive: because('currency-includes-vat', '5.1', prisopplysningsforskriften('§ 3')),
  consumerPaysTotal: because('consumer-sees-whole-price', '5.1', prisopplysningsforskriften('§ 3')),
  exclusive: because('currency-excludes-vat', '5.1'),
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

/** Clause 5.1, as code. A consumer sees the whole price in every currency, whatever the terms say about euro. */
export function priceDisplay(facts: { currency: 'NOK' | 'EUR'; customerKind: CustomerKind }): PriceDisplay {
  const printed = parameters.prices[facts.currency]
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
