import Format from 'typebox/format'
import { asciiEmail, isCountry, isReadableLine } from './person-text.ts'

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/

/** The 36 characters that PostgreSQL writes and our ids are given in (RFC 9562 § 4). */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Makes formats mean what can be stored and compared. `uuid` is one form only, since an id is text where it names the
 * partition of an event or a key of a map: `urn:uuid:` and braces, which the standard check lets through or PostgreSQL
 * reads, are other texts for the same thing, and so are capitals. `date-time` is a moment that Temporal can read: RFC 3339
 * alone also allows fractions finer than a nanosecond, and the annotations that RFC 9557 adds.
 */
export function useStrictFormats() {
  Format.Set('uuid', isId)
  Format.Set('date-time', isMoment)
  Format.Set('moment-and-id', (text) => isPlace(text, isMoment))
  Format.Set('day-and-id', (text) => isPlace(text, (at) => Format.Test('date', at)))
}

const isId = (text: string) => UUID.test(text)

function isMoment(text: string) {
  if (!RFC_3339.test(text)) return false
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}

/** Where a page of a list begins (`cursors.ts`). */
function isPlace(text: string, isTime: (at: string) => boolean) {
  const [at = '', id = '', ...others] = text.split('/')
  return others.length === 0 && isTime(at) && isId(id)
}

/** What people write of themselves (`person.ts`), as a person would check it. */
export function usePersonFormats() {
  Format.Set('readable-line', isReadableLine)
  Format.Set('country-code', isCountry)
  Format.Set('email', (text) => asciiEmail(text) !== null)
}

/**
 * Where a value holds a text that PostgreSQL cannot keep, and why: the character U+0000, or half of a surrogate pair.
 * Walks with a list of its own, since a body may be nested deeper than the stack.
 */
export function unstorable(where: string, value: unknown) {
  const open: [field: string, value: unknown][] = [[where, value]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [field, inner] = next
    if (typeof inner === 'string') {
      if (inner.includes('\0')) return { field, message: 'has the character U+0000, which cannot be stored' }
      if (!inner.isWellFormed()) return { field, message: 'has half of a surrogate pair, which is no character' }
    } else if (typeof inner === 'object' && inner !== null)
      for (const [name, part] of Object.entries(inner)) open.push([`${field}.${name}`, part])
  }
  return undefined
}
