import { type Activities, about, type OnBehalf, use } from '../../../privacy/activity.ts'
import { finding } from '../../../privacy/policy.ts'
import { personvernforordningen as gdpr } from '../../../statute/personvernforordningen.ts'
import { says } from '../smartorg.ts'

const payers = about('Those who pay by the portal', 'De som betaler i portalen', says('Payments'), says('Roles'))
const organisations = {
  en: 'Organisations, clubs and associations that use the portal, each for its own members',
  nb: 'Organisasjoner, lag og foreninger som bruker portalen, hver for sine egne medlemmer',
}
const membership = [
  'To keep the register of members and write to them',
  'Medlemsregister og meldinger til medlemmene',
] as const

const onBehalf: OnBehalf = {
  controllers: organisations,
  categories: ['member'],
  cites: [says('Roles'), says('Recipients')],
  processing: [
    { what: { en: membership[0], nb: membership[1] }, cites: [says('Roles'), says('Use')] },
    {
      what: { en: 'To take registrations by the organisation’s form', nb: 'Innmelding med organisasjonens skjema' },
      cites: [says('Data')],
    },
    {
      what: { en: 'To plan activities, remind and ask for dues', nb: 'Planlegging, påminnelser og krav om kontingent' },
      cites: [says('Use')],
    },
    {
      what: {
        en: 'To give the organisation access to its members’ data',
        nb: 'Organisasjonens tilgang til opplysningene',
      },
      cites: [says('Use'), says('Recipients')],
    },
  ],
  findings: [
    finding(
      'organisations-known-in-kind',
      {
        en: 'The organisations are named in kind only: who they are stands in the portal, not here.',
        nb: 'Organisasjonene er bare nevnt etter slag: hvem de er, står i portalen, ikke her.',
      },
      says('Roles'),
      gdpr('Art. 28(3)'),
    ),
  ],
}

/** What SmartOrg’s statement says its data are used for, and what it does for organisations. */
export const smartorgActivities: Activities = {
  byCategory: {
    payment: {
      uses: [
        use(
          'c',
          'To verify payments and see that the organisation is paid',
          'For å kontrollere betalinger og sørge for at organisasjonen får betalt',
          says('Roles'),
          says('Payments'),
        ),
      ],
      subjects: payers,
      findings: [],
    },
    accounting: {
      uses: [
        use(
          'c',
          'To keep payments as bookkeeping asks for',
          'For å lagre betalinger slik bokføring krever',
          says('Payments'),
        ),
      ],
      subjects: payers,
      findings: [],
    },
    member: {
      uses: [use(undefined, ...membership, says('Roles'), says('Use'))],
      subjects: about('Members of organisations', 'Medlemmer i organisasjoner', says('Roles'), says('Data')),
      findings: [
        finding(
          'ground-is-the-organisations',
          {
            en: 'The organisation decides and has to have the ground; the statement names none.',
            nb: 'Organisasjonen bestemmer og må ha grunnlaget; erklæringen nevner ikke noe.',
          },
          says('Roles'),
          gdpr('Art. 4(7)–(8)'),
        ),
      ],
    },
    account: {
      uses: [use('b', 'To provide the solution to its users', 'For å levere løsningen til brukerne', says('Roles'))],
      subjects: about(
        'Administrators of organisations, and members',
        'Administratorer i organisasjoner, og medlemmer',
        says('Roles'),
        says('Data'),
      ),
      findings: [],
    },
    marketing: {
      uses: [
        use(
          'f',
          'To market the solution, by forms and cookies',
          'For å markedsføre løsningen, med skjemaer og informasjonskapsler',
          says('Roles'),
        ),
        use(
          'a',
          'Newsletters and surveys that were consented to',
          'Nyhetsbrev og undersøkelser det er samtykket til',
          says('Use'),
        ),
      ],
      subjects: about(
        'Visitors, and those who subscribe or write',
        'Besøkende, og de som melder seg på eller skriver',
        says('Data'),
      ),
      findings: [],
    },
  },
  further: [
    use(
      undefined,
      'To protect rights, against misuse, and to improve the solution',
      'Til vern av rettigheter, mot misbruk, og til forbedring av løsningen',
      says('Use'),
    ),
  ],
  onBehalf,
}
