import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

type Measure = { says: Readonly<Record<Locale, string>>; keptBy: string }

/** What this product does to keep personal data safe, each with the file that does it. Source: GDPR Art. 30(1)(g) and (2)(d). */
export const measures: readonly Measure[] = [
  {
    says: {
      en: 'Whom something is about is known by a keyed hash.',
      nb: 'Hvem noe gjelder, er kjent ved en hash med nøkkel.',
    },
    keptBy: 'services/privacy/subjects/subject-key.ts',
  },
  {
    says: {
      en: 'Archives for a person are sealed where they are kept.',
      nb: 'Arkiver til en person er forseglet der de ligger.',
    },
    keptBy: 'services/privacy/exports/collect.ts',
  },
  {
    says: { en: 'Mails that wait are sealed.', nb: 'E-poster som venter, er forseglet.' },
    keptBy: 'services/privacy/requests/mails/queue.ts',
  },
  {
    says: {
      en: 'The role that runs a service owns no table.',
      nb: 'Rollen som kjører en tjeneste, eier ingen tabell.',
    },
    keptBy: 'libs/server/roles.ts',
  },
  {
    says: {
      en: 'Whoever calls a door is checked by a signed token.',
      nb: 'Den som spør en tjeneste, kontrolleres ved et signert bevis.',
    },
    keptBy: 'libs/server/token-verifier.ts',
  },
  {
    says: {
      en: 'What was erased is kept apart from backups as ids and hashes, and erased again after a restore.',
      nb: 'Det som er slettet, holdes utenfor sikkerhetskopier som id-er og hasher, og slettes igjen etter en gjenoppretting.',
    },
    keptBy: 'infra/erasures/replay.ts',
  },
]
