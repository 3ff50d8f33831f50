import { type Citation, granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 19–25; kjøpsloven §§ 22–28 for business customers. */
const reasonsOf = (because: Because) => {
  /** A reason by the law of the customer: sections of the Act for consumers, and of the one for businesses. */
  const byKind = (code: string, consumer: Citation, business: Citation): Record<CustomerKind, Reason> => ({
    consumer: because(code, 'impediment', consumer),
    business: because(code, 'impediment', business),
  })
  const test = (code: string) => byKind(code, forbrukerkjopsloven('§ 24'), kjopsloven('§ 27'))
  return {
    exempt: test('impediment'),
    toBeJudged: test('impediment-to-be-judged'),
    withinControl: test('within-control'),
    foreseeable: test('foreseeable'),
    avoidable: test('avoidable'),
    supplier: test('supplier-not-exempt'),
    ended: test('impediment-ended'),
    untold: byKind('customer-not-told', forbrukerkjopsloven('§ 25'), kjopsloven('§ 28')),
    damagesOnly: byKind('frees-from-damages-only', forbrukerkjopsloven('§ 19'), kjopsloven('§ 22')),
    rescission: byKind('rescission-kept', forbrukerkjopsloven('§ 23'), kjopsloven('§ 25')),
    paidBack: byKind('money-back-after-rescission', forbrukerkjopsloven('§ 49'), kjopsloven('§ 64')),
    withdrawal: because('withdrawal-and-refund-kept', 'impediment', angrerettloven('§ 3'), angrerettloven('§ 24')),
  }
}
type Edition = Under<typeof reasonsOf>

/** What terms commonly name. The list is of examples: other events free the seller too when they pass the test of the law. */
const NAMED_EVENTS: readonly string[] = ['strike', 'pandemic', 'supply-chain', 'act-of-government']

export type Impediment = {
  customerKind: CustomerKind
  /**
   * In kebab-case; those that the clause names are taken to lie beyond the seller's control unless told otherwise. Under terms
   * without the clause nothing is.
   */
  event: string
  beyondControl?: boolean
  /** Whether it could reasonably have been foreseen at the time of the contract. */
  foreseeable?: boolean
  /** Whether it, or what came of it, could have been avoided or overcome. */
  avoidable?: boolean
  /** For a delay at a supplier or carrier: whether that one would be exempt too. */
  supplierExempt?: boolean
  /** Whether the impediment has ended since. */
  ended?: boolean
  /** Whether the customer was told of it within a reasonable time. */
  customerTold?: boolean
}

/** A right that an impediment is held against. */
export type HeldAgainst = 'damages' | 'withdrawal' | 'refund' | 'rescission' | 'withholding-payment'

export type ImpedimentRuling = {
  /** Whether the seller is freed as far as is known, from damages and from nothing else. */
  exempt: boolean
  /** The customer's claim for damages by reason of the delay. */
  damages: Ruling
  /** The customer's right to cancel the purchase when an extra time has passed, or at once if the time was essential. */
  rescission: Ruling
  /** The customer's right to have paid back what they paid, once they withdrew or cancelled. */
  refund: Ruling
}

/**
 * An event beyond control that could be neither foreseen nor avoided frees the seller from damages for
 * as long as it lasts, if they tell the customer. It frees them from nothing else: the customer still cancels, withdraws,
 * holds back payment and has their money back. Terms that do not mention it leave all of that to the law. `exempt` goes by
 * what is known; where nobody has judged the event, a person does before a claim for damages is turned down. A seller who is
 * freed but told nobody answers for the loss that telling would have avoided, and for no other: how much that is a person
 * says (forbrukerkjøpsloven § 25, kjøpsloven § 28).
 */
function impediment(edition: Edition, facts: Impediment): ImpedimentRuling {
  const { customerKind: kind, foreseeable, avoidable } = facts
  const against = reasonsAgainst(edition, facts)
  const exempt = against.length === 0
  const reasons = [edition.why.exempt[kind], edition.why.damagesOnly[kind]]
  const judged = foreseeable === false && avoidable === false
  const onlyUntold = against.length === 1 && against[0] === edition.why.untold[kind]
  const claim = exempt
    ? judged
      ? refused(...reasons)
      : review(edition.why.toBeJudged[kind], ...reasons)
    : onlyUntold
      ? review(...against, ...reasons)
      : granted(...against)
  const refund =
    kind === 'consumer'
      ? granted(edition.why.withdrawal, edition.why.paidBack[kind])
      : granted(edition.why.paidBack[kind])
  return {
    exempt,
    damages: { ...claim, basis: edition.mentions('impediment') ? 'both' : 'statute' },
    rescission: { ...granted(edition.why.rescission[kind]), basis: 'statute' },
    refund: { ...refund, basis: 'statute' },
  }
}

function reasonsAgainst(edition: Edition, facts: Impediment) {
  const { customerKind: kind, event } = facts
  const { beyondControl = edition.mentions('impediment') && NAMED_EVENTS.includes(event) } = facts
  const against: Reason[] = []
  if (!beyondControl) against.push(edition.why.withinControl[kind])
  if (facts.foreseeable) against.push(edition.why.foreseeable[kind])
  if (facts.avoidable) against.push(edition.why.avoidable[kind])
  if (facts.supplierExempt === false) against.push(edition.why.supplier[kind])
  if (facts.ended) against.push(edition.why.ended[kind])
  if (facts.customerTold === false) against.push(edition.why.untold[kind])
  return against
}

/** Whether the seller may hold an impediment against a right of the customer's. */
const impedimentAllows = (edition: Edition, facts: Impediment, right: HeldAgainst): boolean =>
  right === 'damages' && impediment(edition, facts).exempt

export const impedimentRules = rulesOf(reasonsOf, { impediment, impedimentAllows })
