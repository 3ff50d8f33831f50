import type { Locale } from '../ruling/vocabulary.ts'
import type { Cites, Finding } from './policy.ts'

export type Both = Readonly<Record<Locale, string>>
/** The letter of GDPR Art. 6(1). */
export type Ground = 'a' | 'b' | 'c' | 'd' | 'e' | 'f'

/** What data are used for, as a policy says it; without a ground where it names none. */
export type Use = { purpose: Both; ground?: Ground; cites: Cites }

/** A category of a policy as an activity. Where the policy is silent `findings` says so. */
export type Activity = {
  uses: readonly Use[]
  subjects?: { who: Both; cites: Cites }
  findings: readonly Finding[]
}

/** What a company does for others, who decide: GDPR Art. 30(2). */
export type OnBehalf = {
  controllers: Both
  /** Of the categories that it keeps, those that it keeps for them. */
  categories: readonly string[]
  processing: readonly { what: Both; cites: Cites }[]
  cites: Cites
  findings: readonly Finding[]
}

/**
 * What the record of processing says beside a policy: no promise of it but our reading, so that it stands apart and the hash of an edition
 * does not cover it. Source: GDPR Art. 30(1)(b)–(c) and (2).
 */
export type Activities = {
  byCategory: Readonly<Record<string, Activity>>
  /** What the policy uses data for without saying which of what is kept. */
  further: readonly Use[]
  onBehalf?: OnBehalf
}

/** A use, in both languages. */
export const use = (ground: Ground | undefined, en: string, nb: string, ...cites: Cites): Use => ({
  purpose: { en, nb },
  ...(ground && { ground }),
  cites,
})

/** Whom data are about, in both languages. */
export const about = (en: string, nb: string, ...cites: Cites) => ({ who: { en, nb }, cites })
