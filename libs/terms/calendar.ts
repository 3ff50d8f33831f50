import { holidaysOf } from './holidays/holidays.ts'

const ZONE = 'Europe/Oslo'
const SATURDAY = 6

/** The day in Europe/Oslo on which an instant falls, whatever zone the process runs in. */
export function osloDay(instant: Temporal.Instant): Temporal.PlainDate {
  if (dayByHour.size >= MAX_HOURS_KEPT) forgetDays()
  const hour = Math.floor(instant.epochMilliseconds / HOUR_MS)
  return dayByHour.getOrInsertComputed(hour, () => {
    const day = instant.toZonedDateTimeISO(ZONE).toPlainDate()
    return dayByDate.getOrInsert(day.toString(), day)
  })
}

// Time zones are costly to ask. Midnight in Oslo has always fallen on a whole hour of UTC since 1895, so a day holds for
// the hour around an instant. One day is one object, by which `lastDayOf` knows it again.
const HOUR_MS = 3_600_000
const MAX_HOURS_KEPT = 10_000
const dayByHour = new Map<number, Temporal.PlainDate>()
const dayByDate = new Map<string, Temporal.PlainDate>()

function forgetDays() {
  dayByHour.clear()
  dayByDate.clear()
}

/** The first instant of a day in Europe/Oslo. */
export const startOfOsloDay = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(ZONE).toInstant()

/** The first instant that is too late when the day is the last one: midnight in Europe/Oslo after it. */
export const endOfOsloDay = (day: Temporal.PlainDate): Temporal.Instant =>
  ends.getOrInsertComputed(day, () => startOfOsloDay(day.add({ days: 1 })))

/**
 * A country as ISO 3166-1 alpha-2, or a part of one as `regionsOf` names it. Days off differ from one to the next; one that nobody
 * knows has weekends only.
 */
export type Country = string
const NORWAY = 'NO'

/** Whether a country is Norway: Svalbard and Jan Mayen have a code of their own, and its law. */
export const isNorway = (country: Country) => country === NORWAY || country === 'SJ'

/**
 * Neither Saturday, Sunday nor a public holiday. In Norway those are the holidays of helligdagsfredloven § 2, and 1 and
 * 17 May, which lov 1947-04-26-1 puts on a level with Sundays. 24 and 31 December are working days, whatever banks do.
 */
export const isWorkingDay = (day: Temporal.PlainDate, country: Country = NORWAY): boolean =>
  day.dayOfWeek < SATURDAY && !isHoliday(day, country)

const isHoliday = (day: Temporal.PlainDate, country: Country) =>
  holidaysOf(country, day.year).has(day.month * 100 + day.day)

/** The day itself when it is a working day, else the first working day after it. */
export function nextWorkingDay(day: Temporal.PlainDate, country: Country = NORWAY): Temporal.PlainDate {
  let working = day
  while (!isWorkingDay(working, country)) working = working.add({ days: 1 })
  return working
}

export type Period = { days?: number; months?: number; years?: number }

/**
 * The last day of a period as counted: the day of the event does not count, all calendar days do, and months and years end
 * on the corresponding date or else on the last of the month. Periods to keep something, unlike those to do something, end
 * here. Source: angrerettloven § 6; Regulation 1182/71, Art. 3(1)–(3).
 */
export const countedLastDayOf = (eventDay: Temporal.PlainDate, period: Period): Temporal.PlainDate =>
  remembered(eventDay, 'counted', keyOf(period), () => eventDay.add(period, { overflow: 'constrain' }))

/**
 * The last day of a period to do something: as counted, or the next working day when that is none. A consumer abroad gets
 * the later of the calendar of Norway and their own, since in doubt the consumer gains. Source: angrerettloven § 6;
 * Regulation 1182/71, Art. 3(4); avtaleloven § 37.
 */
export const lastDayOf = (
  eventDay: Temporal.PlainDate,
  period: Period,
  country: Country = NORWAY,
): Temporal.PlainDate =>
  remembered(eventDay, country, keyOf(period), () => {
    const counted = countedLastDayOf(eventDay, period)
    return laterDay(nextWorkingDay(counted), nextWorkingDay(counted, country))
  })

const keyOf = ({ days = 0, months = 0, years = 0 }: Period) => (years * 12 + months) * 100_000 + days

// Orders ask for the same few days again and again, and `osloDay` gives them the same object to ask by.
const known = new Map<string, WeakMap<Temporal.PlainDate, Map<number, Temporal.PlainDate>>>()
const ends = new WeakMap<Temporal.PlainDate, Temporal.Instant>()

function remembered(from: Temporal.PlainDate, how: string, length: number, work: () => Temporal.PlainDate) {
  const ofDay = known.getOrInsertComputed(how, () => new WeakMap()).getOrInsertComputed(from, () => new Map())
  return ofDay.getOrInsertComputed(length, work)
}

/** The later of two days. */
export const laterDay = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a)

/** Whether a day comes after another. */
export const isAfter = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) > 0

/** The `count`-th working day after a day. */
export const businessDays = (after: Temporal.PlainDate, count: number): Temporal.PlainDate =>
  count === 0
    ? after
    : remembered(after, 'business', count, () => nextWorkingDay(businessDays(after, count - 1).add({ days: 1 })))

/** The `count`-th day after a day, Sundays and public holidays of Norway not counted: Saturdays are. */
export function weekdaysAfter(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let last = day
  for (let left = count; left > 0; ) {
    last = last.add({ days: 1 })
    if (last.dayOfWeek <= SATURDAY && !isHoliday(last, NORWAY)) left -= 1
  }
  return last
}
