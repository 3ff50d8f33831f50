import type { Fact } from './event.ts'

/** What stands where a person's data stood, wherever a text has to be. It is no address and no subject of a token. */
export const ERASED = 'erased'

/** What holds personal data outside `personal` in events: words of a mail server, a carrier or the staff. `erase_events` blanks no other. */
const QUOTATIONS: Record<string, string[][]> = {
  ConfirmationBounced: [['cause']],
  ShipmentHeld: [['cause'], ['holds', 'cause']],
  ParcelReported: [['place']],
  DeliveryHindered: [['what']],
}

/** The events that do. */
export const QUOTING = Object.keys(QUOTATIONS)

const FACTS = new Set(['country', 'kind'])
const MOMENT = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/

/**
 * A value without what it says of a person, in the same shape, so that schemas hold: a text says that it is erased, a list of texts is
 * empty. Which country, of which kind and at which moment are facts; a telephone number goes with its field.
 * The same as `erased` in libs/messaging/migrations/008-erasure.sql.
 */
export function erased(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return FACTS.has(field) || MOMENT.test(value) ? value : ERASED
  if (Array.isArray(value))
    return value.filter((item) => typeof item !== 'string').map((item: unknown) => erased(item, field))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => name !== 'phone')
  return Object.fromEntries(kept.map(([name, inner]) => [name, erased(inner, name)]))
}

/** The same of what stands at a path, in every item of the lists on the way. What is not there stays so. */
export function erasedAt(value: unknown, path: readonly string[], field = ''): unknown {
  const [name, ...rest] = path
  if (name === undefined) return erased(value, field)
  if (Array.isArray(value)) return value.map((item: unknown) => erasedAt(item, path, field))
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value
  return { ...value, [name]: erasedAt((value as Record<string, unknown>)[name], rest, name) }
}

/** Where an event of this name may hold personal data. */
export const personalPathsOf = (type: string): string[][] => [['personal'], ...(QUOTATIONS[type] ?? [])]

/** What happened, and to nobody. */
export const withoutPerson = <Event extends Fact>(event: Event): Event => ({
  ...event,
  data: personalPathsOf(event.type).reduce<unknown>((data, path) => erasedAt(data, path), event.data),
})
