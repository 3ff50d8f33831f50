import { isDeepStrictEqual } from 'node:util'
import { because, type Cites, type Policy } from '@vilkar/terms/privacy/policy.ts'
import { placeOf, type Reason } from '@vilkar/terms/ruling/ruling.ts'
import { personvernforordningen as gdpr } from '@vilkar/terms/statute/personvernforordningen.ts'
import { isCookie, type Purpose, purposes } from '../consent/purposes.ts'

/** What differs between two editions: sections, by their places, and the purposes of which consents were given to something else. */
export type Difference = { sections: string[]; renewed: Purpose[]; reasons: Reason[] }

/** Recipients by their policy's name, of mails that people consent to. */
const NEWSLETTER = 'newsletter'

/** What a consent to a purpose was given to: the words of the sections that it rests on, and who gets what by it. */
function groundOf(policy: Policy, purpose: Purpose) {
  const isMail = purpose === 'newsletter' || purpose === 'profiling'
  const byConsent = policy.recipients.filter(({ basis }) => basis === 'consent')
  const recipients = isCookie(purpose)
    ? []
    : byConsent.filter(({ kind }) => (isMail ? kind === NEWSLETTER : kind !== NEWSLETTER))
  const rests: Cites | readonly [] = isCookie(purpose) ? policy.cookies : isMail ? policy.marketing : []
  const cited = [...rests, ...recipients.flatMap(({ cites }) => cites)]
  return {
    sections: [...new Set(cited.map(placeOf))].map((place) => policy.sections[place]),
    recipients: recipients.map(({ kind, names, minimum }) => ({ kind, names, minimum })),
  }
}

/**
 * How a policy differs from the one before it; without one, all of it is new. A consent is to what was said when it was given, so that it
 * does not stand where just that is said otherwise. Source: GDPR Art. 5(1)(a), 6(1)(a), 7(1).
 */
export function compare(before: Policy | undefined, after: Policy): Difference {
  const places = new Set([...Object.keys(before?.sections ?? {}), ...Object.keys(after.sections)])
  const sections = [...places].filter((place) => !isDeepStrictEqual(before?.sections[place], after.sections[place]))
  const renewed = purposes.filter(
    (purpose) => before === undefined || !isDeepStrictEqual(groundOf(before, purpose), groundOf(after, purpose)),
  )
  return { sections, renewed, reasons: [why.told, ...(renewed.length > 0 ? [why.anew] : [])] }
}

const why = {
  told: because('told-of-a-change', gdpr('Art. 5(1)(a)')),
  anew: because('consent-was-to-another-text', gdpr('Art. 6(1)(a)'), gdpr('Art. 7(1)')),
}
