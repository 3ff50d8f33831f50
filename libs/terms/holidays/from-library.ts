import Holidays from 'date-holidays'
import type { CountryFile, Days } from './holidays.ts'

export type Years = { first: number; last: number }

const ONLY_PUBLIC = { types: ['public' as const] }

/** Every country that the library knows, as ISO 3166-1 alpha-2. */
export const countriesOfLibrary = (): string[] => Object.keys(new Holidays().getCountries())

/** The parts of a country, as the library names them after the country: `BY` of `DE`. */
export const partsOfLibrary = (country: string): string[] => Object.keys(new Holidays().getStates(country) ?? {})

/** The public holidays of a country or a part of it in a year, as the library works them out: `MM-DD`, in order. */
export function daysOfLibrary(country: string, part: string | undefined, year: number): string[] {
  const holidays = part === undefined ? new Holidays(country, ONLY_PUBLIC) : new Holidays(country, part, ONLY_PUBLIC)
  // `date` is local to the country ("2027-05-17 00:00:00"), unlike `start`, which is a Date.
  return [
    ...new Set(holidays.getHolidays(year).map(({ date }) => date.slice('yyyy-'.length, 'yyyy-mm-dd'.length))),
  ].sort()
}

/** A country's file as it is written for these years. */
export function fileOfLibrary(country: string, { first, last }: Years): CountryFile {
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const calendarOf = (part?: string) => new Map(years.map((year) => [year, daysOfLibrary(country, part, year)]))
  const nation = calendarOf()
  const parts = partsOfLibrary(country).map((part) => {
    const calendar = calendarOf(part)
    const more = packed(calendar, (year, day) => !nation.get(year)!.includes(day))
    const fewer = packed(nation, (year, day) => !calendar.get(year)!.includes(day))
    return [part, { ...(more && { more }), ...(fewer && { fewer }) }] as const
  })
  return { days: packed(nation) ?? {}, ...(parts.length > 0 && { parts: Object.fromEntries(parts) }) }
}

/** What is the same in all years is said once. */
function packed(calendar: Map<number, string[]>, keep: (year: number, day: string) => boolean = () => true) {
  const kept = [...calendar].map(([year, days]) => [year, days.filter((day) => keep(year, day))] as const)
  const every = kept[0]![1].filter((day) => kept.every(([, days]) => days.includes(day)))
  const others = kept.flatMap(([year, days]) => {
    const rest = days.filter((day) => !every.includes(day))
    return rest.length === 0 ? [] : [[year, rest.join(' ')] as const]
  })
  if (every.length + others.length === 0) return undefined
  return { ...(every.length > 0 && { every: every.join(' ') }), ...Object.fromEntries(others) } as Days
}
