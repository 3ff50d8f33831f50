import { Compile } from 'typebox/compile'
import { allEvents, nameOf } from './all-events.ts'
import type { Envelope } from './event.ts'

const checks = new Map(
  Object.values(allEvents)
    .flat()
    .map((schema) => [nameOf(schema), Compile(schema)]),
)

/** Throws when an event is not what its contract says. Events of other names pass: a newer service may tell more. */
export function checkEnvelope({ type, data }: Envelope) {
  const check = checks.get(type)
  if (check === undefined || check.Check({ type, data })) return
  const [first] = check.Errors({ type, data })
  throw new TypeError(`${type} is not as its contract says: ${first?.instancePath} ${first?.message}`)
}
