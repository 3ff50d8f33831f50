import { granted, type Ruling, refused } from '../ruling/ruling.ts'
import { CONSENT_AGE, personopplysningsloven } from '../statute/personopplysningsloven.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because, type Cites, type Policy } from './policy.ts'

/** In years, where the law of the country sets none. Source: GDPR Art. 8(1). */
const DEFAULT_CONSENT_AGE = 16

/** In years, for countries that set one. One that is not listed here has 16, which asks for a guardian rather too often. */
const consentAges: Readonly<Record<string, number>> = {
  NO: CONSENT_AGE,
  BE: 13,
  DK: 15,
  FI: 13,
  FR: 15,
  GB: 13,
  SE: 13,
}

/** The age in years from which a child consents alone in a country (ISO 3166-1 alpha-2). Source: GDPR Art. 8(1). */
export const consentAge = (country: string): number => consentAges[country] ?? DEFAULT_CONSENT_AGE

/**
 * The day on which a person reaches an age. Who was born on 29 February reaches it on 1 March of a common year, since a child
 * is protected for a day too long rather than too short.
 */
export function ageReachedOn(bornOn: Temporal.PlainDate, age: number): Temporal.PlainDate {
  const birthday = bornOn.add({ years: age })
  return birthday.day === bornOn.day ? birthday : birthday.add({ days: 1 })
}

export type Minor = {
  /** Either the day of birth and the day of the act, or the age. */
  bornOn?: Temporal.PlainDate
  on?: Temporal.PlainDate
  age?: number
  /** Norway when left out. */
  country?: string
  guardianConsents?: boolean
}

/** `guardianNeeded` below `threshold` years, which is reached on `reachedOn`; a guardian’s consent is recorded. */
export type MinorRuling = Ruling & {
  threshold: number
  reachedOn?: Temporal.PlainDate
  guardianNeeded: boolean
  recordConsent: boolean
}

/**
 * Whether a young person’s own word is enough to give data or consent. The stricter of the policy’s age and that of the
 * country holds; below it a parent or guardian must consent. An age that nobody knows is taken as below.
 * Source: GDPR Art. 8(1)–(2), personopplysningsloven § 5 and the policy.
 */
export function minor(policy: Policy, facts: Minor): MinorRuling {
  const { country = 'NO', guardianConsents = false } = facts
  const threshold = Math.max(policy.minors?.age ?? 0, consentAge(country))
  const reachedOn = facts.bornOn && ageReachedOn(facts.bornOn, threshold)
  const guardianNeeded = !isOldEnough(facts, threshold)
  const cites: Cites = [
    gdpr('Art. 8(1)'),
    ...(country === 'NO' ? [personopplysningsloven('§ 5')] : []),
    ...(policy.minors?.cites ?? []),
  ]
  const found = { threshold, reachedOn, guardianNeeded, recordConsent: guardianNeeded && guardianConsents }
  if (!guardianNeeded) return { ...granted(because('old-enough', ...cites)), ...found }
  if (!guardianConsents) return { ...refused(because('guardian-must-consent', ...cites)), ...found }
  return { ...granted(because('guardian-consented', gdpr('Art. 8(2)'), gdpr('Art. 7(1)'), ...cites)), ...found }
}

function isOldEnough({ bornOn, on, age }: Minor, years: number) {
  if (bornOn !== undefined && on !== undefined) return Temporal.PlainDate.compare(ageReachedOn(bornOn, years), on) <= 0
  return age !== undefined && age >= years
}
