import type { Period } from '../calendar.ts'
import { byLaw } from '../ruling/citing.ts'
import type { Citation, Reason } from '../ruling/ruling.ts'
import type { Locale } from '../ruling/vocabulary.ts'
import { citer } from '../statute/act.ts'

/** At least one: nothing is said about personal data without naming who says so. */
export type Cites = readonly [Citation, ...Citation[]]

/** What a privacy policy says of who holds personal data, what of, for how long and for whom, as far as it can be computed. */
export type Policy = {
  id: string
  /** As printed, or undefined when the policy bears none. */
  version?: string
  controller: { name: string; country: string; organisationNumber?: string }
  /** Where requests go. */
  contact: string
  authorities: readonly string[]
  /** All that it says, whether a rule keeps it or not. */
  sections: PolicySections
  /** By category of data; of several rules for one the first that fits the facts holds. */
  retention: Readonly<Record<string, readonly RetentionRule[]>>
  erasure: ErasureRule
  /** The age in years below which a parent or guardian must take part; undefined where the policy is silent. */
  minors?: { age: number; cites: Cites }
  rights: Readonly<Record<Right, Cites>>
  /** By purpose. A purpose that is not listed is the controller's own. */
  roles: Readonly<Record<string, RoleSplit>>
  recipients: readonly Recipient[]
  marketing: Cites
  /** Where the policy has marketing go by consent alone, also to who bought something. */
  marketingByConsent?: Cites
  /**
   * Mail to a mailbox by which marketing is left, where the policy names one: with this subject, in our reading in any letters, or in any
   * words where it asks for none.
   */
  optOut?: { mailbox: string; subject?: string; cites: Cites }
  cookies: Cites
  findings: readonly Finding[]
}

export type Right =
  | 'access'
  | 'rectify'
  | 'erase'
  | 'restrict'
  | 'object'
  | 'portability'
  | 'withdraw-consent'
  | 'answer'
  | 'identity'

/** What can start a period of keeping. */
export type Event =
  | 'document'
  | 'delivered'
  | 'activity'
  | 'login'
  | 'lastOrder'
  | 'newOrder'
  | 'lastContact'
  | 'caseClosed'
  | 'consentEnded'
  | 'unsubscribed'
  | 'visitEnded'
  | 'accountDeleted'
  | 'ordered'
  | 'saved'
  | 'uploaded'
  | 'transaction'
  | 'purposeEnded'

/** Why data are kept by law, whatever the policy says. */
export type Duty = 'bookkeeping' | 'bookkeeping-secondary' | 'bookkeeping-belgian' | 'anti-laundering' | 'complaints'

export type Keep =
  | { period: Period }
  | { hours: number }
  /** A span; `usually` is the end of it that we use. */
  | { min: Period; max: Period; usually: 'min' | 'max' | 'max-when-order-linked' }
  /** Gone with the event. `suppression` keeps a hash of the address, so that the wish is honoured from then on. */
  | { atOnce: true; suppression: boolean }
  /** Without undue delay, for which `target` is our own measure; `backups` says how copies follow. */
  | { target: Period; backups: string }
  /** As long as the duties of the rule say, no longer. */
  | { asDuties: true }
  /** The policy leaves it to another document. */
  | { see: string }

export type RetentionRule = {
  /** The latest of those that happened starts the period; the rule fits when one did, or when none is listed. */
  from: readonly Event[]
  /** Fits accounts only. */
  accountOnly?: true
  /** Starts the period again if it comes before the end. */
  extendedBy?: Event
  keep: Keep
  duties?: readonly Duty[]
  /** Fields that a law at the controller's seat says to keep stay as long as it says. */
  otherLaw?: true
  cites: Cites
}

/** What goes when a person asks for erasure; what is `neededWhileOpen` stays while an order or a dispute does. */
export type ErasureRule = { takes: readonly { data: string; neededWhileOpen?: true }[]; cites: Cites }

/** Who decides and who acts on behalf. `seller` is the controller named in the policy, `organisation` its customer. */
export type RoleSplit = {
  controller: 'seller' | 'organisation'
  processor: string
  /** What stands in the way of erasing it on request. */
  duties?: readonly Duty[]
  cites: Cites
}

export type Recipient = {
  kind: string
  names: readonly string[]
  basis: 'contract' | 'legal-obligation' | 'legitimate-interest' | 'consent'
  /** The fields that are enough. */
  minimum: readonly string[]
  cites: Cites
}

/** Where a policy falls short of the law or of itself, in one sentence of each language. */
export type Finding = Reason & { finding: Readonly<Record<Locale, string>> }

/** A section of a policy in our own words. */
export type PolicySection = { title: Record<Locale, string> } & Record<Locale, string>
/** By its place, such as `§ 11`, in the order of the policy. */
export type PolicySections = Readonly<Record<string, PolicySection>>

/** A privacy policy as its sections, each with what it says in our own words. A section not listed cannot be cited: it does not compile. */
export const policyText = <const Listed extends PolicySections>(
  name: Record<Locale, string>,
  sections: Listed,
  url?: string,
) =>
  Object.assign(citer(name, sections, url === undefined ? undefined : () => url), {
    sections: sections as PolicySections,
  })

/** A reason that rests on sections of law and of policies. */
export const because = (code: string, ...cites: Cites): Reason => byLaw(code, ...cites)

/** A finding about a policy. */
export const finding = (code: string, says: Readonly<Record<Locale, string>>, ...cites: Cites): Finding => ({
  ...because(code, ...cites),
  finding: says,
})
