/** How a case writes things down: instants or bare days, money in kroner, who the customer is. */

const ZONE = 'Europe/Oslo'

/** A moment as a case tells it: an RFC 3339 instant, or a day in Oslo, whose hour then does not matter. */
export type Moment = string

/** The instant of a moment; a bare day is taken at noon in Oslo. */
export const instantOf = (moment: Moment): Temporal.Instant =>
  moment.includes('T')
    ? Temporal.Instant.from(moment)
    : Temporal.PlainDate.from(moment).toZonedDateTime({ timeZone: ZONE, plainTime: '12:00' }).toInstant()

/** The instant of a moment that a case may leave out or set to null. */
export const maybeInstantOf = (moment: Moment | null | undefined): Temporal.Instant | undefined =>
  moment == null ? undefined : instantOf(moment)

/** The day in Oslo of a moment. */
export const dayOf = (moment: Moment): Temporal.PlainDate => instantOf(moment).toZonedDateTimeISO(ZONE).toPlainDate()

/** Kroner or euro, with or without decimals, as the smallest unit. */
export const minorUnitsOf = (amount: number): number => Math.round(amount * 100)

/** The smallest unit as kroner or euro. */
export const majorUnitsOf = (amount: number): number => amount / 100

/** A day as a case expects it: ISO 8601, or null when there is none. */
export const isoOf = (day: Temporal.PlainDate | undefined): string | null => day?.toString() ?? null
