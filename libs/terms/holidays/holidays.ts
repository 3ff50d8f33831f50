import { existsSync, readFileSync } from 'node:fs'

/** Days of one calendar: those of every year, and those of a year beside them, each as `MM-DD` and parted by spaces. */
export type Days = { every?: string; [year: string]: string | undefined }
/** What a country's file holds: its days, and what each of its parts has beside them and has not. */
export type CountryFile = { days: Days; parts?: Record<string, { more?: Days; fewer?: Days }> }

export const FOLDER = new URL('./by-country/', import.meta.url)

/** The years whose holidays are written down; a later one is an error, of which `pnpm law` and a test tell decades before. */
export const KNOWN_YEARS = { first: 2020, last: 2070 } as const
/** No period that the terms or the law count to a working day is longer, in years. */
const LONGEST_PERIOD_YEARS = 10
/** In which years lies what periods may be counted from: before the last. */
export const COUNTED_FROM = { first: KNOWN_YEARS.first, last: KNOWN_YEARS.last - LONGEST_PERIOD_YEARS } as const
/** For how many years from now there must be holidays, so that the table is made longer before anybody misses a day. */
const YEARS_AHEAD = 15

const COUNTRY = /^[A-Z]{2}$/
const NONE: CountryFile = { days: {} }
const files = new Map<string, CountryFile>()
const MAX_YEARS_KEPT = 1_000
const years = new Map<string, ReadonlySet<number>>()

/**
 * The public holidays of a country (ISO 3166-1 alpha-2) or a part of one (`DE-BY`) in a year, as month * 100 + day. A country that
 * nobody knows has none. Throws RangeError for a year that is not in the table: a wrong answer would be a wrong last day.
 */
export function holidaysOf(calendar: string, year: number): ReadonlySet<number> {
  if (years.size >= MAX_YEARS_KEPT) years.clear()
  return years.getOrInsertComputed(`${calendar} ${year}`, () => readYear(calendar, year))
}

function readYear(calendar: string, year: number) {
  const { first, last } = KNOWN_YEARS
  if (year < first || year > last)
    throw new RangeError(`No holidays of ${calendar} are known in ${year}: "pnpm holidays" wrote ${first} to ${last}.`)
  const [country, part] = calendar.split('-')
  const { days, parts } = fileOf(country!)
  const ofCountry = new Set(daysIn(days, year))
  const { more, fewer } = (part !== undefined && parts?.[part]) || {}
  return ofCountry.difference(new Set(daysIn(fewer, year))).union(new Set(daysIn(more, year)))
}

/** The parts of a country that may have holidays of their own, each as country-part: `DE-BY`. */
export const regionsOf = (country: string): string[] =>
  Object.keys(fileOf(country).parts ?? {}).map((part) => `${country}-${part}`)

/** Whether the table is to be made longer: years before the first period ends outside it. */
export const isTableShort = (today: Temporal.PlainDate) => today.year + YEARS_AHEAD > KNOWN_YEARS.last

function fileOf(country: string): CountryFile {
  if (!COUNTRY.test(country)) return NONE
  return files.getOrInsertComputed(country, () => {
    const file = new URL(`${country}.json`, FOLDER)
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CountryFile) : NONE
  })
}

const daysIn = (days: Days = {}, year: number) =>
  [days.every, days[year]]
    .flatMap((written) => written?.split(' ') ?? [])
    .map((day) => Number(day.slice(0, 2)) * 100 + Number(day.slice(3)))
