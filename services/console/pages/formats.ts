import { kept } from './kept.ts'
import type { Language } from './words.ts'

const LOCALES: Record<Language, string> = { nb: 'nb-NO', en: 'en-GB' }
/** Where the clocks are by which moments are written. */
export const ZONE = 'Europe/Oslo'
const STYLES = {
  day: { dateStyle: 'long', timeZone: 'UTC' },
  shortDay: { day: 'numeric', month: 'short', timeZone: 'UTC' },
  moment: { dateStyle: 'long', timeStyle: 'short', timeZone: ZONE },
  second: { dateStyle: 'long', timeStyle: 'medium', timeZone: ZONE },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const dateFormats = new Map<string, Intl.DateTimeFormat>()
const countryNames = new Map<Language, Intl.DisplayNames>()
const sumFormats = new Map<string, { format: Intl.NumberFormat; decimals: number }>()

// Making one takes ten times as long as using it, and a page may have hundreds of days.
const dates = (language: Language, style: keyof typeof STYLES) =>
  dateFormats.getOrInsertComputed(
    `${language} ${style}`,
    () => new Intl.DateTimeFormat(LOCALES[language], STYLES[style]),
  )

/** A day in a language. It is written as the moment at which it begins: a format takes six times as long over a day itself. */
export const writeDay = (language: Language, style: 'day' | 'shortDay', date: string) =>
  days(`${language} ${style} ${date}`, () =>
    dates(language, style).format(Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds),
  )
/** A few years of days in both languages. */
const days = kept<string>(4_000)

/** A moment in a language, by its milliseconds for the same reason. */
export const writeMoment = (language: Language, style: 'moment' | 'second', instant: string) =>
  dates(language, style).format(Temporal.Instant.from(instant).epochMilliseconds)

/** A sum in minor units, with the decimals of its currency. */
export function writeSum(language: Language, amount: number, currency: string) {
  const { format, decimals } = sumFormats.getOrInsertComputed(`${language} ${currency}`, () => {
    const format = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency, currencyDisplay: 'code' })
    return { format, decimals: format.resolvedOptions().maximumFractionDigits ?? 2 }
  })
  return format.format(amount / 10 ** decimals)
}

/** The name of a country in a language, and the code itself of what is none. */
export const writeCountry = (language: Language, code: string) =>
  countryNames
    .getOrInsertComputed(
      language,
      () => new Intl.DisplayNames([LOCALES[language]], { type: 'region', fallback: 'code' }),
    )
    .of(code) ?? code
