import { byLaw, citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, review } from '../../../ruling/ruling.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { EARNING_AGE, MAJORITY_AGE, vergemalsloven } from '../../../statute/vergemalsloven.ts'
import { EDITION } from './parameters.ts'

/** Clauses 2.2 and 2.3, as printed. Legal basis: angrerettloven § 5; forbrukerkjøpsloven § 3. */
export const text = {
  '2.2': 'A "consumer" is a private person whose purchase lies outside business activity.',
  '2.3': 'A "business customer" is a company or other legal entity, or a person who buys in the course of business.',
} as const

const because = citing(EDITION, text)

const why = {
  legalEntity: because('legal-entity', '2.3', angrerettloven('§ 5')),
  organisationNumber: because('organisation-number-given', '2.3', angrerettloven('§ 5')),
  mainlyBusiness: because('mainly-in-business', '2.3', angrerettloven('§ 5')),
  privatePerson: because('private-person', '2.2', angrerettloven('§ 5')),
  notMainlyBusiness: because('not-mainly-in-business', '2.2', angrerettloven('§ 5')),
  ofAge: byLaw('of-age', vergemalsloven('§ 9')),
  ownMeans: byLaw('minor-with-own-means', vergemalsloven('§ 12')),
  minor: byLaw('minor', vergemalsloven('§ 9')),
}

export type Customer = {
  /** A company, an association, a public body: anybody but a human being. */
  legalEntity?: boolean
  /** Given with the order; whoever orders under one, a sole trader too, does so for the business. */
  organisationNumber?: string
  /** How much of the use is for business, in percent. */
  businessShare?: number
}

const HALF = 50

/**
 * Clauses 2.2 and 2.3, as code. The printed 2.2 wants a purchase wholly outside business, but by law a person is a consumer
 * unless he acts mainly in it: half and half is not mainly, and a person of whom nothing is known is a consumer.
 */
export function customerKind(customer: Customer): { kind: CustomerKind; reasons: Reason[]; termsUndercut: boolean } {
  const { legalEntity = false, organisationNumber = '', businessShare = 0 } = customer
  const business = [
    ...(legalEntity ? [why.legalEntity] : []),
    ...(organisationNumber.trim() === '' ? [] : [why.organisationNumber]),
    ...(businessShare > HALF ? [why.mainlyBusiness] : []),
  ]
  if (business.length > 0) return { kind: 'business', reasons: business, termsUndercut: false }
  const mixed = businessShare > 0
  return { kind: 'consumer', reasons: [mixed ? why.notMainlyBusiness : why.privatePerson], termsUndercut: mixed }
}

/**
 * Whether a buyer can bind himself, by his age in years. The agreement of a minor goes to a person, since a guardian must
 * have consented; from 15 he spends what he earned himself. A buyer whose age nobody knows is taken to be of age.
 */
export function legalCapacity({
  age = MAJORITY_AGE,
  ownMeans = false,
}: {
  age?: number
  ownMeans?: boolean
}): Ruling & {
  guardianConsentNeeded: boolean
} {
  if (age >= MAJORITY_AGE) return { ...granted(why.ofAge), basis: 'statute', guardianConsentNeeded: false }
  if (ownMeans && age >= EARNING_AGE)
    return { ...granted(why.ownMeans), basis: 'statute', guardianConsentNeeded: false }
  return { ...review(why.minor), basis: 'statute', guardianConsentNeeded: true }
}
