import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because } from './policy.ts'
import type { Breach } from './requests.ts'

/** What is known of a breach and has to be told. Words are of whoever handles it. */
export type BreachFacts = {
  /** What happened: the nature of it. */
  nature?: string
  /** Which kinds of data and of people, such as `contact` or `customers`. */
  categories?: readonly string[]
  /** About how many people; undefined while nobody knows. */
  people?: number
  /** Where more is had. */
  contact?: string
  consequences?: string
  measures?: string
}
export type BreachPart = keyof BreachFacts

const toAuthority: readonly BreachPart[] = ['nature', 'categories', 'people', 'contact', 'consequences', 'measures']
const toPeople: readonly BreachPart[] = ['nature', 'contact', 'consequences', 'measures']

const missingOf = (parts: readonly BreachPart[], facts: BreachFacts) =>
  parts.filter((part) => {
    const known = facts[part]
    return known === undefined || known === '' || (Array.isArray(known) && known.length === 0)
  })

/**
 * What a notice of a breach must say, and which of it is not known yet: the notice goes in time all the same, and the rest follows
 * in phases. Nobody is told of what is no risk. Source: GDPR Art. 33(3)–(4), 34(2).
 */
export const breachNotice = (risk: Breach['risk'], facts: BreachFacts) => ({
  authority:
    risk === 'none'
      ? undefined
      : { says: toAuthority, missing: missingOf(toAuthority, facts), reasons: [why.authority] },
  people: risk === 'high' ? { says: toPeople, missing: missingOf(toPeople, facts), reasons: [why.people] } : undefined,
})

const why = {
  authority: because('what-the-authority-is-told', gdpr('Art. 33(3)'), gdpr('Art. 33(4)')),
  people: because('what-people-are-told', gdpr('Art. 34(2)')),
}
