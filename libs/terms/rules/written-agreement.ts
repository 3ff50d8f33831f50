import type { AgreedChanges } from '../ruling/agreed.ts'
import { granted, type Reason, type Ruling, refused } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven, WITHDRAWAL_DAYS } from '../statute/angrerettloven.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { forbrukerkjopsloven, LONG_LIVED_YEARS, ORDINARY_YEARS } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: angrerettloven §§ 3, 9, 21 and 25; forbrukerkjøpsloven §§ 3 and 27; kjøpsloven § 3. */
const reasonsOf = (because: Because) => ({
  consumer: because('agreed-within-the-law', 'written-agreement', angrerettloven('§ 3'), forbrukerkjopsloven('§ 3')),
  business: because('agreed-freely', 'written-agreement', kjopsloven('§ 3')),
  fewerDays: because(
    'agreement-undercuts-withdrawal',
    'consumer-rights-kept',
    angrerettloven('§ 3'),
    angrerettloven('§ 21'),
  ),
  cost: because(
    'agreement-undercuts-return-cost',
    'consumer-rights-kept',
    angrerettloven('§ 3'),
    angrerettloven('§ 9'),
    angrerettloven('§ 25'),
  ),
  fewerYears: because(
    'agreement-undercuts-complaint-limit',
    'consumer-rights-kept',
    forbrukerkjopsloven('§ 3'),
    forbrukerkjopsloven('§ 27'),
  ),
  agreed: because('agreed-in-writing', 'written-agreement'),
  beyond: because('beyond-duty', 'consumer-rights-kept', avtaleloven('§ 1')),
})
type Edition = Under<typeof reasonsOf>

/** What is to be agreed, with whom, and what of the order it would have to stand against. */
export type WrittenAgreement = {
  customerKind: CustomerKind
  changes: AgreedChanges
  /** Whether the customer was told before the purchase that the way back is theirs to pay. */
  returnCostDisclosed: boolean
  /** Whether any of the goods is meant to last considerably longer, or nobody has judged that. */
  longLived: boolean
}

/** A change that gives a consumer less than the law, and what would be allowed instead. */
export type Undercut = {
  change: keyof AgreedChanges
  allowed: { atLeast: number } | { only: 'seller' }
  reasons: Reason[]
}
export type WrittenAgreementRuling = Ruling & { undercuts: Undercut[] }

/**
 * Whether something may be agreed with one customer instead of what the terms say (clause 3). Towards a consumer nothing is
 * that gives less than the law; what the law leaves open, such as the offer of clause 9 or the day of delivery
 * (forbrukerkjøpsloven § 6), is theirs and the seller's to agree on. A business agrees on what it will (kjøpsloven § 3).
 */
function writtenAgreement(edition: Edition, facts: WrittenAgreement): WrittenAgreementRuling {
  const { customerKind, changes, returnCostDisclosed, longLived } = facts
  const { withdrawalDays, complaintYears, returnCost } = changes
  const { consumer, business, fewerDays, fewerYears, cost } = edition.why
  if (customerKind === 'business') return { ...granted(...(business ? [business] : [])), basis: 'terms', undercuts: [] }
  const undercuts: Undercut[] = []
  if (withdrawalDays !== undefined && withdrawalDays < WITHDRAWAL_DAYS)
    undercuts.push({ change: 'withdrawalDays', allowed: { atLeast: WITHDRAWAL_DAYS }, reasons: [fewerDays] })
  const years = longLived ? LONG_LIVED_YEARS : ORDINARY_YEARS
  if (complaintYears !== undefined && complaintYears < years)
    undercuts.push({ change: 'complaintYears', allowed: { atLeast: years }, reasons: [fewerYears] })
  if (returnCost === 'customer' && !returnCostDisclosed)
    undercuts.push({ change: 'returnCost', allowed: { only: 'seller' }, reasons: [cost] })
  return undercuts.length > 0
    ? { ...refused(...undercuts.flatMap(({ reasons }) => reasons)), basis: 'statute', undercuts }
    : { ...granted(consumer), basis: 'both', undercuts }
}

/** Why what was agreed holds: the clause that lets it, if the edition has one, and the agreement itself, in words of ours. */
const agreedInWriting = (
  edition: Edition,
  { agreementId, agreedOn, text }: { agreementId: string; agreedOn: string; text: string },
): { reasons: [Reason] } => ({
  reasons: [
    {
      code: 'agreed-in-writing',
      cites: [...(edition.why.agreed?.cites ?? []), { agreement: agreementId, agreedOn, text }],
    },
  ],
})

/** Why the seller gives what the rules refuse: they promised it in writing, in the customer's favour. */
const decidedOtherwise = (
  edition: Edition,
  { overrideId, decidedOn }: { overrideId: string; decidedOn: string },
): { reasons: [Reason] } => {
  const text = 'The seller decided otherwise than the rules, in favour of the customer.'
  const cites = [...(edition.why.agreed?.cites ?? []), { agreement: overrideId, agreedOn: decidedOn, text }]
  return { reasons: [{ code: 'decided-otherwise', cites }] }
}

/** What the seller gives beyond duty binds them as any promise does, and takes nothing from what the law gives. */
const beyondDuty = (edition: Edition): { reasons: Reason[] } => ({ reasons: [edition.why.beyond] })

export const writtenAgreementRules = rulesOf(reasonsOf, {
  writtenAgreement,
  agreedInWriting,
  decidedOtherwise,
  beyondDuty,
})
