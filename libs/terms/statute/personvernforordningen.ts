import { lastDayOf } from '../calendar.ts'
import { euAct } from './act.ts'
import { notedFromEurLex } from './standings.ts'

/** Regulation (EU) 2016/679, the GDPR, which is Norwegian law by personopplysningsloven § 1, in our own words. */
export const personvernforordningen = euAct(
  'personvernforordningen',
  'reg/2016/679',
  notedFromEurLex('Norwegian law by personopplysningsloven § 1.'),
  {
    'Art. 4(7)–(8)': {
      en: 'The controller decides why and how personal data are processed; a processor does it on the controller’s behalf.',
      nb: 'Den behandlingsansvarlige bestemmer hvorfor og hvordan personopplysninger behandles; en databehandler gjør det på vegne av den behandlingsansvarlige.',
    },
    'Art. 5(1)(a)': {
      en: 'Personal data are processed lawfully, fairly and in a way that the person can see through.',
      nb: 'Personopplysninger behandles lovlig, rettferdig og på en måte som personen kan gjennomskue.',
    },
    'Art. 5(1)(c)': {
      en: 'No more personal data are processed than the purpose needs.',
      nb: 'Det behandles ikke flere personopplysninger enn formålet trenger.',
    },
    'Art. 5(1)(e)': {
      en: 'Personal data are kept no longer than the purpose needs.',
      nb: 'Personopplysninger lagres ikke lenger enn formålet trenger.',
    },
    'Art. 6(1)': {
      en: 'Every processing of personal data rests on one of the six legal grounds.',
      nb: 'All behandling av personopplysninger hviler på ett av de seks rettslige grunnlagene.',
    },
    'Art. 6(1)(a)': {
      en: 'Personal data may be processed for a purpose that the person has consented to.',
      nb: 'Personopplysninger kan behandles for et formål som personen har samtykket til.',
    },
    'Art. 6(1)(b)': {
      en: 'Personal data may be processed where a contract with the person needs it.',
      nb: 'Personopplysninger kan behandles når en avtale med personen krever det.',
    },
    'Art. 6(1)(c)': {
      en: 'Personal data may be processed where a legal obligation needs it.',
      nb: 'Personopplysninger kan behandles når en rettslig plikt krever det.',
    },
    'Art. 6(1)(f)': {
      en: 'Personal data may be processed for an interest that the person’s own do not outweigh.',
      nb: 'Personopplysninger kan behandles for en interesse som personens egne interesser ikke veier tyngre enn.',
    },
    'Art. 7(1)': {
      en: 'The controller can show that the person consented.',
      nb: 'Den behandlingsansvarlige kan vise at personen har samtykket.',
    },
    'Art. 7(2)': {
      en: 'A request for consent stands apart from other matters, in clear and plain words.',
      nb: 'En forespørsel om samtykke skilles fra andre forhold og er skrevet klart og enkelt.',
    },
    'Art. 7(3)': {
      en: 'Consent is withdrawn at any time, and as easily as it was given; what was done before stays lawful.',
      nb: 'Et samtykke kan trekkes tilbake når som helst, og like lett som det ble gitt; det som ble gjort før, er fortsatt lovlig.',
    },
    'Art. 8(1)': {
      en: 'A child may consent to an online service from 16, or from the age, 13 at the lowest, that the law of the country sets.',
      nb: 'Et barn kan selv samtykke til en nettjeneste fra fylte 16 år, eller fra den alderen, minst 13 år, som loven i landet setter.',
    },
    'Art. 8(2)': {
      en: 'The controller makes reasonable efforts to verify that a parent or guardian consented.',
      nb: 'Den behandlingsansvarlige gjør det som er rimelig for å kontrollere at en forelder eller verge har samtykket.',
    },
    'Art. 12(2)': {
      en: 'The controller makes it easy to use the rights.',
      nb: 'Den behandlingsansvarlige gjør det lett å bruke rettighetene.',
    },
    'Art. 12(3)': {
      en: 'A request is answered without undue delay and within one month; two more where needed, when the person is told why within the first.',
      nb: 'Et krav besvares uten ugrunnet opphold og innen én måned; det kan ta to måneder til når det trengs, hvis personen får vite hvorfor innen den første.',
    },
    'Art. 12(4)': {
      en: 'Whoever does not act on a request says why, and where to complain, without delay and within one month.',
      nb: 'Den som ikke etterkommer et krav, sier hvorfor, og hvor det kan klages, uten opphold og innen én måned.',
    },
    'Art. 12(5)': {
      en: 'Answers are free; only a manifestly unfounded or excessive request may be charged or refused, and the controller must show that it is.',
      nb: 'Svar er gratis; bare for et krav som er åpenbart grunnløst eller overdrevent, kan det tas betaling eller sies nei, og den behandlingsansvarlige må vise at det er det.',
    },
    'Art. 12(6)': {
      en: 'More proof of identity may be asked for where there is reasonable doubt about who is asking.',
      nb: 'Mer bevis på identiteten kan kreves når det er rimelig tvil om hvem som spør.',
    },
    'Art. 13(1)(c)': {
      en: 'The person is told what the data are used for, and on which legal ground.',
      nb: 'Personen får vite hva opplysningene brukes til, og på hvilket rettslig grunnlag.',
    },
    'Art. 13(1)(e)': {
      en: 'The person is told who receives the data.',
      nb: 'Personen får vite hvem som mottar opplysningene.',
    },
    'Art. 13(1)(f)': {
      en: 'The person is told of transfers out of the EEA and the safeguards for them.',
      nb: 'Personen får vite om overføringer ut av EØS og hvilke garantier som gjelder for dem.',
    },
    'Art. 13(2)(a)': {
      en: 'The person is told how long the data are kept, or how that is decided.',
      nb: 'Personen får vite hvor lenge opplysningene lagres, eller hvordan det avgjøres.',
    },
    'Art. 13(2)(b)': {
      en: 'The person is told of the right of access, correction, erasure, restriction, objection and portability.',
      nb: 'Personen får vite om retten til innsyn, retting, sletting, begrensning, innsigelse og dataportabilitet.',
    },
    'Art. 15': {
      en: 'Everybody may see the data about themselves and have a copy.',
      nb: 'Enhver kan se opplysningene om seg selv og få en kopi.',
    },
    'Art. 15(1)': {
      en: 'The person is told what the data are used for, who receives them, how long they are kept, which rights there are and where to complain.',
      nb: 'Personen får vite hva opplysningene brukes til, hvem som mottar dem, hvor lenge de lagres, hvilke rettigheter som finnes, og hvor det kan klages.',
    },
    'Art. 15(3)': {
      en: 'The person has a copy of the data, in a common electronic form where they asked electronically.',
      nb: 'Personen får en kopi av opplysningene, i en vanlig elektronisk form når kravet kom elektronisk.',
    },
    'Art. 15(4)': {
      en: 'The copy does not harm the rights and freedoms of others.',
      nb: 'Kopien går ikke ut over andres rettigheter og friheter.',
    },
    'Art. 16': {
      en: 'Everybody may have wrong data about themselves put right.',
      nb: 'Enhver kan få rettet uriktige opplysninger om seg selv.',
    },
    'Art. 17(1)': {
      en: 'Data are erased on request, without undue delay, when nothing justifies keeping them.',
      nb: 'Opplysninger slettes på krav, uten ugrunnet opphold, når ingenting gir rett til å beholde dem.',
    },
    'Art. 17(3)(b)': {
      en: 'Data that the law requires to be kept need not be erased.',
      nb: 'Opplysninger som loven krever at beholdes, trenger ikke å slettes.',
    },
    'Art. 17(3)(e)': {
      en: 'Data needed to make or meet a legal claim need not be erased.',
      nb: 'Opplysninger som trengs for å gjøre gjeldende eller møte et rettskrav, trenger ikke å slettes.',
    },
    'Art. 18(1)(d)': {
      en: 'While an objection is being weighed, the data are only stored.',
      nb: 'Mens en innsigelse vurderes, blir opplysningene bare lagret.',
    },
    'Art. 18(2)': {
      en: 'Restricted data are only stored, and used for legal claims or with consent.',
      nb: 'Opplysninger som er begrenset, blir bare lagret, og brukes for rettskrav eller med samtykke.',
    },
    'Art. 20': {
      en: 'Everybody may take along the data that they gave under consent or contract, in a machine-readable form.',
      nb: 'Enhver kan ta med seg opplysningene som de ga etter samtykke eller avtale, i en form som maskiner leser.',
    },
    'Art. 20(1)': {
      en: 'What the person gave under consent or contract is handed to them in a structured, common form that machines read.',
      nb: 'Det personen ga etter samtykke eller avtale, utleveres i en strukturert og vanlig form som maskiner leser.',
    },
    'Art. 21(1)': {
      en: 'Whoever objects to processing that rests on a balance of interests is heard, unless the controller shows compelling grounds.',
      nb: 'Den som protesterer mot behandling som hviler på en avveining av interesser, blir hørt, med mindre den behandlingsansvarlige viser tvingende grunner.',
    },
    'Art. 21(2)–(3)': {
      en: 'An objection to direct marketing ends it: there is nothing to weigh and no reason to give.',
      nb: 'En innsigelse mot direkte markedsføring gjør slutt på den: det er ingenting å avveie og ingen grunn å oppgi.',
    },
    'Art. 28(3)': {
      en: 'A processor acts under a contract with the controller.',
      nb: 'En databehandler handler etter avtale med den behandlingsansvarlige.',
    },
    'Art. 33(1)': {
      en: 'A breach that may put people at risk is reported to the authority without undue delay, where feasible within 72 hours of becoming known.',
      nb: 'Et brudd som kan sette folk i fare, meldes til tilsynet uten ugrunnet opphold, når det er mulig innen 72 timer etter at det ble kjent.',
    },
    'Art. 33(3)': {
      en: 'The report says what happened, to which data and about how many people, who can say more, what may come of it and what is done about it.',
      nb: 'Meldingen sier hva som skjedde, med hvilke opplysninger og om hvor mange, hvem som kan si mer, hva det kan føre til, og hva som gjøres med det.',
    },
    'Art. 33(4)': {
      en: 'What is not known in time is reported in phases, without undue further delay.',
      nb: 'Det som ikke er kjent i tide, meldes etter hvert, uten mer opphold enn nødvendig.',
    },
    'Art. 34(1)': {
      en: 'People are told without undue delay of a breach that is likely to put them at high risk.',
      nb: 'Folk får uten ugrunnet opphold vite om et brudd som trolig setter dem i stor fare.',
    },
    'Art. 34(2)': {
      en: 'They are told in clear and plain words what happened, who can say more, what may come of it and what is done about it.',
      nb: 'De får vite klart og enkelt hva som skjedde, hvem som kan si mer, hva det kan føre til, og hva som gjøres med det.',
    },
  },
)

/** In months from receipt, and in months more when told in time. Source: Art. 12(3). */
export const ANSWER_MONTHS = 1
const EXTENSION_MONTHS = 2
const BREACH_REPORT_HOURS = 72

/**
 * The last day to answer a request: the same date of the next month, or the last of a month that has none, and the next
 * working day when that is none. Source: Art. 12(3); Regulation 1182/71, Art. 3.
 */
export const answerLastDay = (fromOn: Temporal.PlainDate) => lastDayOf(fromOn, { months: ANSWER_MONTHS })

/** The last day to answer a request when the two further months are used. Source: Art. 12(3). */
export const extendedAnswerLastDay = (fromOn: Temporal.PlainDate) =>
  lastDayOf(fromOn, { months: ANSWER_MONTHS + EXTENSION_MONTHS })

/** The latest instant to report a breach. Hours run through nights, weekends and holidays. Source: Art. 33(1). */
export const breachReportedBy = (foundAt: Temporal.Instant) => foundAt.add({ hours: BREACH_REPORT_HOURS })
