import { readdirSync } from 'node:fs'
import t from 'tap'
import { isWorkingDay, lastDayOf } from '../calendar.ts'
import { countriesOfLibrary, daysOfLibrary, partsOfLibrary } from '../holidays/from-library.ts'
import { COUNTED_FROM, FOLDER, holidaysOf, isTableShort, KNOWN_YEARS, regionsOf } from '../holidays/holidays.ts'
import { readRegister, report } from '../statute/register.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const years = Array.from({ length: KNOWN_YEARS.last - KNOWN_YEARS.first + 1 }, (_, at) => KNOWN_YEARS.first + at)
const written = (calendar: string, year: number) =>
  [...holidaysOf(calendar, year)]
    .sort((one, other) => one - other)
    .map((day) => `${String(Math.floor(day / 100)).padStart(2, '0')}-${String(day % 100).padStart(2, '0')}`)
const countries = countriesOfLibrary()

t.test('the table of holidays is what the library works out', async (t) => {
  t.test('for Norway in every year', async (t) => {
    for (const year of years) t.strictSame(written('NO', year), daysOfLibrary('NO', undefined, year), `${year}`)
  })
  // All of it takes the library a minute: `pnpm holidays` works it out anew, and git shows what differs.
  t.test('for every country and a part of it, in a year of its own', async (t) => {
    for (const [at, country] of countries.entries()) {
      const [year, parts] = [years[at % years.length]!, partsOfLibrary(country)]
      const part = parts[at % parts.length]
      t.strictSame(written(country, year), daysOfLibrary(country, undefined, year), `${country} ${year}`)
      if (part === undefined) continue
      t.strictSame(
        written(`${country}-${part}`, year),
        daysOfLibrary(country, part, year),
        `${country}-${part} ${year}`,
      )
    }
  })
  t.test('with the same countries and parts', async (t) => {
    t.strictSame(readdirSync(FOLDER).toSorted(), countries.map((country) => `${country}.json`).toSorted())
    for (const country of countries)
      t.strictSame(
        regionsOf(country),
        partsOfLibrary(country).map((part) => `${country}-${part}`),
      )
  })
})

t.test('a country that nobody knows has no holidays', async (t) => {
  for (const country of ['XX', 'no', '', '..', '../by-country/NO']) t.strictSame(written(country, 2026), [])
  t.strictSame(written('DE-XX', 2026), written('DE', 2026), 'and a part that nobody knows has those of its country')
  t.strictSame(regionsOf('../NO'), [])
})

t.test('no day outside the years of the table is answered with a guess', async (t) => {
  // Weekdays: that a Saturday is no working day is known in any year.
  for (const text of ['2019-12-31', '2071-01-02'])
    t.throws(() => isWorkingDay(day(text)), { name: 'RangeError', message: /No holidays of NO are known in/ })
})

t.test('whatever can be asked about ends within it', async (t) => {
  const latest = day(`${COUNTED_FROM.last - 1}-12-31`)
  t.ok(lastDayOf(latest, { years: 5 }, 'DE').year <= KNOWN_YEARS.last)
  t.ok(latest.year - 20 > Temporal.Now.plainDateISO().year, 'and decades ahead can be asked about')
})

t.test('that the table is to be made longer is said years before', async (t) => {
  t.notOk(isTableShort(Temporal.Now.plainDateISO()), 'run "pnpm holidays" with a later KNOWN_YEARS.last')
  t.notOk(isTableShort(day('2055-12-31')))
  t.ok(isTableShort(day('2056-01-01')))
  const register = await readRegister()
  t.match(report(register, day('2056-01-01')), /due: public holidays are known to 2070 only: pnpm holidays/)
  t.notMatch(report(register, day('2026-12-01')), /holidays/)
})
