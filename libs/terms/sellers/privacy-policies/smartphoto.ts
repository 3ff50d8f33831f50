import { finding, type Policy, policyText } from '../../privacy/policy.ts'
import { ekomloven } from '../../statute/ekomloven.ts'
import { personvernforordningen as gdpr } from '../../statute/personvernforordningen.ts'
import { smartphotoSections } from './text/smartphoto.ts'

export const says = policyText(
  { en: 'smartphoto’s privacy policy', nb: 'personvernerklæringen til smartphoto' },
  smartphotoSections,
)

const RETENTION = [says('Art. 4')] as const
const SHARING = [says('Art. 3.3')] as const
const TWO_YEARS = { period: { years: 2 } }

/** smartphoto group NV, the general policy of 1 April 2024. */
export const smartphoto: Policy = {
  id: 'smartphoto',
  version: '2024-04-01',
  controller: { name: 'smartphoto group NV', country: 'BE', organisationNumber: '0405706755' },
  contact: 'kundservice@smartphoto.no',
  authorities: ['Gegevensbeschermingsautoriteit', 'Datatilsynet'],
  sections: says.sections,
  retention: {
    cat1: [{ from: ['visitEnded'], keep: { hours: 24 }, cites: RETENTION }],
    cat2: [{ from: ['accountDeleted'], keep: TWO_YEARS, cites: RETENTION }],
    cat3: [{ from: ['lastOrder'], keep: TWO_YEARS, otherLaw: true, cites: RETENTION }],
    cat4: [{ from: ['lastContact'], keep: TWO_YEARS, cites: RETENTION }],
    cat5: [
      { from: ['ordered'], keep: { period: { days: 60 } }, cites: RETENTION },
      { from: ['saved'], accountOnly: true, extendedBy: 'newOrder', keep: TWO_YEARS, cites: RETENTION },
      { from: ['uploaded', 'saved'], keep: { period: { days: 90 } }, cites: RETENTION },
    ],
    cat6: [{ from: [], keep: { see: 'cookie-policy' }, cites: [says('Art. 4'), says('Art. 7.4')] }],
  },
  erasure: {
    takes: [
      { data: 'marketing' },
      { data: 'preferences' },
      { data: 'photos', neededWhileOpen: true },
      { data: 'account', neededWhileOpen: true },
      { data: 'order', neededWhileOpen: true },
    ],
    cites: [says('Art. 4'), says('Art. 5.2')],
  },
  rights: {
    access: [says('Art. 5.1')],
    rectify: [says('Art. 5.2')],
    erase: [says('Art. 5.2')],
    restrict: [says('Art. 5.2')],
    object: [says('Art. 5.3')],
    portability: [says('Art. 5.4')],
    'withdraw-consent': [says('Art. 5.5')],
    answer: [says('Art. 5.7')],
    identity: [says('Art. 5.7')],
  },
  roles: {},
  recipients: [
    { kind: 'group', names: [], basis: 'contract', minimum: ['name', 'address', 'order'], cites: SHARING },
    { kind: 'hosting', names: [], basis: 'contract', minimum: ['account', 'order', 'photos'], cites: SHARING },
    { kind: 'payment', names: [], basis: 'contract', minimum: ['name', 'order', 'amount'], cites: SHARING },
    { kind: 'voucher', names: [], basis: 'consent', minimum: ['email'], cites: SHARING },
    { kind: 'review', names: [], basis: 'consent', minimum: ['email', 'order'], cites: SHARING },
    {
      kind: 'advertising',
      names: ['Facebook', 'Instagram', 'Google'],
      basis: 'consent',
      minimum: ['email'],
      cites: SHARING,
    },
  ],
  marketing: [says('Art. 3.2')],
  optOut: { mailbox: 'kundservice@smartphoto.no', cites: [says('Art. 3.2')] },
  cookies: [says('Art. 7.4')],
  findings: [
    finding(
      'never-shared-but-shared',
      {
        en: 'The summary says that nobody else gets the data; article 3.3 lists many who do.',
        nb: 'Sammendraget sier at ingen andre får opplysningene; artikkel 3.3 lister opp mange som får dem.',
      },
      says('Summary'),
      says('Art. 3.3'),
      gdpr('Art. 5(1)(a)'),
    ),
    finding(
      'identity-card-from-everybody',
      {
        en: 'A copy of an identity card is asked for with every request.',
        nb: 'Det bes om en kopi av identitetskortet med hvert krav.',
      },
      says('Art. 5.7'),
      gdpr('Art. 12(6)'),
    ),
    finding(
      'orders-erased-before-accounts',
      {
        en: 'Order data go after two years, though tax and accounting law keep some of them longer.',
        nb: 'Opplysninger om bestillinger slettes etter to år, selv om skatte- og regnskapslover krever at noe av det beholdes lenger.',
      },
      says('Art. 4'),
      gdpr('Art. 17(3)(b)'),
    ),
    finding(
      'stored-in-eea-but-uploaded',
      {
        en: 'Data are said to be stored in the EEA, and contact data are uploaded to Meta.',
        nb: 'Opplysningene sies å bli lagret i EØS, og kontaktopplysninger lastes opp til Meta.',
      },
      says('Art. 6'),
      says('Art. 3.3'),
      gdpr('Art. 13(1)(f)'),
    ),
    finding(
      'cookies-on-legitimate-interest',
      {
        en: 'Cookies need consent; legitimate interest does not carry them.',
        nb: 'Informasjonskapsler krever samtykke; berettiget interesse er ikke nok.',
      },
      says('Art. 3.1'),
      ekomloven('§ 3-15'),
    ),
    finding(
      'withdrawal-of-consent-garbled',
      {
        en: 'The sentence on withdrawing consent does not say what it means.',
        nb: 'Setningen om å trekke tilbake samtykke sier ikke det den mener.',
      },
      says('Art. 5.5'),
      gdpr('Art. 7(3)'),
    ),
    finding(
      'no-time-to-answer',
      {
        en: 'No time to answer is stated, so that of the law holds.',
        nb: 'Det oppgis ingen svarfrist, så lovens frist gjelder.',
      },
      says('Art. 5.7'),
      gdpr('Art. 12(3)'),
    ),
  ],
}
