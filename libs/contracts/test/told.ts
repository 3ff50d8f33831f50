type Decides<State, Command, Event> = {
  initial: State
  decide(command: Command, state: State): { events: Event[]; refusal?: { code: string } }
  evolve(state: State, event: Event): State
}

/** All that a decider tells when these commands come one after another. Throws when one of them is refused. */
export function told<State, Command extends { type: string }, Event>(
  decider: Decides<State, Command, Event>,
  ...commands: Command[]
): Event[] {
  const past: Event[] = []
  for (const command of commands) {
    const { events, refusal } = decider.decide(command, past.reduce(decider.evolve, decider.initial))
    if (refusal) throw new Error(`${command.type} was refused: ${refusal.code}`)
    past.push(...events)
  }
  return past
}

type Why = { code: string; cites: { clause?: string; section?: string }[] }

/** Each reason of an event, as its code followed by the clauses and sections that it cites. */
export const whyOf = ({ data }: { data: object }) =>
  'reasons' in data
    ? (data.reasons as Why[]).flatMap(({ code, cites }) => [code, ...cites.map((cite) => cite.clause ?? cite.section)])
    : []
