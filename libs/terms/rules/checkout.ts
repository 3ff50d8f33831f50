import { type Country, osloDay } from '../calendar.ts'
import { granted, type Reason, type Ruling, refused } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { directive201183, guaranteesToldInTheUnion } from '../statute/directive-2011-83.ts'
import { isInTheUnion } from '../statute/european-union.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

const reasonsOf = (because: Because) => ({
  clearButton: because('button-says-payment', angrerettloven('§ 16')),
  unclearButton: because('button-unclear', angrerettloven('§ 16')),
  businessButton: because('ordered', avtaleloven('§ 1')),
  confirmed: because('confirmed-on-durable-medium', 'agreement', angrerettloven('§ 18')),
  confirmFirst: because('to-be-confirmed-before-handover', 'agreement', angrerettloven('§ 18')),
  unconfirmed: because('handed-over-unconfirmed', 'agreement', angrerettloven('§ 18')),
  guaranteeNotice: because('guarantee-notice-shown', directive201183('Art. 6(1)(l)')),
  noticeConfirmed: because('guarantee-notice-confirmed', directive201183('Art. 6(1)(l)'), directive201183('Art. 8(7)')),
  durabilityLabel: because('durability-label-shown', directive201183('Art. 6(1)(la)'), directive201183('Art. 8(2)')),
  labelConfirmed: because('durability-label-confirmed', directive201183('Art. 6(1)(la)'), directive201183('Art. 8(7)')),
  business: because('no-durable-medium-needed', 'agreement'),
})
type Edition = Under<typeof reasonsOf>

/** What the order button may say: the words of angrerettloven § 16, and phrases that name payment as clearly. */
export const orderButtonLabels = {
  nb: [
    'Bestilling med forpliktelse til å betale',
    'Bestill med forpliktelse til å betale',
    'Bestill med betalingsplikt',
    'Bestill og betal',
    'Kjøp og betal',
    'Kjøp nå',
    'Betal nå',
    'Bekreft kjøp',
  ],
  en: ['Order with obligation to pay', 'Order and pay', 'Buy and pay', 'Buy now', 'Pay now', 'Confirm purchase'],
} as const

/** Upper and lower case, spaces and a closing mark do not change what a button says. */
const said = (label: string) =>
  label
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s.!›»→>]+$/, '')
    .trim()
const clear: ReadonlySet<string> = new Set(Object.values(orderButtonLabels).flat().map(said))

/** Whether an order binds who placed it by a button so labelled. A label that is not on the list binds no consumer. */
function orderButton(edition: Edition, { label, customerKind }: { label: string; customerKind: CustomerKind }): Ruling {
  if (customerKind === 'business') return { ...granted(edition.why.businessButton), basis: 'statute' }
  return {
    ...(clear.has(said(label)) ? granted(edition.why.clearButton) : refused(edition.why.unclearButton)),
    basis: 'statute',
  }
}

/** Whom something is told, and when: before the button, or on the durable medium that confirms the contract. */
export type Told = {
  customerKind: CustomerKind
  country: Country
  at: Temporal.Instant
  on: 'checkout' | 'confirmation'
}

/** Whether a law that is known to be in force has a consumer there told of guarantees. Norway's is enacted, and its commencement is not known. */
const guaranteesTold = ({ customerKind, country, at }: Told) =>
  customerKind === 'consumer' && isInTheUnion(country) && guaranteesToldInTheUnion(osloDay(at)) !== undefined

/**
 * Whether the notice of the legal guarantee must be shown before the button, and stand in the confirmation; undefined where no law wants it.
 * Source: Directive 2011/83/EU, Art. 6(1)(l) and 8(7).
 */
function guaranteeNotice({ why }: Edition, told: Told): Ruling | undefined {
  if (!guaranteesTold(told)) return undefined
  return { ...granted(told.on === 'checkout' ? why.guaranteeNotice : why.noticeConfirmed), basis: 'statute' }
}

/** What is known of a guarantee; `durability` where its producer says that it is one of durability, of the whole good and at no extra cost. */
export type LabelledGuarantee = { by: 'seller' | 'manufacturer'; years: number; durability?: object }

/** A guarantee of durability has the label when it is longer than this, in years. */
const LABELLED_OVER_YEARS = 2
/** Whether a guarantee is one that the label is for: the producer's, of the whole good, and of more than two years. */
export const isDurability = ({ by, years, durability }: LabelledGuarantee) =>
  durability !== undefined && by === 'manufacturer' && years > LABELLED_OVER_YEARS

/**
 * Whether the label of a guarantee of durability must stand before the button, and in the confirmation; undefined of any other guarantee, and
 * where no law wants it. Source: Directive 2011/83/EU, Art. 6(1)(la), 8(2) and 8(7).
 */
function durabilityLabel({ why }: Edition, guarantee: LabelledGuarantee, told: Told): Ruling | undefined {
  if (!isDurability(guarantee) || !guaranteesTold(told)) return undefined
  return { ...granted(told.on === 'checkout' ? why.durabilityLabel : why.labelConfirmed), basis: 'statute' }
}

export type DurableConfirmation = {
  customerKind: CustomerKind
  /** Confirmed by something that the consumer can keep unchanged, such as an email; a web page is none. */
  confirmed: boolean
  handedOver: boolean
}

/**
 * Whether goods may be handed to the carrier, and whether they were without a confirmation on a durable medium. The law
 * wants it at the latest at delivery, which after the handover is out of the seller's hands. Source: angrerettloven § 18.
 */
function durableConfirmation(
  edition: Edition,
  { customerKind, confirmed, handedOver }: DurableConfirmation,
): {
  mayHandOver: boolean
  violation: boolean
  reasons: Reason[]
} {
  if (customerKind === 'business') return { mayHandOver: true, violation: false, reasons: [edition.why.business] }
  if (confirmed) return { mayHandOver: true, violation: false, reasons: [edition.why.confirmed] }
  return {
    mayHandOver: false,
    violation: handedOver,
    reasons: [handedOver ? edition.why.unconfirmed : edition.why.confirmFirst],
  }
}

export const checkoutRules = rulesOf(reasonsOf, { orderButton, guaranteeNotice, durabilityLabel, durableConfirmation })
