import type { PolicySections } from '../../../privacy/policy.ts'

/** The policy section by section, in our own words: the promises are the controller’s. */
export const smartphotoSections = {
  Summary: {
    title: { nb: 'Sammendrag', en: 'Summary' },
    nb: 'Personopplysninger gjøres aldri tilgjengelige for andre; få ansatte ser dem.',
    en: 'Personal data are never made available to others; few employees see them.',
  },
  'Art. 1': {
    title: { nb: 'Generelt', en: 'In general' },
    nb: 'smartphoto group NV i Wetteren er behandlingsansvarlig og følger forordning (EU) 2016/679 og norsk lov. Ingen må gi opplysninger, men uten dem kan noen tjenester ikke leveres.',
    en: 'smartphoto group NV in Wetteren is the controller and keeps to Regulation (EU) 2016/679 and Norwegian law. Nobody has to give data, but without them some services cannot be had.',
  },
  'Art. 2': {
    title: { nb: 'Personopplysninger', en: 'Personal data' },
    nb: 'Seks kategorier: besøk uten konto, kontoen, bestilling og levering, nyhetsbrev og kontakt, bilder og tekster, og valg om informasjonskapsler.',
    en: 'Six categories: visits without an account, the account, orders and delivery, newsletter and contact, photos and texts, and choices about cookies.',
  },
  'Art. 3.1': {
    title: { nb: 'Formål', en: 'Purposes' },
    nb: 'Hver kategori har sitt grunnlag; informasjonskapsler hviler på berettiget interesse eller uttrykkelig samtykke.',
    en: 'Each category has its ground; cookies rest on legitimate interest or explicit consent.',
  },
  'Art. 3.2': {
    title: { nb: 'Direkte markedsføring', en: 'Direct marketing' },
    nb: 'Kunder får reklame for lignende produkter, andre bare med samtykke på forhånd; alle kan reservere seg.',
    en: 'Customers are sent advertising for similar products, others only with consent beforehand; everybody may opt out.',
  },
  'Art. 3.3': {
    title: { nb: 'Overføring til andre', en: 'Passing on' },
    nb: 'Opplysninger går til selskaper i gruppen, partnere for programvare, sky og økonomi, leverandører, et nettverk for verdikuponger og en plattform for anmeldelser; kontaktopplysninger lastes opp til Facebook og Instagram. Avtaler, kryptering og pseudonymisering verner dem, listen fås på forespørsel, folk får vite det før der det lar seg gjøre, og ingenting selges.',
    en: 'Data go to group companies, software, cloud and financial partners, suppliers, a voucher network and a review platform; contact data are uploaded to Facebook and Instagram. Agreements, encryption and pseudonymisation protect them, the list is had by asking, people are told before where that can be done, and nothing is sold.',
  },
  'Art. 3.4': {
    title: { nb: 'Krav i lov', en: 'Demands of law' },
    nb: 'Opplysninger kan måtte gis til domstoler og myndigheter; folk får vite det før, om ikke loven forbyr det.',
    en: 'Data may have to be given to courts and authorities; people are told before, unless the law forbids it.',
  },
  'Art. 4': {
    title: { nb: 'Hvor lenge', en: 'For how long' },
    nb: 'Lagres: besøk og 24 timer; kontoer, ordre og kontakt 2 år; bestilte bilder 60 dager, lagrede 2 år og 2 til etter ny ordre, bilder uten konto 90 dager; å velge sletting sammen med kontoen er et krav om sletting.',
    en: 'Kept: visits and 24 hours; accounts, orders and contact 2 years; ordered photos 60 days, saved ones 2 years and 2 more after a new order, those without an account 90 days; choosing to delete with the account is a request for erasure.',
  },
  'Art. 5.1': {
    title: { nb: 'Innsyn', en: 'Access' },
    nb: 'Alle kan se opplysningene om seg selv.',
    en: 'Everybody may see the data about themselves.',
  },
  'Art. 5.2': {
    title: { nb: 'Retting, sletting, begrensning', en: 'Correction, erasure, restriction' },
    nb: 'Alle kan få opplysninger rettet, slettet eller begrenset.',
    en: 'Everybody may have data corrected, erased or restricted.',
  },
  'Art. 5.3': {
    title: { nb: 'Innsigelse', en: 'Objection' },
    nb: 'Alle kan protestere; mot direkte markedsføring uten grunn.',
    en: 'Everybody may object; to direct marketing without a reason.',
  },
  'Art. 5.4': {
    title: { nb: 'Dataportabilitet', en: 'Portability' },
    nb: 'Alle kan ta med seg opplysningene.',
    en: 'Everybody may take the data along.',
  },
  'Art. 5.5': {
    title: { nb: 'Trekke samtykke', en: 'Withdrawing consent' },
    nb: 'Samtykke kan trekkes tilbake.',
    en: 'Consent may be withdrawn.',
  },
  'Art. 5.6': {
    title: { nb: 'Automatiserte avgjørelser', en: 'Decisions by machine' },
    nb: 'Alle kan kreve ikke å bli gjenstand for en avgjørelse av en maskin alene, der den har rettsvirkninger eller betyr mye for dem.',
    en: 'Everybody may ask not to be decided about by a machine alone, where that has legal effects or affects them much.',
  },
  'Art. 5.7': {
    title: { nb: 'Bruk av rettighetene', en: 'Using the rights' },
    nb: 'Rettighetene brukes på e-post eller i brev, med kopi av legitimasjon.',
    en: 'The rights are used by email or post, with a copy of an identity card.',
  },
  'Art. 5.8': {
    title: { nb: 'Klage', en: 'Complaints' },
    nb: 'Klager går til den belgiske myndigheten eller til den i eget land; domstolene står åpne.',
    en: 'Complaints go to the Belgian authority or to that of one’s own country; courts stay open.',
  },
  'Art. 6': {
    title: { nb: 'Sikkerhet', en: 'Security' },
    nb: 'Brukere får vite om et brudd, følgene og hva de bør gjøre; opplysninger lagres innen EØS.',
    en: 'Users are told of a breach, its consequences and what to do; data are stored within the EEA.',
  },
  'Art. 7.4': {
    title: { nb: 'Informasjonskapsler', en: 'Cookies' },
    nb: 'Besøkende blir på første besøk spurt om de godtar eller avslår informasjonskapsler.',
    en: 'Visitors are asked on the first visit to accept or decline cookies.',
  },
  'Art. 8': {
    title: { nb: 'Lov og domstol', en: 'Law and courts' },
    nb: 'Belgisk lov gjelder, og domstolene i Gent avgjør.',
    en: 'Belgian law holds, and the courts of Ghent decide.',
  },
} as const satisfies PolicySections
