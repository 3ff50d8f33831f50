import type { PolicySections } from '../../../privacy/policy.ts'

/** The policy section by section, in our own words: the promises are the controller’s. */
export const smartgroupSections = {
  '§ 1': {
    title: { nb: 'Hvem vi er', en: 'Who we are' },
    nb: 'SmartGroup AS på Lysaker er behandlingsansvarlig; det er ikke utpekt noe personvernombud. Selges det til Storbritannia, kan også UK GDPR gjelde.',
    en: 'SmartGroup AS in Lysaker is the controller; there is no data protection officer. Where goods are sold to the United Kingdom, UK GDPR may apply as well.',
  },
  '§ 2': {
    title: { nb: 'Hva som samles inn', en: 'What is collected' },
    nb: 'Hvem noen er og hvordan de nås, konto, ordre og betaling, forsendelse, henvendelser til kundeservice, valg om markedsføring og tekniske data. Fulle kortopplysninger lagres ikke, og sensitive opplysninger som noen gir uoppfordret, brukes bare til henvendelsen.',
    en: 'Who somebody is and how to reach them, account, order and payment, shipping, questions to support, marketing choices and technical data. No full card details are kept, and sensitive data that somebody volunteers are used for their request only.',
  },
  '§ 3': {
    title: { nb: 'Hvordan det samles inn', en: 'How it is collected' },
    nb: 'Fra personen selv, ved informasjonskapsler og lignende, og fra dem som bekrefter betalinger og leveringer.',
    en: 'From the person, by cookies and the like, and from those who confirm payments and deliveries.',
  },
  '§ 4': {
    title: { nb: 'Hva det brukes til', en: 'What it is used for' },
    nb: 'For å drive og sikre butikken, gjennomføre ordre, betaling, levering, retur og garanti, til kundeservice, for plikter etter lov og regnskap, til forbedring, og til markedsføring der det er tillatt.',
    en: 'To run and secure the shop, to carry out orders, payments, deliveries, returns and warranties, for support, for duties of law and accounting, to improve, and for marketing where that is allowed.',
  },
  '§ 5': {
    title: { nb: 'Grunnlag', en: 'Grounds' },
    nb: 'Grunnlagene er avtale, rettslig plikt, berettiget interesse og samtykke, som kan trekkes tilbake når som helst.',
    en: 'The grounds are contract, legal obligation, legitimate interests and consent, which may be withdrawn at any time.',
  },
  '§ 6': {
    title: { nb: 'Markedsføring', en: 'Marketing' },
    nb: 'Nyhetsbrev går til dem som har meldt seg på, eller der loven tillater det; hvert har en lenke for å melde seg av. Informasjonskapsler for reklame settes bare med samtykke. Brevo kan stå for utsendelsen.',
    en: 'Newsletters go to those who subscribed or where the law allows; each has a link to unsubscribe. Cookies for advertising are set with consent only. Brevo may send.',
  },
  '§ 7': {
    title: { nb: 'Informasjonskapsler', en: 'Cookies' },
    nb: 'Det finnes nødvendige, og andre til analyse og markedsføring. Informasjonskapsler som ikke er nødvendige, krever samtykke, som trekkes tilbake i innstillingene for dem.',
    en: 'There are necessary ones, and others for analysis and marketing. Cookies that are not necessary need consent, which Cookie settings take back.',
  },
  '§ 8': {
    title: { nb: 'Deling', en: 'Sharing' },
    nb: 'Opplysninger deles bare når det er nødvendig, med de slags mottakere som er listet. Databehandlere er bundet av avtaler.',
    en: 'Data are shared only when necessary, with the kinds of recipients listed. Processors are bound by agreements.',
  },
  '§ 9': {
    title: { nb: 'Overføring', en: 'Transfers' },
    nb: 'Noen leverandører kan være utenfor EØS og Storbritannia; da gjelder standard personvernbestemmelser eller det britiske tillegget. Mer om dem fås på forespørsel.',
    en: 'Some providers may be outside the EEA and the United Kingdom; then standard contractual clauses, or the British addendum, hold. More about them is had by asking.',
  },
  '§ 10': {
    title: { nb: 'Sikkerhet', en: 'Security' },
    nb: 'Forbindelser er kryptert, tilgang er begrenset, driften er sikret med sikkerhetskopier, og bare det som trengs, samles inn.',
    en: 'Connections are encrypted, access is limited, hosting is secure with backups, and only what is needed is collected.',
  },
  '§ 11': {
    title: { nb: 'Lagringstid', en: 'Retention' },
    nb: 'Lagres: ordre og regnskap vanligvis 5 år etter loven, kontoer til de har vært ubrukt i 24 måneder, henvendelser 12–36 måneder, markedsføring til avmelding, logg over samtykker 12–24 måneder.',
    en: 'Kept: orders and accounting usually 5 years by law, accounts until 24 months of inactivity, support 12–36 months, marketing until unsubscribed, consent logs 12–24 months.',
  },
  '§ 12': {
    title: { nb: 'Rettigheter', en: 'Rights' },
    nb: 'Alle kan få innsyn, rette, slette, begrense, protestere, ta med seg opplysninger og trekke samtykke. Rettighetene brukes på e-post; svar kommer normalt innen én måned.',
    en: 'Everybody may see, correct, erase, restrict, object, take data along and withdraw consent. The rights are used by email; answers normally come within one month.',
  },
  '§ 13': {
    title: { nb: 'Klage', en: 'Complaints' },
    nb: 'Klager går til Datatilsynet, og til ICO der UK GDPR gjelder; vi vil gjerne høre om det først.',
    en: 'Complaints go to Datatilsynet, and to the ICO where UK GDPR applies; we would like to hear of it first.',
  },
  '§ 14': {
    title: { nb: 'Barn', en: 'Children' },
    nb: 'Tjenestene er ikke for barn under 13 år uten at en forelder er med; om barn samles ikke bevisst inn mer enn en ordre trenger.',
    en: 'The services are not for children under 13 unless a parent takes part; of children nothing is knowingly collected beyond what an order needs.',
  },
  '§ 15': {
    title: { nb: 'Endringer', en: 'Changes' },
    nb: 'Erklæringen kan endres; den gjeldende står alltid på siden sin, med dato.',
    en: 'The policy may change; the current one is always on its page, with its date.',
  },
} as const satisfies PolicySections
