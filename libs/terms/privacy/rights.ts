import { granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import { belgianVatCode } from '../statute/belgian-vat-code.ts'
import { bokforingsloven } from '../statute/bokforingsloven.ts'
import { hvitvaskingsloven } from '../statute/hvitvaskingsloven.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because, type Duty, type Policy } from './policy.ts'

export type Objection = {
  policy?: Policy
  /** What the data are used for. */
  purpose: 'direct-marketing' | 'legitimate-interest' | 'contract' | 'legal-obligation' | 'consent'
}

/** `balancing` says that a person weighs interests; until then the data are only stored. */
export type ObjectionRuling = Ruling & { balancing: boolean; effective: 'immediately' | 'never' }

/**
 * The right to object: without a condition against direct marketing, weighed where the ground is a balance of interests,
 * and none where the ground is another. Source: GDPR Art. 21(1)–(3), 18(1)(d).
 */
export function objection({ policy, purpose }: Objection): ObjectionRuling {
  const says = policy?.rights.object ?? []
  if (purpose === 'direct-marketing')
    return {
      ...granted(because('objection-to-marketing-ends-it', gdpr('Art. 21(2)–(3)'), ...says)),
      balancing: false,
      effective: 'immediately',
    }
  if (purpose === 'legitimate-interest')
    return {
      ...review(because('objection-is-weighed', gdpr('Art. 21(1)'), gdpr('Art. 18(1)(d)'), ...says)),
      balancing: true,
      effective: 'immediately',
    }
  return {
    ...refused(because('ground-knows-no-objection', gdpr('Art. 21(1)'), ...says)),
    balancing: false,
    effective: 'never',
  }
}

/** Consent ends when it is withdrawn, by a way as easy as the one by which it was given. Source: GDPR Art. 7(3). */
export const withdrawalOfConsent = (policy?: Policy): Ruling & { effective: 'immediately'; asEasyAsGiving: true } => ({
  ...granted(because('consent-withdrawn', gdpr('Art. 7(3)'), ...(policy?.rights['withdraw-consent'] ?? []))),
  effective: 'immediately',
  asEasyAsGiving: true,
})

export type Routing = {
  controller: 'seller' | 'organisation'
  /** The party that acts for the controller; undefined when the policy names none. */
  processor?: string
  /** What the seller of the policy is for this purpose. */
  ownRole: 'controller' | 'processor' | 'both'
  /** Whether a request for erasure takes the data now; `duties` are what keeps them. */
  erase: boolean
  duties: readonly Duty[]
  reasons: Reason[]
}

/**
 * Who answers for data of a purpose, and so where a request about them goes. A purpose that the policy does not split, or
 * that nobody knows, is the seller’s: whoever receives a request may pass it on, never turn it away.
 * Source: the policy; GDPR Art. 4(7)–(8), 28(3).
 */
export function routing(policy: Policy, purpose: string): Routing {
  const split = Object.hasOwn(policy.roles, purpose) ? policy.roles[purpose] : undefined
  if (split === undefined)
    return {
      controller: 'seller',
      ownRole: 'controller',
      erase: true,
      duties: [],
      reasons: [because('seller-is-controller', gdpr('Art. 4(7)–(8)'), ...policy.rights.answer)],
    }
  const { controller, processor, duties = [], cites } = split
  return {
    controller,
    processor,
    ownRole: ownRoleOf(controller, policy.controller.name.startsWith(processor)),
    erase: duties.length === 0,
    duties,
    reasons: [because('role-by-purpose', ...cites, gdpr('Art. 4(7)–(8)')), ...duties.map((duty) => whyKept[duty])],
  }
}

/** Of categories that are called otherwise than what they are used for: the register of members is for the membership. */
const purposes: Readonly<Record<string, string>> = { member: 'membership' }

/** Who decides about data of a category: the seller of the policy, or the organisation for which it keeps them (GDPR Art. 28(3)(a)). */
export const routingOf = (policy: Policy, category: string) => routing(policy, purposes[category] ?? category)

const ownRoleOf = (controller: Routing['controller'], actsItself: boolean) =>
  controller === 'organisation' ? 'processor' : actsItself ? 'both' : 'controller'

const bookkeeping = because('bookkeeping', bokforingsloven('§ 13'), gdpr('Art. 17(3)(b)'))
const whyKept: Readonly<Record<Duty, Reason>> = {
  bookkeeping,
  'bookkeeping-secondary': bookkeeping,
  'bookkeeping-belgian': because('bookkeeping', belgianVatCode('Art. 60 § 4'), gdpr('Art. 17(3)(b)')),
  'anti-laundering': because('anti-laundering', hvitvaskingsloven('§ 30'), gdpr('Art. 17(3)(b)')),
  complaints: because('complaints', gdpr('Art. 17(3)(e)')),
}
