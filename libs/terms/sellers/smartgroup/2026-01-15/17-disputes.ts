import type { Country } from '../../../calendar.ts'
import { citing } from '../../../ruling/citing.ts'
import type { CustomerKind, Reason } from '../../../ruling/ruling.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { forbrukerklageloven, mediatorOn, TRIBUNAL } from '../../../statute/forbrukerklageloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { platformWasOpenOn, regulation20243228 } from '../../../statute/online-dispute-resolution.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 17, as printed. Legal basis: forbrukerklageloven §§ 1–3; forbrukerkjøpsloven § 3; kjøpsloven § 87. */
export const text = {
  '17.1': 'Norwegian law governs these terms.',
  '17.2': 'As a consumer you may turn to the Norwegian Consumer Council (Forbrukerrådet).',
  '17.3':
    'Disputes with business customers go to the Norwegian courts, with Oslo District Court as the venue, unless mandatory rules say otherwise.',
} as const

const because = citing(EDITION, text)

const why = {
  law: because('norwegian-law', '17.1'),
  mediator: because('mediation', '17.2', forbrukerklageloven('§ 1'), forbrukerklageloven('§ 2')),
  tribunal: because('tribunal', '17.2', forbrukerklageloven('§ 3')),
  namedForAdvice: because('named-body-advises', '17.2', forbrukerklageloven('§ 2')),
  ownLaw: because('own-mandatory-rules-kept', '17.1', forbrukerkjopsloven('§ 3')),
  venue: because('oslo-district-court', '17.3'),
  convention: because('international-sale', '17.1', kjopsloven('§ 87')),
  platformClosed: because('platform-closed', regulation20243228('Art. 1')),
  platformOpen: because('platform-open', regulation20243228('Art. 1')),
}

const NORWAY = 'NO'
/** Whom clause 17.2 names. He gives consumers advice; what mediates is what the law says on the day. */
const NAMED = 'Forbrukerrådet'

export type Dispute = {
  customerKind: CustomerKind
  /** Where the customer lives or has his business. */
  country?: Country
  /** The day of the question; left out, the first day of the edition. */
  on?: Temporal.PlainDate
}

export type DisputeRoute = {
  law: 'norwegian'
  /** A consumer abroad keeps what the law of his own country makes mandatory. */
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

/** Clauses 17.1–17.3, as code: where a dispute goes and by which law. */
export function dispute({ customerKind, country = NORWAY, on = firstDay() }: Dispute): DisputeRoute {
  const abroad = country !== NORWAY
  if (customerKind === 'business') {
    const reasons = [why.law, ...(abroad ? [why.convention] : []), why.venue]
    return {
      law: 'norwegian',
      keepsOwnMandatoryRules: false,
      unConvention: abroad,
      venue: 'oslo-district-court',
      reasons,
    }
  }
  const mediator = mediatorOn(on)!
  const termsNameAnother = mediator !== NAMED
  return {
    law: 'norwegian',
    keepsOwnMandatoryRules: abroad,
    unConvention: false,
    mediator,
    tribunal: TRIBUNAL,
    named: NAMED,
    termsNameAnother,
    reasons: [
      why.law,
      ...(abroad ? [why.ownLaw] : []),
      why.mediator,
      why.tribunal,
      ...(termsNameAnother ? [why.namedForAdvice] : []),
    ],
  }
}

const firstDay = () => Temporal.PlainDate.from(parameters.inForceFrom)

/** Whether terms and mails may point to the Union's platform for online disputes: not any more since it closed. */
export function platformLink(on: Temporal.PlainDate = firstDay()): { allowed: boolean; reasons: Reason[] } {
  const allowed = platformWasOpenOn(on) ?? false
  return { allowed, reasons: [allowed ? why.platformOpen : why.platformClosed] }
}
