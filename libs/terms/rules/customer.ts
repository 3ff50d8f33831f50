import { byLaw } from '../ruling/citing.ts'
import { granted, type Reason, type Ruling, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { EARNING_AGE, MAJORITY_AGE, vergemalsloven } from '../statute/vergemalsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: angrerettloven § 5; forbrukerkjøpsloven § 3. */
const reasonsOf = (because: Because) => ({
  legalEntity: because('legal-entity', 'business-customer', angrerettloven('§ 5')),
  organisationNumber: because('organisation-number-given', 'business-customer', angrerettloven('§ 5')),
  mainlyBusiness: because('mainly-in-business', 'business-customer', angrerettloven('§ 5')),
  privatePerson: because('private-person', 'consumer', angrerettloven('§ 5')),
  notMainlyBusiness: because('not-mainly-in-business', 'consumer', angrerettloven('§ 5')),
  ofAge: byLaw('of-age', vergemalsloven('§ 9')),
  ownMeans: byLaw('minor-with-own-means', vergemalsloven('§ 12')),
  minor: byLaw('minor', vergemalsloven('§ 9')),
})
type Edition = Under<typeof reasonsOf>

export type Customer = {
  /** A company, an association, a public body: anybody but a human being. */
  legalEntity?: boolean
  /** Given with the order: evidence of acting in business where nobody tells how much of the use is for it. */
  organisationNumber?: string
  /** How much of the use is for business, in percent; left out when nobody has said. */
  businessShare?: number
}

const HALF = 50

/**
 * Terms may want a purchase wholly outside business, but by law a person is a consumer unless they act mainly in it: half and
 * half is not mainly, and a person of whom nothing is known is a consumer. Where the share is told it decides for a natural person,
 * a sole trader too; a number of a business alone is taken at its word.
 */
function customerKind(
  edition: Edition,
  customer: Customer,
): { kind: CustomerKind; reasons: Reason[]; termsUndercut: boolean } {
  const { legalEntity = false, organisationNumber = '', businessShare } = customer
  const numbered = organisationNumber.trim() !== ''
  const business = [
    ...(legalEntity ? [edition.why.legalEntity] : []),
    ...(numbered && (businessShare ?? HALF + 1) > HALF ? [edition.why.organisationNumber] : []),
    ...(businessShare !== undefined && businessShare > HALF ? [edition.why.mainlyBusiness] : []),
  ]
  if (business.length > 0) return { kind: 'business', reasons: business, termsUndercut: false }
  const mixed = businessShare !== undefined && businessShare > 0
  return {
    kind: 'consumer',
    reasons: [mixed ? edition.why.notMainlyBusiness : edition.why.privatePerson],
    termsUndercut: mixed && edition.wording.consumer === 'wholly-outside-business',
  }
}

/**
 * Whether a buyer can bind themselves, by their age in years. The agreement of a minor goes to a person, since a guardian must
 * have consented, unless they pay with means of their own: what they were given to use freely at any age, what they earned
 * themselves from 15. A buyer whose age nobody knows is taken to be of age. Source: vergemålsloven §§ 9 and 12.
 */
function legalCapacity(
  edition: Edition,
  {
    age = MAJORITY_AGE,
    ownMeans = false,
    earned = false,
  }: {
    age?: number
    ownMeans?: boolean
    /** Their own means are earned by work, and not given to them. */
    earned?: boolean
  },
): Ruling & {
  guardianConsentNeeded: boolean
} {
  if (age >= MAJORITY_AGE) return { ...granted(edition.why.ofAge), basis: 'statute', guardianConsentNeeded: false }
  if (ownMeans && (!earned || age >= EARNING_AGE))
    return { ...granted(edition.why.ownMeans), basis: 'statute', guardianConsentNeeded: false }
  return { ...review(edition.why.minor), basis: 'statute', guardianConsentNeeded: true }
}

export const customerRules = rulesOf(reasonsOf, { customerKind, legalCapacity })
