import Holidays from 'date-holidays'

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
 * Neither Saturday, Sunday nor a day off by law: the holidays of helligdagsfredloven § 2, and 1 and 17 May, which
 * lov 1947-04-26-1 puts on a level with Sundays. 24 and 31 December are working days, whatever banks and shops do.
 */
export const isWorkingDay = (day: Temporal.PlainDate): boolean =>
  day.dayOfWeek < SATURDAY && !holidaysOf(day.year).has(day.month * 100 + day.day)

/** The day itself when it is a working day, else the first working day after it. */
export function nextWorkingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  let working = day
  while (!isWorkingDay(working)) working = working.add({ days: 1 })
  return working
}

/**
 * The last day of a period, by angrerettloven § 6 and Regulation 1182/71, Art. 3: the day of the event does not count, all
 * calendar days do, months and years end on the corresponding date or else on the last of the month, and a last day that
 * is not a working day moves to the next one.
 */
export function lastDayOf(
  eventDay: Temporal.PlainDate,
  period: { days?: number; months?: number; years?: number },
): Temporal.PlainDate {
  const { days = 0, months = 0, years = 0 } = period
  const key = (years * 12 + months) * 100_000 + days
  const ofEvent = lastDays.getOrInsertComputed(eventDay, () => new Map())
  return ofEvent.getOrInsertComputed(key, () => nextWorkingDay(eventDay.add(period, { overflow: 'constrain' })))
}

// Orders ask for the same few days again and again, and `osloDay` gives them the same object to ask by.
const lastDays = new WeakMap<Temporal.PlainDate, Map<number, Temporal.PlainDate>>()
const ends = new WeakMap<Temporal.PlainDate, Temporal.Instant>()

/** The `count`-th working day after a day. */
export function businessDays(after: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = after
  for (let counted = 0; counted < count; counted++) day = nextWorkingDay(day.add({ days: 1 }))
  return day
}

const norway = new Holidays('NO', { types: ['public'] })
const holidaysByYear = new Map<number, Set<number>>()

/** The statutory holidays of a year as month * 100 + day. Working out a year takes milliseconds, so it is done once. */
const holidaysOf = (year: number) =>
  holidaysByYear.getOrInsertComputed(
    year,
    // `date` is local to Norway ("2027-05-17 00:00:00"), unlike `start`, which is a Date.
    () =>
      new Set(norway.getHolidays(year).map(({ date }) => Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10)))),
  )
