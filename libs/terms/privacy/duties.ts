import type { Reason } from '../ruling/ruling.ts'
import { belgianVatCode, salesKeptThrough } from '../statute/belgian-vat-code.ts'
import { bokforingsloven, primaryKeptThrough, secondaryKeptThrough } from '../statute/bokforingsloven.ts'
import { complaintLastDay, forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { antiLaunderingKeptThrough, hvitvaskingsloven } from '../statute/hvitvaskingsloven.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because, type Duty, type Event } from './policy.ts'

export type Events = Readonly<Partial<Record<Event, Temporal.PlainDate>>>

export type DutyFacts = {
  /** When what starts a period happened. */
  on: Events
  /** The calendar year when left out. */
  financialYearEnd?: Temporal.PlainMonthDay
  /** Of the goods; unknown is taken as long-lived, since the customer then still has their claim. */
  longLived?: boolean
  /** Whether hvitvaskingsloven § 4 lists the controller; unknown is taken at the word of the policy. */
  obligedByAntiLaundering?: boolean
}

/** How long a law has data kept. After `keptThrough` the data `mustGo` where the law sets no minimum only but a maximum. */
export type DutyPeriod = { duty: Duty; keptThrough: Temporal.PlainDate; mustGo: boolean; reasons: Reason[] }

const why = {
  bookkeeping: because('bookkeeping', bokforingsloven('§ 13'), gdpr('Art. 6(1)(c)')),
  bookkeepingBelgian: because('bookkeeping', belgianVatCode('Art. 60 § 4'), gdpr('Art. 6(1)(c)')),
  antiLaundering: because('anti-laundering', hvitvaskingsloven('§ 30'), gdpr('Art. 6(1)(c)')),
  antiLaunderingInDoubt: because('anti-laundering-duty-in-doubt', hvitvaskingsloven('§ 4')),
  complaints: because('complaints-still-possible', forbrukerkjopsloven('§ 27'), gdpr('Art. 17(3)(e)')),
}

const periods: Readonly<Record<Duty, (facts: DutyFacts) => Omit<DutyPeriod, 'duty'> | undefined>> = {
  bookkeeping: ({ on, financialYearEnd }) =>
    ofDay(documentOn(on), (day) => ({
      keptThrough: primaryKeptThrough(day, financialYearEnd),
      mustGo: false,
      reasons: [why.bookkeeping],
    })),
  'bookkeeping-secondary': ({ on, financialYearEnd }) =>
    ofDay(documentOn(on), (day) => ({
      keptThrough: secondaryKeptThrough(day, financialYearEnd),
      mustGo: false,
      reasons: [why.bookkeeping],
    })),
  'bookkeeping-belgian': ({ on }) =>
    ofDay(documentOn(on), (day) => ({
      keptThrough: salesKeptThrough(day),
      mustGo: false,
      reasons: [why.bookkeepingBelgian],
    })),
  'anti-laundering': ({ on, obligedByAntiLaundering }) =>
    obligedByAntiLaundering === false
      ? undefined
      : ofDay(on.transaction ?? on.document, (day) => ({
          keptThrough: antiLaunderingKeptThrough(day),
          mustGo: true,
          reasons: obligedByAntiLaundering ? [why.antiLaundering] : [why.antiLaundering, why.antiLaunderingInDoubt],
        })),
  complaints: ({ on, longLived = true }) =>
    ofDay(on.delivered, (day) => ({
      keptThrough: complaintLastDay(day, longLived),
      mustGo: false,
      reasons: [why.complaints],
    })),
}

/** What documents a sale is dated when it is delivered or paid, if nothing says otherwise. */
const documentOn = ({ document, transaction, delivered }: Events) => document ?? transaction ?? delivered

const ofDay = <Result>(day: Temporal.PlainDate | undefined, then: (day: Temporal.PlainDate) => Result) =>
  day && then(day)

/**
 * The periods for which duties have data kept, the longest first: what has to be kept longest decides for the fields that
 * it needs, and the other periods for theirs. Source: bokføringsloven § 13, the Belgian VAT Code Art. 60, hvitvaskingsloven § 30, forbrukerkjøpsloven § 27.
 */
export const dutyPeriods = (duties: readonly Duty[], facts: DutyFacts): DutyPeriod[] =>
  duties
    .flatMap((duty) => {
      const period = periods[duty](facts)
      return period ? [{ duty, ...period }] : []
    })
    .sort((a, b) => Temporal.PlainDate.compare(b.keptThrough, a.keptThrough))
