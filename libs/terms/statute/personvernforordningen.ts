import { lastDayOf } from '../calendar.ts'
import { euAct } from './act.ts'
import { notedFromEurLex } from './standings.ts'

/** Regulation (EU) 2016/679, the GDPR, which is Norwegian law by personopplysningsloven § 1, in our own words. */
export const personvernforordningen = euAct(
  'personvernforordningen',
  'reg/2016/679',
  notedFromEurLex('Norwegian law by personopplysningsloven § 1.'),
  {
    'Art. 4(7)–(8)':
      'The controller decides why and how personal data are processed; a processor does it on the controller’s behalf.',
    'Art. 5(1)(a)': 'Personal data are processed lawfully, fairly and in a way that the person can see through.',
    'Art. 5(1)(c)': 'No more personal data are processed than the purpose needs.',
    'Art. 5(1)(e)': 'Personal data are kept no longer than the purpose needs.',
    'Art. 6(1)': 'Every processing of personal data rests on one of the six legal grounds.',
    'Art. 6(1)(a)': 'Personal data may be processed for a purpose that the person has consented to.',
    'Art. 6(1)(b)': 'Personal data may be processed where a contract with the person needs it.',
    'Art. 6(1)(c)': 'Personal data may be processed where a legal obligation needs it.',
    'Art. 6(1)(f)': 'Personal data may be processed for an interest that the person’s own do not outweigh.',
    'Art. 7(1)': {
      en: 'The controller can show that the person consented.',
      nb: 'Den behandlingsansvarlige kan vise at personen har samtykket.',
    },
    'Art. 7(2)': 'A request for consent stands apart from other matters, in clear and plain words.',
    'Art. 7(3)': 'Consent is withdrawn at any time, and as easily as it was given; what was done before stays lawful.',
    'Art. 8(1)':
      'A child may consent to an online service from 16, or from the age, 13 at the lowest, that the law of the country sets.',
    'Art. 8(2)': 'The controller makes reasonable efforts to verify that a parent or guardian consented.',
    'Art. 12(2)': 'The controller makes it easy to use the rights.',
    'Art. 12(3)':
      'A request is answered without undue delay and within one month; two more where needed, when the person is told why within the first.',
    'Art. 12(4)':
      'Whoever does not act on a request says why, and where to complain, without delay and within one month.',
    'Art. 12(5)':
      'Answers are free; only a manifestly unfounded or excessive request may be charged or refused, and the controller must show that it is.',
    'Art. 12(6)': 'More proof of identity may be asked for where there is reasonable doubt about who is asking.',
    'Art. 13(1)(e)': 'The person is told who receives the data.',
    'Art. 13(1)(f)': 'The person is told of transfers out of the EEA and the safeguards for them.',
    'Art. 13(2)(a)': 'The person is told how long the data are kept, or how that is decided.',
    'Art. 13(2)(b)':
      'The person is told of the right of access, correction, erasure, restriction, objection and portability.',
    'Art. 15': 'Everybody may see the data about themselves and have a copy.',
    'Art. 15(1)':
      'The person is told what the data are used for, who receives them, how long they are kept, which rights there are and where to complain.',
    'Art. 15(3)': 'The person has a copy of the data, in a common electronic form where they asked electronically.',
    'Art. 15(4)': 'The copy does not harm the rights and freedoms of others.',
    'Art. 16': 'Everybody may have wrong data about themselves put right.',
    'Art. 17(1)': 'Data are erased on request, without undue delay, when nothing justifies keeping them.',
    'Art. 17(3)(b)': 'Data that the law requires to be kept need not be erased.',
    'Art. 17(3)(e)': 'Data needed to make or meet a legal claim need not be erased.',
    'Art. 18(1)(d)': 'While an objection is being weighed, the data are only stored.',
    'Art. 18(2)': 'Restricted data are only stored, and used for legal claims or with consent.',
    'Art. 20':
      'Everybody may take along the data that they gave under consent or contract, in a machine-readable form.',
    'Art. 20(1)':
      'What the person gave under consent or contract is handed to them in a structured, common form that machines read.',
    'Art. 21(1)':
      'Whoever objects to processing that rests on a balance of interests is heard, unless the controller shows compelling grounds.',
    'Art. 21(2)–(3)': 'An objection to direct marketing ends it: there is nothing to weigh and no reason to give.',
    'Art. 28(3)': 'A processor acts under a contract with the controller.',
    'Art. 33(1)':
      'A breach that may put people at risk is reported to the authority without undue delay, where feasible within 72 hours of becoming known.',
    'Art. 33(3)':
      'The report says what happened, to which data and about how many people, who can say more, what may come of it and what is done about it.',
    'Art. 33(4)': 'What is not known in time is reported in phases, without undue further delay.',
    'Art. 34(1)': 'People are told without undue delay of a breach that is likely to put them at high risk.',
    'Art. 34(2)':
      'They are told in clear and plain words what happened, who can say more, what may come of it and what is done about it.',
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
