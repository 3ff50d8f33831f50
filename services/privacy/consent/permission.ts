import { cookie, electronicMarketing, profiling } from '@vilkar/terms/privacy/marketing.ts'
import { because, type Policy } from '@vilkar/terms/privacy/policy.ts'
import { sharing } from '@vilkar/terms/privacy/sharing.ts'
import { granted, type Ruling, refused } from '@vilkar/terms/ruling/ruling.ts'
import { personvernforordningen as gdpr } from '@vilkar/terms/statute/personvernforordningen.ts'
import type { Purpose } from './purposes.ts'
import { type Standing, standsFor } from './standing.ts'

export type Question = {
  purpose: Purpose
  /** The mail is about goods of the kind that was bought. */
  similarGoods?: boolean
  /** Who is to get it, by name or by kind as in the policy. */
  recipient?: string
}

export type Known = Standing & {
  /** Of a sale with which the address came; undefined when there was none. */
  sale?: { optOutOffered: boolean }
  /** The person’s data are only stored: they asked for that, or for erasure, and something of them stays. */
  restricted?: boolean
  /** Noted as younger than who may consent alone. */
  child: boolean
  /** For cookies: undefined before any choice. */
  accepted?: boolean
}

/**
 * Whether something may be done with what is known of a person, and why. Of a child nothing is used but for their order, unless a
 * guardian consented to this very purpose. Source: libs/terms/privacy; GDPR Art. 8(1).
 */
export function permission(policy: Policy, { purpose, similarGoods, recipient }: Question, known: Known): Ruling {
  const { consent, optedOut, restricted } = known
  if (restricted && !consent) return refused(because('only-stored', gdpr('Art. 18(2)')))
  if (known.child && !standsFor(known, true))
    return refused(because('child', gdpr('Art. 8(1)'), ...(policy.minors?.cites ?? [])))
  switch (purpose) {
    case 'newsletter':
      return electronicMarketing({
        ...{ policy, consent, optedOut, similarGoods },
        existingCustomer: known.sale !== undefined,
        optOutOffered: known.sale?.optOutOffered,
      })
    case 'profiling':
      return profiling({ policy, consent, optedOut })
    case 'analytics-cookies':
    case 'marketing-cookies':
      return cookie({ policy, category: purpose, accepted: consent || known.accepted })
    case 'advertising-audience':
    case 'third-party':
      return shared(policy, recipient ?? 'advertising', known)
    case 'membership':
      return membership(policy, consent)
  }
}

/** Who is old enough is a member by the agreement with the organisation, where the policy knows organisations. */
function membership({ roles }: Policy, consent: boolean): Ruling {
  if (consent) return granted(because('consented', gdpr('Art. 6(1)(a)'), gdpr('Art. 8(1)')))
  if (roles.membership) return granted(because('old-enough', ...roles.membership.cites, gdpr('Art. 6(1)(b)')))
  return refused(because('no-consent', gdpr('Art. 6(1)(a)')))
}

function shared(policy: Policy, recipient: string, { consent, optedOut }: Standing): Ruling {
  if (optedOut) return refused(because('opted-out', gdpr('Art. 21(2)–(3)'), ...policy.marketing))
  const { outcome, reasons } = sharing(policy, { recipients: [recipient], consent })
  return { outcome, reasons }
}
