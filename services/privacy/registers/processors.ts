import { because, type Policy } from '@vilkar/terms/privacy/policy.ts'
import { personvernforordningen as gdpr } from '@vilkar/terms/statute/personvernforordningen.ts'
import type { Outgoing } from './outgoing.ts'

/** Who processes personal data for a controller: which kind of recipient of the policy it is, by which agreement, and where. */
export type ProcessorFacts = {
  name: string
  kind: string
  /** The agreement, such as its number or address. */
  agreement: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** What protects data outside the EEA, such as standard contractual clauses. */
  safeguard?: string
}

const EEA = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE NO IS LI'
/**
 * Countries whose law the Commission found adequate as a whole (GDPR Art. 45; its list as of November 2026). Canada and the United States are
 * not among them, since only some companies there are covered: which is written down as the safeguard. Nor is Brazil, whose decision
 * (EU) 2026/179 the EEA Committee has not taken up.
 */
const ADEQUATE = 'AD AR CH FO GB GG IL IM JE JP KR NZ UY'
const SAFE = new Set(`${EEA} ${ADEQUATE}`.split(' '))

/** Whether data that are in a country have left the EEA. */
export const isOutsideEea = (country: string) => !EEA.split(' ').includes(country)

/** Why a processor cannot be worked with as it is written down; undefined when it can. Source: GDPR Art. 13(1)(e)–(f). */
export function faultOf({ recipients }: Policy, { kind, country, safeguard }: ProcessorFacts) {
  if (!recipients.some((recipient) => recipient.kind === kind))
    return {
      code: 'recipient-not-named',
      detail: `The policy names no recipient of the kind ${kind}.`,
      reasons: [because('recipient-not-named', gdpr('Art. 13(1)(e)'))],
    }
  if (!SAFE.has(country) && safeguard === undefined)
    return {
      code: 'safeguard-missing',
      detail: `Data that go to ${country} need a safeguard, such as standard contractual clauses or a certificate under the Data Privacy Framework.`,
      reasons: [because('transfer-needs-a-safeguard', gdpr('Art. 13(1)(f)'))],
    }
  return undefined
}

type InForce = { facts: ProcessorFacts; since: string; until: string | null }

/** A company is called the same in every language; what only says what it is for, such as the mail server, may be anybody’s. */
const isCalledSo = ({ name }: Outgoing, { name: written }: ProcessorFacts) =>
  name.nb !== name.en || written.toLowerCase().includes(name.en.toLowerCase())

/**
 * Ways out on which personal data go to somebody else without an agreement that is in force on a day. One that names a company needs that
 * company’s; another any of its kind. Source: GDPR Art. 28(3).
 */
export const withoutAgreement = (ways: readonly Outgoing[], processors: readonly InForce[], on: string) =>
  ways
    .filter(({ kind }) => kind !== 'own' && kind !== 'nothing')
    .filter(
      (way) =>
        !processors.some(
          ({ facts, since, until }) =>
            facts.kind === way.kind && since <= on && (until ?? on) >= on && isCalledSo(way, facts),
        ),
    )
