/** Days in Oslo as milliseconds and back, for who trusts nobody else's calendar. */
const ZONE = 'Europe/Oslo'

const known = new Map<number, Temporal.PlainDate>()
const HOUR = 3_600_000

/** The day in Oslo that a moment lies in. Days begin on whole hours there. */
export const dayOf = (at: number): Temporal.PlainDate =>
  known.getOrInsertComputed(Math.floor(at / HOUR), (hour) =>
    Temporal.Instant.fromEpochMilliseconds(hour * HOUR)
      .toZonedDateTimeISO(ZONE)
      .toPlainDate(),
  )

/** The moment at which a day begins in Oslo. */
export const startOf = (day: Temporal.PlainDate): number => day.toZonedDateTime(ZONE).epochMilliseconds

/** The first moment after a day. */
export const afterDay = (day: Temporal.PlainDate) => startOf(day.add({ days: 1 }))
