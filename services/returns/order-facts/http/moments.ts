import { invalidField } from '@vilkar/server/problems.ts'
import { COUNTED_FROM } from '@vilkar/terms/holidays/holidays.ts'

const MOMENT = /(At|at|Until)$/

/** Throws a 400 problem for a moment that no calendar is asked about: nothing that is bought or complained of lies so far off. */
export function checkMoment(field: string, moment: string | Temporal.Instant) {
  const { year } = Temporal.Instant.from(moment).toZonedDateTimeISO('UTC')
  const { first, last } = COUNTED_FROM
  if (year >= first && year < last) return
  throw invalidField(field, `(${moment}) must be between ${first} and ${last}`)
}

/** All moments in what was told, each with its field; those of a list bear the name of the list. */
export const momentsIn = (value: object, path: string): [string, string][] =>
  Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const name = Array.isArray(value) ? path : `${path}.${key}`
    if (typeof inner === 'string') return MOMENT.test(key) ? [[name, inner]] : []
    return typeof inner === 'object' && inner !== null ? momentsIn(inner, name) : []
  })
