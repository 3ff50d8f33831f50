import { httpError } from '@vilkar/server/problems.ts'

/** Throws what is answered of a report that there is not. */
export function reportUnknown(): never {
  throw httpError(404, 'damage-report-unknown', 'There is no such report.')
}
