import { citedInWords } from '@vilkar/mail/cited.ts'
import { formatDay } from '@vilkar/mail/mail.ts'
import { promiseOf } from '../promise.ts'
import { type PlacedOrder, termsFor } from '../state.ts'

const words = {
  nb: {
    expected: (from: string, to: string) => `Vi regner med at varene kommer fram mellom ${from} og ${to}.`,
    byLaw: (day: string, why: string) => `Etter loven skal du ha dem senest ${day} (${why}).`,
    agreed: (day: string, why: string) => `Vi har avtalt at du skal ha dem senest ${day} (${why}).`,
  },
  en: {
    expected: (from: string, to: string) => `We expect the goods to reach you between ${from} and ${to}.`,
    byLaw: (day: string, why: string) => `By law you are to have them by ${day} (${why}).`,
    agreed: (day: string, why: string) => `We have agreed that you are to have them by ${day} (${why}).`,
  },
}

/**
 * When goods are expected, by the clock that shows `at`, or as of when the contract was formed if it is: and the last day of a consumer
 * or of whoever agreed on one.
 */
export function promiseInWords(state: PlacedOrder, at: Temporal.Instant): string {
  const { placed, formedAt } = state
  const say = words[placed.locale]
  const day = (iso: string) => formatDay(placed.locale, iso)
  const promise = promiseOf(termsFor(state), placed, formedAt ? Temporal.Instant.from(formedAt) : at)
  const expected = say.expected(day(promise.from), day(promise.to))
  if (promise.lastDay === undefined) return expected
  const why = citedInWords(placed.locale, promise.reasons)
  return `${expected} ${say[promise.agreed ? 'agreed' : 'byLaw'](day(promise.lastDay), why)}`
}
