import t from 'tap'
import {
  businessDays,
  countedLastDayOf,
  endOfOsloDay,
  isWorkingDay,
  lastDayOf,
  nextWorkingDay,
  osloDay,
  startOfOsloDay,
} from '../calendar.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const instant = (text: string) => Temporal.Instant.from(text)

// Written down from the two Acts and the date of Easter, not from the library.
const OFF = {
  2026: '01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26',
  2027: '01-01 03-25 03-26 03-28 03-29 05-01 05-06 05-16 05-17 12-25 12-26',
  2028: '01-01 04-13 04-14 04-16 04-17 05-01 05-17 05-25 06-04 06-05 12-25 12-26',
  2029: '01-01 03-29 03-30 04-01 04-02 05-01 05-10 05-17 05-20 05-21 12-25 12-26',
}

t.test('working days', async (t) => {
  for (const [year, off] of Object.entries(OFF))
    t.test(
      `in ${year} the days off are Saturdays, Sundays, the statutory holidays, 1 May and 17 May, and no other`,
      async (t) => {
        const holidays = new Set(off.split(' ').map((date) => `${year}-${date}`))
        for (let date = day(`${year}-01-01`); date.year === Number(year); date = date.add({ days: 1 }))
          t.equal(isWorkingDay(date), date.dayOfWeek < 6 && !holidays.has(date.toString()), date.toString())
      },
    )

  for (const [from, to, rule] of [
    ['2026-12-24', '2026-12-24', 'Christmas Eve is a working day'],
    ['2026-12-31', '2026-12-31', 'so is New Year’s Eve'],
    ['2026-04-01', '2026-04-01', 'so is the Wednesday before Easter'],
    ['2026-04-02', '2026-04-07', 'Maundy Thursday moves past all of Easter'],
    ['2026-05-01', '2026-05-04', '1 May on a Friday moves to Monday'],
    ['2027-05-15', '2027-05-18', '17 May 2027 is Whit Monday too and counts once'],
    ['2027-01-01', '2027-01-04', 'New Year moves into the next year’s first Monday'],
  ] as const)
    t.test(`${rule}: ${from} → ${to}`, async (t) => t.equal(nextWorkingDay(day(from)).toString(), to))
})

t.test('days in Oslo', async (t) => {
  for (const [at, expected] of [
    ['2026-01-11T23:30:00Z', '2026-01-12'],
    ['2026-01-11T22:30:00Z', '2026-01-11'],
    ['2026-06-15T21:59:59.999Z', '2026-06-15'],
    ['2026-06-15T22:00:00Z', '2026-06-16'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ] as const)
    t.test(`${at} falls on ${expected}`, async (t) => t.equal(osloDay(instant(at)).toString(), expected))

  for (const [date, start, end] of [
    ['2026-06-15', '2026-06-14T22:00:00Z', '2026-06-15T22:00:00Z'],
    ['2026-01-26', '2026-01-25T23:00:00Z', '2026-01-26T23:00:00Z'],
    ['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ] as const)
    t.test(`${date} runs from ${start} until ${end}, clocks changing or not`, async (t) => {
      t.equal(startOfOsloDay(day(date)).toString(), start)
      t.equal(endOfOsloDay(day(date)).toString(), end)
    })
})

t.test('periods', async (t) => {
  for (const [event, period, last, rule] of [
    ['2026-06-01', { days: 14 }, '2026-06-15', 'the day of the event is not counted'],
    ['2026-06-06', { days: 14 }, '2026-06-22', 'a Saturday moves to Monday'],
    ['2026-01-19', { months: 12 }, '2027-01-19', 'months end on the corresponding date'],
    ['2028-02-29', { months: 12 }, '2029-02-28', 'or on the last of the month when there is none'],
    ['2024-02-29', { years: 2 }, '2026-03-02', 'which is a Saturday in 2026'],
    ['2024-06-10', { years: 5 }, '2029-06-11', 'a Sunday moves to Monday, years later too'],
  ] as const)
    t.test(`${rule}: ${event} + ${JSON.stringify(period)} → ${last}`, async (t) =>
      t.equal(lastDayOf(day(event), period).toString(), last),
    )

  t.test('business days skip weekends and holidays and count 24 December', async (t) => {
    t.equal(businessDays(day('2026-12-17'), 2).toString(), '2026-12-21')
    t.equal(businessDays(day('2026-12-17'), 7).toString(), '2026-12-29')
    t.equal(businessDays(day('2026-12-23'), 1).toString(), '2026-12-24')
    t.equal(businessDays(day('2026-04-01'), 2).toString(), '2026-04-08')
    t.equal(businessDays(day('2026-04-01'), 7).toString(), '2026-04-15')
  })
})

t.test('the calendar of a consumer abroad', async (t) => {
  for (const [event, country, last, rule] of [
    ['2028-09-19', 'DE', '2028-10-04', 'German Unity Day on a Tuesday moves a German’s last day'],
    ['2028-09-19', 'NO', '2028-10-03', 'and nobody else’s'],
    ['2026-03-19', 'DE', '2026-04-07', 'Maundy Thursday is a working day in Germany, but Norway’s calendar counts too'],
    ['2026-07-01', 'FR', '2026-07-15', 'a holiday inside the period moves nothing'],
    ['2026-06-30', 'FR', '2026-07-15', '14 July on a Tuesday moves a French last day'],
    ['2026-06-06', 'XX', '2026-06-22', 'a country that nobody knows has the calendar of Norway'],
  ] as const)
    t.test(`${rule}: ${event} → ${last}`, async (t) =>
      t.equal(lastDayOf(day(event), { days: 14 }, country).toString(), last),
    )

  t.test('a period to keep something ends on the day that it is counted to, whatever day that is', async (t) => {
    t.equal(countedLastDayOf(day('2026-06-06'), { days: 14 }).toString(), '2026-06-20')
    t.equal(countedLastDayOf(day('2024-02-29'), { years: 2 }).toString(), '2026-02-28')
  })
  t.test('a period of hours is a length of time, over weekends and changes of the clock alike', async (t) => {
    const found = instant('2026-10-24T12:00:00Z')
    t.equal(found.add({ hours: 72 }).toString(), '2026-10-27T12:00:00Z')
  })
})
