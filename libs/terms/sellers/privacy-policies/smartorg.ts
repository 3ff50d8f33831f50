import { finding, type Policy, policyText } from '../../privacy/policy.ts'
import { ekomloven } from '../../statute/ekomloven.ts'
import { hvitvaskingsloven } from '../../statute/hvitvaskingsloven.ts'
import { personvernforordningen as gdpr } from '../../statute/personvernforordningen.ts'
import { smartorgSections } from './text/smartorg.ts'

export const says = policyText(
  { en: 'SmartOrg’s privacy statement', nb: 'personvernerklæringen til SmartOrg' },
  smartorgSections,
)

const RIGHTS = [says('Rights')] as const
const ROLES = [says('Roles')] as const
const SHARING = [says('Recipients')] as const
const SERVICE = ['name', 'email', 'phone'] as const

/** SmartOrg AS, version 3 of 21 September 2023. */
export const smartorg: Policy = {
  id: 'smartorg',
  version: '2023-09-21',
  controller: { name: 'SmartOrg AS', country: 'NO', organisationNumber: '916476507' },
  contact: 'personvern@smartorg.no',
  authorities: ['Datatilsynet'],
  sections: says.sections,
  retention: {
    payment: [
      {
        from: ['document', 'transaction'],
        keep: { asDuties: true },
        duties: ['bookkeeping', 'anti-laundering'],
        cites: [says('Payments'), says('Storage')],
      },
    ],
    accounting: [{ from: ['document'], keep: { asDuties: true }, duties: ['bookkeeping'], cites: [says('Payments')] }],
    member: [
      {
        from: ['purposeEnded'],
        keep: { target: { days: 30 }, backups: 'within rotation, documented' },
        cites: [says('Storage')],
      },
    ],
    account: [
      {
        from: ['purposeEnded', 'accountDeleted'],
        keep: { target: { days: 30 }, backups: 'within rotation, documented' },
        cites: [says('Storage')],
      },
    ],
    marketing: [
      { from: ['unsubscribed', 'consentEnded'], keep: { atOnce: true, suppression: true }, cites: [says('Choices')] },
    ],
  },
  erasure: {
    takes: [{ data: 'marketing' }, { data: 'analytics' }, { data: 'account', neededWhileOpen: true }],
    cites: [says('Storage')],
  },
  minors: { age: 15, cites: [says('Children')] },
  rights: {
    access: RIGHTS,
    rectify: RIGHTS,
    erase: RIGHTS,
    restrict: RIGHTS,
    object: RIGHTS,
    portability: RIGHTS,
    'withdraw-consent': [says('Choices')],
    answer: RIGHTS,
    identity: RIGHTS,
  },
  roles: {
    membership: { controller: 'organisation', processor: 'SmartOrg', cites: ROLES },
    receipt: { controller: 'seller', processor: 'SmartOrg', cites: ROLES },
    payment: {
      controller: 'seller',
      processor: 'Stripe',
      duties: ['bookkeeping', 'anti-laundering'],
      cites: [says('Roles'), says('Payments')],
    },
    account: { controller: 'seller', processor: 'SmartOrg', cites: ROLES },
    marketing: { controller: 'seller', processor: 'MailChimp', cites: ROLES },
  },
  recipients: [
    {
      kind: 'payment',
      names: ['Stripe'],
      basis: 'legal-obligation',
      minimum: ['name', 'email', 'amount'],
      cites: SHARING,
    },
    {
      kind: 'hosting',
      names: ['Microsoft', 'Azure', 'Google', 'Alphabet'],
      basis: 'contract',
      minimum: SERVICE,
      cites: SHARING,
    },
    { kind: 'email', names: ['SendGrid'], basis: 'contract', minimum: ['name', 'email', 'message'], cites: SHARING },
    {
      kind: 'sms',
      names: ['Twilio', 'Teletopia'],
      basis: 'contract',
      minimum: ['phone', 'message'],
      cites: SHARING,
    },
    { kind: 'crm', names: ['HubSpot'], basis: 'legitimate-interest', minimum: SERVICE, cites: SHARING },
    { kind: 'newsletter', names: ['MailChimp'], basis: 'consent', minimum: ['email'], cites: SHARING },
    { kind: 'organisation', names: [], basis: 'contract', minimum: ['the fields of the form'], cites: SHARING },
    { kind: 'authority', names: [], basis: 'legal-obligation', minimum: ['what the order asks for'], cites: SHARING },
  ],
  marketing: [says('Choices')],
  marketingByConsent: [says('Use')],
  cookies: [says('Choices')],
  findings: [
    finding(
      'repealed-sections',
      {
        en: 'It cites sections of the Personal Data Act of 2000.',
        nb: 'Den viser til paragrafer i personopplysningsloven fra 2000.',
      },
      says('Roles'),
      gdpr('Art. 6(1)'),
    ),
    finding(
      'use-as-acceptance',
      {
        en: 'Going on using a service is not consent to a change.',
        nb: 'Å fortsette å bruke en tjeneste er ikke et samtykke til en endring.',
      },
      says('Introduction'),
      gdpr('Art. 7(2)'),
    ),
    finding(
      'no-portability',
      { en: 'The right to take data along is not named.', nb: 'Retten til å ta med seg opplysninger er ikke nevnt.' },
      says('Rights'),
      gdpr('Art. 13(2)(b)'),
    ),
    finding(
      'no-transfers',
      {
        en: 'Providers in the United States are named, and no safeguard.',
        nb: 'Leverandører i USA er nevnt, og ingen garanti.',
      },
      says('Recipients'),
      gdpr('Art. 13(1)(f)'),
    ),
    finding(
      'laundering-duty-in-doubt',
      {
        en: 'A portal for clubs is normally not bound by the law on laundering, so only bookkeeping would keep payments.',
        nb: 'En portal for foreninger er vanligvis ikke bundet av hvitvaskingsloven, så bare bokføringsloven ville gi grunn til å beholde betalinger.',
      },
      says('Payments'),
      hvitvaskingsloven('§ 4'),
    ),
    finding(
      'cookies-on-legitimate-interest',
      {
        en: 'Cookies for marketing need consent; a balance of interests does not carry them.',
        nb: 'Informasjonskapsler til markedsføring krever samtykke; en avveining av interesser er ikke nok.',
      },
      says('Roles'),
      ekomloven('§ 3-15'),
    ),
  ],
}
