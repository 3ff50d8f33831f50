import { granted, type Ruling, refused } from '../ruling/ruling.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because, type Policy, type Recipient } from './policy.ts'

export type Sharing = {
  /** Names as in the policy, or one of its kinds, such as `carrier`. All of them must be of one kind. */
  recipients: readonly string[]
  /** For recipients that need consent. */
  consent?: boolean
  /** What is to be shared; all of it must be within the minimum. */
  fields?: readonly string[]
}

/** `minimum` are the fields that are enough; `excess` those that were asked for beyond it. */
export type SharingRuling = Ruling & { recipient?: Recipient; minimum: readonly string[]; excess: readonly string[] }

/**
 * Whether data may go to somebody: only to a kind of recipient that the policy names, on its ground, and no more than it
 * needs. Source: the policy; GDPR Art. 5(1)(c), 6(1), 13(1)(e), 28(3).
 */
export function sharing(policy: Policy, { recipients, consent, fields = [] }: Sharing): SharingRuling {
  const recipient = policy.recipients.find(
    (known) => recipients.length > 0 && recipients.every((name) => is(known, name)),
  )
  if (recipient === undefined)
    return {
      ...refused(because('recipient-not-named', gdpr('Art. 13(1)(e)'), gdpr('Art. 6(1)'))),
      minimum: [],
      excess: [],
    }

  const { basis, minimum, cites } = recipient
  const excess = fields.filter((field) => !minimum.includes(field))
  const found = { recipient, minimum, excess }
  if (basis === 'consent' && !consent)
    return { ...refused(because('no-consent-to-sharing', ...cites, gdpr('Art. 6(1)(a)'))), ...found }
  if (excess.length > 0) return { ...refused(because('more-than-needed', ...cites, gdpr('Art. 5(1)(c)'))), ...found }
  return { ...granted(because('shared-as-needed', ...cites, gdpr(grounds[basis]), gdpr('Art. 5(1)(c)'))), ...found }
}

const grounds = {
  contract: 'Art. 6(1)(b)',
  'legal-obligation': 'Art. 6(1)(c)',
  'legitimate-interest': 'Art. 6(1)(f)',
  consent: 'Art. 6(1)(a)',
} as const

const is = ({ kind, names }: Recipient, name: string) =>
  [kind, ...names].some((known) => known.toLowerCase() === name.trim().toLowerCase())
