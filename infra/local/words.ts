/** How the story and the page say moments, days and money. */
const ZONE = 'Europe/Oslo'

/** "27 November 2026 at 04:33", as clocks in Oslo show it. */
export const moment = (instant: string) =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(ZONE)
    .toPlainDateTime()
    .toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })

/** "27 November 2026", of a date as the services write it. */
export const day = (date: string) => Temporal.PlainDate.from(date).toLocaleString('en-GB', { dateStyle: 'long' })

/** "1,796.00 NOK", from minor units. */
export const money = (amount: number, currency: string) =>
  `${(amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })} ${currency}`

export type Cite = { clause?: string; act?: string; section?: string; text: string }
export type Reason = { cites: Cite[] }

/** What a sentence is known by: "clause 8.2", or "angrerettloven § 21". */
export const nameOf = ({ clause, act, section }: Cite) => (clause ? `clause ${clause}` : `${act} ${section}`)
