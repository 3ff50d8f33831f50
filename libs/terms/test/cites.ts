import { placeOf, type Reason } from '../ruling/ruling.ts'

/** The numbers of the clauses and sections that reasons cite, in order: `['8.2', '§ 21']`. */
export const cites = (reasons: readonly Reason[]) => reasons.flatMap((reason) => reason.cites.map(placeOf))

export const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code)

export const instant = (text: string) => Temporal.Instant.from(text)

/** Noon in Oslo, on a day where the hour does not matter. */
export const noon = (day: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Oslo', plainTime: '12:00' }).toInstant()
