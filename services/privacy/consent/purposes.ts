import { Type } from 'typebox'

/**
 * What somebody may consent to. `third-party` is whoever the policy names as a recipient. `membership`: an organisation may ask for a
 * child’s data when they join, with clear consent of a guardian (SmartOrg, “Children”; GDPR Art. 8(1)); of others it rests on the agreement.
 */
export const purposes = [
  'newsletter',
  'profiling',
  'analytics-cookies',
  'marketing-cookies',
  'advertising-audience',
  'third-party',
  'membership',
] as const
export type Purpose = (typeof purposes)[number]

/** Stands in the suppression list for all direct marketing, which an objection ends whatever it is for (GDPR Art. 21(3)). */
export const ALL_MARKETING = 'all'
export type Suppressed = Purpose | typeof ALL_MARKETING

export const isCookie = (purpose: Purpose) => purpose.endsWith('-cookies')
/** Whether it is a way of reaching people, which an objection ends and a list remembers. */
export const isMarketing = (purpose: Purpose) => purpose !== 'membership' && !isCookie(purpose)

export const PurposeName = Type.Unsafe<Purpose>(
  Type.Union(
    purposes.map((purpose) => Type.Literal(purpose)),
    { description: 'What for.' },
  ),
)
