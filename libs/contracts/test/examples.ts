import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type AnyEvent, allEvents, nameOf } from '../all-events.ts'
import { type Envelope, envelopeProperties, type Fact } from '../event.ts'

type Example<Name extends AnyEvent['type']> = Envelope<Extract<AnyEvent, { type: Name }>>

export const folder = new URL('./examples/', import.meta.url)

const schemas = new Map(
  Object.values(allEvents)
    .flat()
    .map((schema) => [nameOf(schema), schema]),
)

/** The example of an event, as it would travel: tellers are held to it, and hearers are fed from it. A copy each time. */
export const example = <Name extends AnyEvent['type']>(name: Name): Example<Name> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))

/** The example less its envelope. */
export const fact = <Name extends AnyEvent['type']>(name: Name) => {
  const { type, data } = example(name)
  return { type, data } as Extract<AnyEvent, { type: Name }>
}

/** What is wrong with an event by its own schema: a line for each fault, none when it is right. */
export const faultsOf = (event: Fact) =>
  Value.Errors(schemas.get(event.type)!, event).map(
    ({ instancePath, message }) => `${event.type}${instancePath} ${message}`,
  )

const envelope = Type.Object({ ...envelopeProperties, type: Type.String(), data: Type.Object({}) })
export const envelopeFaultsOf = (value: unknown) =>
  Value.Errors(envelope, value).map(({ instancePath, message }) => `${instancePath} ${message}`)

/**
 * An event less the words that may be put better without changing what it says: what a clause or a section is quoted
 * as, where it is found, and the hash over the text of the edition.
 */
export const factsOf = (event: Fact): unknown =>
  JSON.parse(JSON.stringify(event, (key, value) => (['text', 'url', 'sha256'].includes(key) ? undefined : value)))
