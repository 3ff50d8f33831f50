import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'

const tags = { nb: 'nb-NO', en: 'en-GB' }

// Making one takes ten times as long as using it.
const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

/** How a language writes numbers, or amounts of a currency; each is made once (ECMA-402). */
export function numberFormat(locale: Locale, currency?: string) {
  const options: Intl.NumberFormatOptions = currency === undefined ? {} : { style: 'currency', currency }
  return numbers.getOrInsertComputed(`${locale} ${currency}`, () => new Intl.NumberFormat(tags[locale], options))
}

/** How a language writes days, or moments by the clock of Oslo; each is made once (ECMA-402). */
export function dateFormat(locale: Locale, what: 'day' | 'moment') {
  const time: Intl.DateTimeFormatOptions =
    what === 'day' ? { timeZone: 'UTC' } : { timeStyle: 'short', timeZone: 'Europe/Oslo' }
  return dates.getOrInsertComputed(
    `${locale} ${what}`,
    () => new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', ...time }),
  )
}
