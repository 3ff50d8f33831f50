import type { PolicySections } from '../../../privacy/policy.ts'

/** The policy section by section, in our own words: the promises are the controller’s. */
export const smartiSections = {
  Controller: {
    title: { nb: 'Hvem som svarer', en: 'Who answers' },
    nb: 'SMARTi AS er ansvarlig, for www.smarti.dev.',
    en: 'SMARTi AS is responsible, for www.smarti.dev.',
  },
  Data: {
    title: { nb: 'Hva som samles inn', en: 'What is collected' },
    nb: 'Navn, adresse, telefon og e-post, mest fra personen selv eller mens tjenester brukes.',
    en: 'Name, address, telephone and e-mail, mostly from the person or as services are used.',
  },
  Contract: {
    title: { nb: 'Tjenester og avtaler', en: 'Services and agreements' },
    nb: 'Opplysninger brukes til å gjennomføre det som er bestilt, på grunnlag av avtalen.',
    en: 'Data are used to carry out what was ordered, on the ground of the contract.',
  },
  'Customer relationship': {
    title: { nb: 'Kundeforhold', en: 'Customers' },
    nb: 'Kundeservice, reklamasjoner og feilretting hviler på avtalen.',
    en: 'Support, complaints and mending errors rest on the contract.',
  },
  Analysis: {
    title: { nb: 'Analyse', en: 'Analysis' },
    nb: 'Analyse, utvikling av tjenester og en tilpasset opplevelse hviler på berettiget interesse.',
    en: 'Analysis, development of services and an adapted experience rest on legitimate interest.',
  },
  'Sales and marketing': {
    title: { nb: 'Markedsføring', en: 'Marketing' },
    nb: 'Markedsføring hviler på berettiget interesse; den som ikke vil ha den, skriver til contact@domotics.no med en bestemt emnelinje.',
    en: 'Marketing rests on legitimate interest; whoever does not want it writes to contact@domotics.no with a set subject.',
  },
  Profiling: {
    title: { nb: 'Profilering', en: 'Profiling' },
    nb: 'Profilering for markedsføring krever samtykke.',
    en: 'Profiling for marketing needs consent.',
  },
  'Monitoring and security': {
    title: { nb: 'Overvåking og sikkerhet', en: 'Monitoring and security' },
    nb: 'Overvåking av systemer for feil, og vern mot svindel og kriminalitet, hviler på berettiget interesse.',
    en: 'Watching systems for errors, and protection against fraud and crime, rest on legitimate interest.',
  },
  'Compliance with legal obligations': {
    title: { nb: 'Plikter etter lov', en: 'Duties of law' },
    nb: 'Opplysninger om salg lagres slik reglene om regnskap sier.',
    en: 'Records of sales are kept as the accounting rules say.',
  },
  'Right to access': {
    title: { nb: 'Innsyn', en: 'Access' },
    nb: 'En kopi av opplysningene fås på e-post.',
    en: 'A copy of the data is had by email.',
  },
  'Right to correction': {
    title: { nb: 'Retting', en: 'Correction' },
    nb: 'Uriktige opplysninger rettes på krav.',
    en: 'Wrong data are corrected on request.',
  },
  'Right to deletion': {
    title: { nb: 'Sletting', en: 'Erasure' },
    nb: 'Opplysninger slettes uten ugrunnet opphold på krav, unntatt det annen lov, som den om regnskap, sier skal lagres.',
    en: 'Data are erased without undue delay on request, except what other law, such as that on accounting, says to keep.',
  },
  'Restriction and objection': {
    title: { nb: 'Begrensning og protest', en: 'Restriction and objection' },
    nb: 'Begrensning og protest styres i innstillingene.',
    en: 'Restriction and objection are managed in the settings.',
  },
  'Data portability': {
    title: { nb: 'Dataportabilitet', en: 'Portability' },
    nb: 'Opplysninger fås i maskinlesbar form på e-post.',
    en: 'Data are had in a machine-readable form by email.',
  },
  'Your rights': {
    title: { nb: 'Bruk av rettighetene', en: 'Using the rights' },
    nb: 'Rettighetene brukes ved e-post til contact@smarti.dev.',
    en: 'The rights are used by email to contact@smarti.dev.',
  },
  Complaints: {
    title: { nb: 'Klage', en: 'Complaints' },
    nb: 'Klager tas først opp her, og går til Datatilsynet.',
    en: 'Complaints are heard here first, and go to Datatilsynet.',
  },
} as const satisfies PolicySections
