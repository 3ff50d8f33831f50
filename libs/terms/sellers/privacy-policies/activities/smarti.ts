import { type Activities, type Activity, about, use } from '../../../privacy/activity.ts'
import { finding } from '../../../privacy/policy.ts'
import { personvernforordningen as gdpr } from '../../../statute/personvernforordningen.ts'
import { says } from '../smarti.ts'

const customers = about('Customers', 'Kunder', says('Contract'), says('Customer relationship'))
const accounting = use(
  'c',
  'To keep records of sales as the accounting rules say',
  'For å lagre opplysninger om salg slik reglene om regnskap sier',
  says('Compliance with legal obligations'),
)

/** Papers that accounting keeps and the policy does not name. */
const papers: Activity = {
  uses: [accounting],
  findings: [
    finding(
      'papers-not-named',
      {
        en: 'The policy speaks of sales; this paper, and whom it is about, it does not name.',
        nb: 'Erklæringen snakker om salg; dette dokumentet, og hvem det gjelder, nevner den ikke.',
      },
      says('Compliance with legal obligations'),
      gdpr('Art. 13(1)(c)'),
    ),
  ],
}

/** What SMARTi’s policy says its data are used for. */
export const smartiActivities: Activities = {
  byCategory: {
    accounting: { uses: [accounting], subjects: customers, findings: [] },
    'packing-slip': papers,
    agreement: papers,
    correspondence: papers,
    'price-list': papers,
    order: {
      uses: [
        use('b', 'To carry out what was ordered', 'For å gjennomføre det som er bestilt', says('Contract')),
        use(
          'b',
          'For support, complaints and mending errors',
          'Til kundeservice, reklamasjoner og feilretting',
          says('Customer relationship'),
        ),
        accounting,
      ],
      subjects: customers,
      findings: [],
    },
    marketing: {
      uses: [
        use('f', 'For sales and marketing', 'Til salg og markedsføring', says('Sales and marketing')),
        use('a', 'To profile for marketing', 'Til profilering for markedsføring', says('Profiling')),
      ],
      subjects: about('Those who are sent marketing', 'De som får markedsføring', says('Sales and marketing')),
      findings: [],
    },
  },
  further: [
    use(
      'f',
      'For analysis, development of services and an adapted experience',
      'Til analyse, utvikling av tjenester og en tilpasset opplevelse',
      says('Analysis'),
    ),
    use(
      'f',
      'To watch systems for errors, and protect against fraud and crime',
      'For å overvåke systemer for feil, og til vern mot svindel og kriminalitet',
      says('Monitoring and security'),
    ),
  ],
}
