import { granted, type Ruling, refused } from '../ruling/ruling.ts'
import { ekomloven } from '../statute/ekomloven.ts'
import { markedsforingsloven } from '../statute/markedsforingsloven.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because, type Cites, type Policy } from './policy.ts'

export type Marketing = {
  policy?: Policy
  consent?: boolean
  /** The person bought something, and the address came with the sale. */
  existingCustomer?: boolean
  /** The mail is about the seller’s own goods of the kind that was bought. */
  similarGoods?: boolean
  /** An easy and free way to opt out was offered when the address was taken, and is in the mail. */
  optOutOffered?: boolean
  /** The person unsubscribed, objected or withdrew consent, at any address and in any words. */
  optedOut?: boolean
}

/**
 * Whether marketing may be sent by email or text message. What nobody knows counts as not given, and the ground that a
 * policy names does not make up for it; a policy may promise to ask customers too. Source: markedsføringsloven § 15; GDPR Art. 21(2)–(3).
 */
export function electronicMarketing(facts: Marketing): Ruling {
  const { policy, consent, existingCustomer, similarGoods, optOutOffered, optedOut } = facts
  const law: Cites = [markedsforingsloven('§ 15'), ...(policy?.marketing ?? [])]
  if (optedOut) return refused(because('opted-out', gdpr('Art. 21(2)–(3)'), ...law))
  if (consent) return granted(because('consented', ...law, gdpr('Art. 6(1)(a)')))
  if (policy?.marketingByConsent) return refused(because('no-consent', ...policy.marketingByConsent, ...law))
  if (!existingCustomer) return refused(because('no-consent', ...law))
  if (!similarGoods) return refused(because('goods-not-similar', ...law))
  if (!optOutOffered) return refused(because('no-way-to-opt-out', ...law))
  return granted(because('existing-customer-similar-goods', ...law))
}

export type Cookie = {
  policy?: Policy
  /** What it is for; only `necessary` is for what the user asked for. */
  category: string
  /** Undefined before the choice. */
  accepted?: boolean
}

/**
 * Whether a cookie, or anything like it, may be set or read: when it is strictly necessary, or after consent and until that is
 * withdrawn. Source: ekomloven § 3-15; GDPR Art. 7.
 */
export function cookie({ policy, category, accepted }: Cookie): Ruling {
  const law: Cites = [ekomloven('§ 3-15'), ...(policy?.cookies ?? [])]
  if (category === 'necessary') return granted(because('strictly-necessary', ...law))
  if (accepted) return granted(because('consented', ...law, gdpr('Art. 7(1)')))
  return refused(because(accepted === undefined ? 'no-choice-yet' : 'declined', ...law))
}

export type Profiling = Pick<Marketing, 'policy' | 'consent' | 'optedOut'>

/**
 * Whether interests and needs may be derived from what is known of a person, to make marketing fit: only with their consent, whatever
 * else a policy rests marketing on. Source: GDPR Art. 6(1)(a), 21(2)–(3).
 */
export function profiling({ policy, consent, optedOut }: Profiling): Ruling {
  const law: Cites = [gdpr('Art. 6(1)(a)'), ...(policy?.marketing ?? [])]
  if (optedOut) return refused(because('opted-out', gdpr('Art. 21(2)–(3)'), ...law))
  return consent ? granted(because('consented', ...law, gdpr('Art. 7(1)'))) : refused(because('no-consent', ...law))
}
