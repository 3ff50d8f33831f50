import { finding, type Policy, policyText, type RetentionRule } from '../../privacy/policy.ts'
import { markedsforingsloven } from '../../statute/markedsforingsloven.ts'
import { personvernforordningen as gdpr } from '../../statute/personvernforordningen.ts'
import { smartgroupSections } from './text/smartgroup.ts'

export const says = policyText(
  { en: 'SmartGroup’s privacy policy', nb: 'personvernerklæringen til SmartGroup' },
  smartgroupSections,
  'https://smartgroup.no/privacy-policy-smartgroup-as/',
)

const RETENTION = [says('§ 11')] as const
const RIGHTS = [says('§ 12')] as const
const SHARING = [says('§ 8')] as const

/** What bokføringsloven § 13 has kept for the shorter of its periods. */
const SECONDARY: RetentionRule = {
  from: ['document'],
  keep: { asDuties: true },
  duties: ['bookkeeping-secondary'],
  cites: RETENTION,
}

/** SmartGroup AS, the policy of 15 January 2026. */
export const smartgroup: Policy = {
  id: 'smartgroup',
  version: '2026-01-15',
  controller: { name: 'SmartGroup AS', country: 'NO', organisationNumber: '999615147' },
  contact: 'post@smartgroup.no',
  authorities: ['Datatilsynet', 'ICO'],
  sections: says.sections,
  retention: {
    accounting: [{ from: ['document'], keep: { asDuties: true }, duties: ['bookkeeping'], cites: RETENTION }],
    'packing-slip': [SECONDARY],
    agreement: [SECONDARY],
    correspondence: [SECONDARY],
    'price-list': [SECONDARY],
    order: [
      {
        from: ['document', 'delivered'],
        keep: { asDuties: true },
        duties: ['bookkeeping', 'complaints'],
        cites: RETENTION,
      },
      // Cancelled before anything was paid or sent: nothing is booked, and what it was for is over.
      {
        from: ['purposeEnded'],
        keep: { target: { days: 30 }, backups: 'within rotation, documented' },
        cites: RETENTION,
      },
    ],
    // Activity is what the person does: a newsletter that they opened or a mail that we sent is none.
    account: [
      {
        from: ['activity', 'login', 'ordered', 'lastOrder', 'newOrder', 'lastContact'],
        keep: { period: { months: 24 } },
        cites: RETENTION,
      },
    ],
    support: [
      {
        from: ['caseClosed'],
        keep: { min: { months: 12 }, max: { months: 36 }, usually: 'max-when-order-linked' },
        cites: RETENTION,
      },
    ],
    'consent-log': [
      {
        from: ['consentEnded'],
        keep: { min: { months: 12 }, max: { months: 24 }, usually: 'max' },
        cites: [says('§ 11'), gdpr('Art. 7(1)')],
      },
    ],
    marketing: [
      { from: ['unsubscribed', 'consentEnded'], keep: { atOnce: true, suppression: true }, cites: RETENTION },
    ],
  },
  erasure: {
    takes: [
      { data: 'marketing' },
      { data: 'analytics' },
      { data: 'preferences' },
      { data: 'account', neededWhileOpen: true },
      { data: 'order', neededWhileOpen: true },
      { data: 'support', neededWhileOpen: true },
    ],
    cites: RETENTION,
  },
  minors: { age: 13, cites: [says('§ 14')] },
  rights: {
    access: RIGHTS,
    rectify: RIGHTS,
    erase: RIGHTS,
    restrict: RIGHTS,
    object: RIGHTS,
    portability: RIGHTS,
    'withdraw-consent': [says('§ 5'), says('§ 12')],
    answer: RIGHTS,
    identity: RIGHTS,
  },
  roles: {},
  recipients: [
    {
      kind: 'carrier',
      names: ['UPS', 'DHL', 'Posten', 'Bring'],
      basis: 'contract',
      minimum: ['name', 'address', 'phone', 'email'],
      cites: SHARING,
    },
    {
      kind: 'payment',
      names: ['Visa', 'Mastercard', 'Klarna', 'American Express', 'PayPal'],
      basis: 'contract',
      minimum: ['name', 'email', 'address', 'order', 'amount'],
      cites: SHARING,
    },
    {
      kind: 'hosting',
      names: [],
      basis: 'legitimate-interest',
      minimum: ['account', 'order', 'technical'],
      cites: SHARING,
    },
    { kind: 'newsletter', names: ['Brevo'], basis: 'consent', minimum: ['email'], cites: [says('§ 6'), says('§ 8')] },
    { kind: 'analytics', names: [], basis: 'consent', minimum: ['technical'], cites: [says('§ 7'), says('§ 8')] },
    { kind: 'advertising', names: [], basis: 'consent', minimum: ['technical'], cites: [says('§ 6'), says('§ 7')] },
    {
      kind: 'support',
      names: [],
      basis: 'legitimate-interest',
      minimum: ['name', 'email', 'message', 'order'],
      cites: SHARING,
    },
    { kind: 'authority', names: [], basis: 'legal-obligation', minimum: ['what the order asks for'], cites: SHARING },
    { kind: 'adviser', names: [], basis: 'legitimate-interest', minimum: ['the matter'], cites: SHARING },
  ],
  marketing: [says('§ 6')],
  cookies: [says('§ 7')],
  findings: [
    finding(
      'normally-one-month',
      {
        en: '“Normally” one month cannot loosen a limit of the law.',
        nb: '«Normalt» én måned kan ikke gjøre en frist i loven løsere.',
      },
      says('§ 12'),
      gdpr('Art. 12(3)'),
    ),
    finding(
      'carriers-in-brackets',
      {
        en: 'The carriers stand in brackets, as in a form nobody completed.',
        nb: 'Transportørene står i hakeparentes, som i et skjema som ingen fylte ut.',
      },
      says('§ 8'),
      gdpr('Art. 13(1)(e)'),
    ),
    finding(
      'untranslated',
      {
        en: 'The page and the link to the cookie policy are partly in French.',
        nb: 'Siden og lenken til erklæringen om informasjonskapsler er delvis på fransk.',
      },
      says('§ 7'),
      gdpr('Art. 5(1)(a)'),
    ),
    finding(
      'where-permitted',
      {
        en: 'Newsletters “where permitted by law” can only be those to customers about similar goods.',
        nb: 'Nyhetsbrev «der loven tillater det» kan bare være de til kunder om lignende varer.',
      },
      says('§ 6'),
      markedsforingsloven('§ 15'),
    ),
  ],
}
