import { act } from './act.ts'
import { readAtLovdata } from './standings.ts'

/** Lov 19 November 2004 no. 73, the Bookkeeping Act, in our own words. */
export const bokforingsloven = act('bokføringsloven', 'lov/2004-11-19-73', readAtLovdata('2021-01-01'), {
  '§ 13': {
    en: 'Accounts and what documents their entries are kept for five years after the end of the financial year; agreements, correspondence, outgoing packing slips and price lists for three years and six months.',
    nb: 'Regnskapet og det som dokumenterer postene i det, oppbevares i fem år etter regnskapsårets slutt; avtaler, korrespondanse, utgående pakksedler og prisoversikter i tre år og seks måneder.',
  },
})

const PRIMARY = { years: 5 }
const SECONDARY = { years: 3, months: 6 }

/** The financial year of most: the calendar year. */
const CALENDAR_YEAR_END = Temporal.PlainMonthDay.from('12-31')

/** The last day of the financial year that a day falls in. A year that ends on 29 February ends on the 28th when there is none. */
export function endOfFinancialYear(day: Temporal.PlainDate, yearEnd = CALENDAR_YEAR_END): Temporal.PlainDate {
  const endOn = yearEnd.toPlainDate({ year: day.year })
  return Temporal.PlainDate.compare(day, endOn) <= 0 ? endOn : yearEnd.toPlainDate({ year: day.year + 1 })
}

/** The last day to keep what documents an entry, such as an invoice. Source: § 13. */
export const primaryKeptThrough = (documentOn: Temporal.PlainDate, yearEnd?: Temporal.PlainMonthDay) =>
  keptThrough(endOfFinancialYear(documentOn, yearEnd), PRIMARY)

/** The last day to keep agreements, correspondence, outgoing packing slips and price lists. Source: § 13. */
export const secondaryKeptThrough = (documentOn: Temporal.PlainDate, yearEnd?: Temporal.PlainMonthDay) =>
  keptThrough(endOfFinancialYear(documentOn, yearEnd), SECONDARY)

/** The last days to keep several such documents, each day once, the earliest first. Source: § 13. */
export function accountsKeptThrough(documents: readonly Temporal.PlainDate[], yearEnd?: Temporal.PlainMonthDay) {
  const days = documents.map((documentOn) => primaryKeptThrough(documentOn, yearEnd)).sort(Temporal.PlainDate.compare)
  return days.filter((day, at) => at === 0 || !day.equals(days[at - 1]!))
}

/** Counted from the first day of the next year, so that a period after the end of June ends on the last of December. */
const keptThrough = (yearEndOn: Temporal.PlainDate, period: Temporal.DurationLike) =>
  yearEndOn.add({ days: 1 }).add(period).subtract({ days: 1 })
