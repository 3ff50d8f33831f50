import { Type } from 'typebox'

const said = {
  errorMessage: 'must be what `next` of the page before was',
  description: '`next` of the page before.',
}

/** Where a page begins of a list by moments: RFC 3339, a slash, and the id of what is of that moment. */
export const AfterMoment = Type.String({ ...said, format: 'moment-and-id' })
/** The same of a list by days: ISO 8601, a slash, and an id. */
export const AfterDay = Type.String({ ...said, format: 'day-and-id' })

export type Behind = { at: string; id: string }

/** What the cursor of a page says; undefined for the first page. */
export function behind(next: string): Behind
export function behind(next: string | undefined): Behind | undefined
export function behind(next: string | undefined) {
  const [at, id] = next?.split('/') ?? []
  return at === undefined || id === undefined ? undefined : { at, id }
}
