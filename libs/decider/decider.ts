import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

/** A "no" with what it rests on. `extra` goes into the problem that a caller gets, such as the current edition. */
export type Refusal = { code: string; detail: string; reasons?: Reason[]; extra?: Record<string, unknown> }

/** What a decision comes to: what happened, or why not. Both empty means that there was nothing left to do. */
export type Decision<Event> = { events: Event[]; refusal?: Refusal }

/** How a thing of the business lives: pure, told the time and the ids, and the same for the same input. */
export type Decider<State, Command, Event> = {
  initial: State
  decide(command: Command, state: State): Decision<Event>
  evolve(state: State, event: Event): State
}

export const accept = <Event = never>(...events: Event[]): Decision<Event> => ({ events })
export const refuse = (refusal: Refusal): Decision<never> => ({ events: [], refusal })

/** The state after the events. */
export const fold = <State, Command, Event>(
  { evolve }: Decider<State, Command, Event>,
  state: State,
  events: Event[],
) => events.reduce(evolve, state)
