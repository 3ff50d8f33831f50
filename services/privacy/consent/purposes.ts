import { Type } from 'typebox'

/** What somebody may consent to. `third-party` is whoever the policy names as a recipient. */
export const purposes = [
  'newsletter',
  'profiling',
  'analytics-cookies',
  'marketing-cookies',
  'advertising-audience',
  'third-party',
] as const
export type Purpose = (typeof purposes)[number]

/** Stands in the suppression list for all direct marketing, which an objection ends whatever it is for (GDPR Art. 21(3)). */
export const ALL_MARKETING = 'all'
export type Suppressed = Purpose | typeof ALL_MARKETING

export const isCookie = (purpose: Purpose) => purpose.endsWith('-cookies')

export const PurposeName = Type.Unsafe<Purpose>(
  Type.Union(
    purposes.map((purpose) => Type.Literal(purpose)),
    { description: 'What for.' },
  ),
)
