import type { Language } from './words.ts'

const LOCALES: Record<Language, string> = { nb: 'nb-NO', en: 'en-GB' }
/** Where the clocks are by which moments are written. */
export const ZONE = 'Europe/Oslo'
const STYLES = {
  day: { dateStyle: 'long' },
  shortDay: { day: 'numeric', month: 'short' },
  moment: { dateStyle: 'long', timeStyle: 'short', timeZone: ZONE },
  second: { dateStyle: 'long', timeStyle: 'medium', timeZone: ZONE },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const dateFormats = new Map<string, Intl.DateTimeFormat>()
const sumFormats = new Map<string, Intl.NumberFormat>()

/** What writes days and moments in a language. Each is made once: making one takes several times as long as writing a day with it, and a page may have hundreds. */
export const dates = (language: Language, style: keyof typeof STYLES) =>
  dateFormats.getOrInsertComputed(
    `${language} ${style}`,
    () => new Intl.DateTimeFormat(LOCALES[language], STYLES[style]),
  )

/** What writes sums of a currency in a language, made once too. */
export const sums = (language: Language, currency: string) =>
  sumFormats.getOrInsertComputed(
    `${language} ${currency}`,
    () => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency, currencyDisplay: 'code' }),
  )
