import { type AnyEvent, allEvents, type DataOf, nameOf } from '@vilkar/contracts/all-events.ts'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Transaction } from 'kysely'
import type { React } from './batch.ts'

/** Acts on an event in the transaction that notes it as applied. What it throws makes the event wait and try again. */
export type Reaction<Name extends AnyEvent['type'], Tables, Deps> = (
  trx: Transaction<Tables>,
  deps: Deps,
  data: DataOf<Name>,
) => Promise<unknown>

/** What a service does about these events of others, by name. Events that it does not name are heard and let pass. */
export type Reactions<Event extends AnyEvent, Tables, Deps> = {
  [Name in Event['type']]?: Reaction<Name, Tables, Deps>
}

/**
 * Finds the reaction to an event that arrived; `onEach` comes before it, and to every event that is heard. `check` of the inbox has held
 * the event to its contract before.
 */
export const reactWith =
  <Tables, Deps>(reactions: Reactions<AnyEvent, Tables, Deps>, deps: Deps, onEach?: React<Tables>): React<Tables> =>
  async (trx, envelope) => {
    await onEach?.(trx, envelope)
    const { type, data } = envelope
    if (!Object.hasOwn(reactions, type)) return
    const reaction = reactions[type as AnyEvent['type']] as Reaction<AnyEvent['type'], Tables, Deps>
    await reaction(trx, deps, data as DataOf<AnyEvent['type']>)
  }

/** The services that tell what these reactions are about. */
export const producersOf = (reactions: object) =>
  (Object.keys(allEvents) as ServiceName[]).filter((service) =>
    allEvents[service].some((event) => Object.hasOwn(reactions, nameOf(event))),
  )
