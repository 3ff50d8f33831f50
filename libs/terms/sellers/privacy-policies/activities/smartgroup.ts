import { type Activities, type Activity, about, use } from '../../../privacy/activity.ts'
import { finding } from '../../../privacy/policy.ts'
import { personvernforordningen as gdpr } from '../../../statute/personvernforordningen.ts'
import { says } from '../smartgroup.ts'

const customers = about('Customers of the shop', 'Kundene i butikken', says('§ 2'), says('§ 3'))
const accounting = use(
  'c',
  'To comply with duties of law and accounting',
  'For plikter etter lov og regnskap',
  says('§ 4'),
  says('§ 5'),
)
const orders = use(
  'b',
  'To carry out orders, payments, deliveries, returns and warranties',
  'For å gjennomføre ordre, betaling, levering, retur og garanti',
  says('§ 4'),
  says('§ 5'),
)

/** Papers that accounting keeps and the policy does not name. */
const papers: Activity = {
  uses: [accounting],
  findings: [
    finding(
      'papers-not-named',
      {
        en: 'The policy speaks of orders and accounting; this paper, and whom it is about, it does not name.',
        nb: 'Erklæringen snakker om ordre og regnskap; dette dokumentet, og hvem det gjelder, nevner den ikke.',
      },
      says('§ 11'),
      gdpr('Art. 13(1)(c)'),
    ),
  ],
}

/** What SmartGroup’s policy says its data are used for. */
export const smartgroupActivities: Activities = {
  byCategory: {
    accounting: { uses: [accounting], subjects: customers, findings: [] },
    'packing-slip': papers,
    agreement: papers,
    correspondence: papers,
    'price-list': papers,
    order: { uses: [orders, accounting], subjects: customers, findings: [] },
    account: {
      uses: [use('b', 'To manage accounts', 'For å forvalte kontoer', says('§ 5'))],
      subjects: about('Those who have an account', 'De som har en konto', says('§ 2')),
      findings: [],
    },
    support: {
      uses: [use('f', 'To provide customer support', 'Til kundeservice', says('§ 4'), says('§ 5'))],
      subjects: about('Those who write to support', 'De som skriver til kundeservice', says('§ 2')),
      findings: [],
    },
    'consent-log': {
      uses: [],
      subjects: about('Those who consented or opted out', 'De som samtykket eller reserverte seg', says('§ 2')),
      findings: [
        finding(
          'purpose-not-said',
          {
            en: 'How long the log is kept is said, not what for, nor on which ground; the law has the controller show that the person consented.',
            nb: 'Det sies hvor lenge loggen lagres, ikke hvorfor eller på hvilket grunnlag; etter loven skal den behandlingsansvarlige kunne vise samtykket.',
          },
          says('§ 11'),
          gdpr('Art. 13(1)(c)'),
          gdpr('Art. 7(1)'),
        ),
      ],
    },
    marketing: {
      uses: [
        use(
          'a',
          'To send marketing where that is allowed',
          'Til markedsføring der det er tillatt',
          says('§ 4'),
          says('§ 5'),
          says('§ 6'),
        ),
      ],
      subjects: about('Subscribers to newsletters', 'De som abonnerer på nyhetsbrev', says('§ 2'), says('§ 6')),
      findings: [],
    },
  },
  further: [
    use(
      'f',
      'To secure the shop and prevent fraud',
      'For å sikre butikken og hindre svindel',
      says('§ 4'),
      says('§ 5'),
    ),
    use('f', 'To improve the site and the services', 'For å forbedre siden og tjenestene', says('§ 4'), says('§ 5')),
    use(
      'a',
      'To measure use and show advertising, by cookies that are not necessary',
      'For å måle bruk og vise reklame, med informasjonskapsler som ikke er nødvendige',
      says('§ 5'),
      says('§ 7'),
    ),
  ],
}
