import { type Country, isNorway } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { forbrukerklageloven, mediatorOn, TRIBUNAL } from '../statute/forbrukerklageloven.ts'
import { followsUnConvention, kjopsloven } from '../statute/kjopsloven.ts'
import { platformWasOpenOn, regulation20243228 } from '../statute/online-dispute-resolution.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerklageloven §§ 1–3; forbrukerkjøpsloven § 3; kjøpsloven §§ 5 and 87. */
const reasonsOf = (because: Because) => ({
  law: because('norwegian-law', 'governing-law'),
  mediator: because('mediation', 'consumer-mediator', forbrukerklageloven('§ 1'), forbrukerklageloven('§ 2')),
  tribunal: because('tribunal', 'consumer-mediator', forbrukerklageloven('§ 3')),
  namedForAdvice: because('named-body-advises', 'consumer-mediator', forbrukerklageloven('§ 2')),
  ownLaw: because('own-mandatory-rules-kept', 'governing-law', forbrukerkjopsloven('§ 3')),
  venue: because('oslo-district-court', 'business-venue'),
  convention: because('international-sale', 'governing-law', kjopsloven('§ 5'), kjopsloven('§ 87')),
  nordic: because('nordic-sale', 'governing-law', kjopsloven('§ 5')),
  platformClosed: because('platform-closed', regulation20243228('Art. 1')),
  platformOpen: because('platform-open', regulation20243228('Art. 1')),
})
type Edition = Under<typeof reasonsOf>

const NORWAY = 'NO'
/** Whom the terms name, which may be a body that only advises; what mediates is what the law says on the day. */
const NAMES = { forbrukertilsynet: 'Forbrukertilsynet', forbrukerrådet: 'Forbrukerrådet' } as const

export type Dispute = {
  customerKind: CustomerKind
  /** Where the customer lives or has their business. */
  country?: Country
  /** The day of the question; left out, the first day of the edition. */
  on?: Temporal.PlainDate
}

export type DisputeRoute = {
  law: 'norwegian'
  /** A consumer abroad keeps what the law of their own country makes mandatory. */
  keepsOwnMandatoryRules: boolean
  /** The UN convention on the international sale of goods is part of the law that holds. */
  unConvention: boolean
  /** For consumers: who mediates, who decides after that, whom the terms name, and whether they name another than the law. */
  mediator?: string
  tribunal?: string
  named?: string
  termsNameAnother?: boolean
  /** For businesses. */
  venue?: 'oslo-district-court'
  reasons: Reason[]
}

/** Where a dispute goes and by which law. */
function dispute(edition: Edition, { customerKind, country = NORWAY, on = firstDay(edition) }: Dispute): DisputeRoute {
  const abroad = !isNorway(country)
  if (customerKind === 'business') {
    const unConvention = followsUnConvention(country)
    const international = unConvention ? edition.why.convention : edition.why.nordic
    const reasons = [edition.why.law, ...(abroad ? [international] : []), edition.why.venue]
    return {
      law: 'norwegian',
      keepsOwnMandatoryRules: false,
      unConvention,
      venue: 'oslo-district-court',
      reasons,
    }
  }
  const mediator = mediatorOn(on)!
  const named = NAMES[edition.wording.mediator]
  const termsNameAnother = mediator !== named
  return {
    law: 'norwegian',
    keepsOwnMandatoryRules: abroad,
    unConvention: false,
    mediator,
    tribunal: TRIBUNAL,
    named,
    termsNameAnother,
    reasons: [
      edition.why.law,
      ...(abroad ? [edition.why.ownLaw] : []),
      edition.why.mediator,
      edition.why.tribunal,
      ...(termsNameAnother ? [edition.why.namedForAdvice] : []),
    ],
  }
}

const firstDay = (edition: Edition) => Temporal.PlainDate.from(edition.figures.inForceFrom)

/** Whether terms and mails may point to the Union's platform for online disputes: not any more since it closed. */
function platformLink(
  edition: Edition,
  on: Temporal.PlainDate = firstDay(edition),
): { allowed: boolean; reasons: Reason[] } {
  const allowed = platformWasOpenOn(on) ?? false
  return { allowed, reasons: [allowed ? edition.why.platformOpen : edition.why.platformClosed] }
}

export const disputesRules = rulesOf(reasonsOf, { dispute, platformLink })
