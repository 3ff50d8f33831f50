import { finding, type Policy, policyText, type RetentionRule } from '../../privacy/policy.ts'
import { markedsforingsloven } from '../../statute/markedsforingsloven.ts'
import { personvernforordningen as gdpr } from '../../statute/personvernforordningen.ts'
import { smartiSections } from './text/smarti.ts'

export const says = policyText(
  { en: 'SMARTi’s privacy policy', nb: 'personvernerklæringen til SMARTi' },
  smartiSections,
)

const BOOKKEEPING = [says('Compliance with legal obligations')] as const

/** What bokføringsloven § 13 has kept for the shorter of its periods. */
const SECONDARY: RetentionRule = {
  from: ['document'],
  keep: { asDuties: true },
  duties: ['bookkeeping-secondary'],
  cites: BOOKKEEPING,
}

/** SMARTi AS. The policy bears no date. */
export const smarti: Policy = {
  id: 'smarti',
  controller: { name: 'SMARTi AS', country: 'NO' },
  contact: 'contact@smarti.dev',
  authorities: ['Datatilsynet'],
  sections: says.sections,
  retention: {
    accounting: [{ from: ['document'], keep: { asDuties: true }, duties: ['bookkeeping'], cites: BOOKKEEPING }],
    'packing-slip': [SECONDARY],
    agreement: [SECONDARY],
    correspondence: [SECONDARY],
    'price-list': [SECONDARY],
    order: [
      {
        from: ['document', 'delivered'],
        keep: { asDuties: true },
        duties: ['bookkeeping', 'complaints'],
        cites: BOOKKEEPING,
      },
    ],
    marketing: [
      {
        from: ['unsubscribed', 'consentEnded'],
        keep: { atOnce: true, suppression: true },
        cites: [says('Sales and marketing')],
      },
    ],
  },
  erasure: {
    takes: [{ data: 'profile', neededWhileOpen: true }, { data: 'marketing' }],
    cites: [says('Right to deletion')],
  },
  rights: {
    access: [says('Right to access')],
    rectify: [says('Right to correction')],
    erase: [says('Right to deletion')],
    restrict: [says('Restriction and objection')],
    object: [says('Restriction and objection')],
    portability: [says('Data portability')],
    'withdraw-consent': [says('Restriction and objection')],
    answer: [says('Your rights')],
    identity: [says('Your rights')],
  },
  roles: {},
  recipients: [],
  marketing: [says('Sales and marketing')],
  optOut: {
    mailbox: 'contact@domotics.no',
    subject: 'Opt-out of telemarketing and addressed advertising',
    cites: [says('Sales and marketing')],
  },
  cookies: [says('Restriction and objection')],
  findings: [
    finding(
      'no-retention-periods',
      {
        en: 'No period is stated but what accounting asks for.',
        nb: 'Det oppgis ingen tid for lagring, bortsett fra det regnskapet krever.',
      },
      says('Compliance with legal obligations'),
      gdpr('Art. 13(2)(a)'),
    ),
    finding(
      'no-recipients',
      { en: 'Nobody who gets the data is named.', nb: 'Ingen av dem som mottar opplysningene, er nevnt.' },
      says('Your rights'),
      gdpr('Art. 13(1)(e)'),
    ),
    finding(
      'opt-out-elsewhere',
      {
        en: 'To opt out one writes to a mailbox of another domain, with a set subject; we take it at both addresses and in any words.',
        nb: 'For å reservere seg må man skrive til en postkasse på et annet domene, med et bestemt emne; vi godtar det på begge adressene og med andre ord.',
      },
      says('Sales and marketing'),
      markedsforingsloven('§ 15'),
    ),
    finding(
      'marketing-on-legitimate-interest',
      {
        en: 'Email marketing needs consent or an existing customer, whatever interest the seller has.',
        nb: 'Markedsføring på e-post krever samtykke eller et kundeforhold, uansett hvilken interesse selgeren har.',
      },
      says('Sales and marketing'),
      markedsforingsloven('§ 15'),
    ),
    finding(
      'restriction-by-self-service-only',
      {
        en: 'Restriction and objection must also be possible by a plain request.',
        nb: 'Begrensning og innsigelse må også kunne kreves ved en vanlig henvendelse.',
      },
      says('Restriction and objection'),
      gdpr('Art. 12(2)'),
    ),
    finding(
      'no-transfers',
      { en: 'Nothing is said of transfers.', nb: 'Det sies ingenting om overføringer.' },
      says('Your rights'),
      gdpr('Art. 13(1)(f)'),
    ),
  ],
}
