import { type Activities, about, use } from '../../../privacy/activity.ts'
import { finding } from '../../../privacy/policy.ts'
import { personvernforordningen as gdpr } from '../../../statute/personvernforordningen.ts'
import { says } from '../smartphoto.ts'

const visitors = about('Visitors of the site', 'De som besøker nettstedet', says('Art. 2'))
const twoGrounds = finding(
  'one-of-two-grounds',
  {
    en: 'Two grounds are named with “or”; which of them holds when is not said.',
    nb: 'To grunnlag er nevnt med «eller»; det sies ikke hvilket av dem som gjelder når.',
  },
  says('Art. 3.1'),
  gdpr('Art. 13(1)(c)'),
)
const advertising = use(
  undefined,
  'To send customers advertising for similar products',
  'For å sende kunder reklame for lignende produkter',
  says('Art. 3.2'),
)
const account = ['To provide the services about the account', 'For å yte tjenestene til kontoen'] as const
const remembers = ['To remember preferences when the site is visited', 'For å huske valg ved besøk'] as const

/** What smartphoto’s policy says its data are used for. */
export const smartphotoActivities: Activities = {
  byCategory: {
    cat1: {
      uses: [
        use(
          'f',
          'To improve the site by remembering preferences',
          'For å forbedre nettstedet ved å huske valg',
          says('Art. 3.1'),
        ),
      ],
      subjects: visitors,
      findings: [],
    },
    cat2: {
      uses: [use('b', ...account, says('Art. 3.1')), use('a', ...account, says('Art. 3.1'))],
      subjects: about('Those who have an account', 'De som har en konto', says('Art. 2')),
      findings: [twoGrounds],
    },
    cat3: {
      uses: [
        use('b', 'To provide the services about an order', 'For å yte tjenestene til en bestilling', says('Art. 3.1')),
        advertising,
      ],
      subjects: about('Those who order', 'De som bestiller', says('Art. 2')),
      findings: [
        finding(
          'advertising-without-a-ground',
          {
            en: 'On which ground customers are sent advertising for similar products is not said.',
            nb: 'Det sies ikke på hvilket grunnlag kunder får reklame for lignende produkter.',
          },
          says('Art. 3.2'),
          gdpr('Art. 13(1)(c)'),
        ),
      ],
    },
    cat4: {
      uses: [
        use('a', 'To answer questions', 'For å svare på spørsmål', says('Art. 3.1')),
        use('a', 'To tell of news, offers and campaigns', 'For å fortelle om nyheter og kampanjer', says('Art. 3.1')),
      ],
      subjects: about(
        'Those who write, and who take the newsletter',
        'De som skriver, og de som får nyhetsbrevet',
        says('Art. 2'),
      ),
      findings: [],
    },
    cat5: {
      uses: [
        use(
          'b',
          'To provide and optimise the services about account and orders',
          'For å yte og forbedre tjenestene til konto og bestillinger',
          says('Art. 3.1'),
        ),
      ],
      subjects: about('Those who upload photos and texts', 'De som laster opp bilder og tekster', says('Art. 2')),
      findings: [
        finding(
          'people-in-photos-not-named',
          {
            en: 'Who else is in the photos and texts is not spoken of; with them there is no contract.',
            nb: 'De andre som er med på bildene og i tekstene, er ikke nevnt; med dem er det ingen avtale.',
          },
          says('Art. 2'),
          gdpr('Art. 6(1)(b)'),
        ),
      ],
    },
    cat6: {
      uses: [use('f', ...remembers, says('Art. 3.1')), use('a', ...remembers, says('Art. 3.1'))],
      subjects: visitors,
      findings: [twoGrounds],
    },
  },
  further: [],
}
