import { Compile } from 'typebox/compile'
import { allEvents, nameOf } from './all-events.ts'
import type { Envelope, Fact, ServiceName } from './event.ts'

type Check = () => ReturnType<typeof Compile>

const checksOf = (service: ServiceName) =>
  allEvents[service].map((schema) => {
    let check: ReturnType<Check> | undefined
    // Compiled when it is first needed: no service tells or hears them all.
    return [nameOf(schema), (() => (check ??= Compile(schema))) as Check] as const
  })
const told = new Map(
  (Object.keys(allEvents) as ServiceName[]).map((service) => [service, new Map(checksOf(service))] as const),
)
const heard = new Map([...told.values()].flatMap((checks) => [...checks]))

/** Throws TypeError when an event is not what its contract says. Events of other names pass: a newer service may tell more. */
export function checkEnvelope(fact: Envelope) {
  const check = heard.get(fact.type)
  if (check !== undefined) hold(check, fact)
}

/**
 * Throws TypeError when a service is about to tell what its contract does not say: an event that is not one of its own, or
 * one with other data. Those who hear it would refuse it, and each would be left with a dead letter.
 */
export function checkFact(service: ServiceName, fact: Fact) {
  const check = told.get(service)?.get(fact.type)
  if (check === undefined) throw new TypeError(`${fact.type} is not told: ${service} has no such event.`)
  hold(check, fact)
}

function hold(check: Check, { type, data }: Fact) {
  if (check().Check({ type, data })) return
  const [first] = check().Errors({ type, data })
  throw new TypeError(`${type} is not as its contract says: ${first?.instancePath} ${first?.message}`)
}
