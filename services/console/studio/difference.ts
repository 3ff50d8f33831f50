type Sentence = { number: string; text: string }
type Worded = { clauses: readonly { sentences: readonly Sentence[] }[] }

export type Difference =
  | { kind: 'added'; number: string; now: string }
  | { kind: 'removed'; number: string; before: string }
  | { kind: 'changed'; number: string; before: string; now: string }

const sentencesOf = ({ clauses }: Worded) =>
  new Map(clauses.flatMap(({ sentences }) => sentences).map(({ number, text }) => [number, text]))

/** What one edition says otherwise than another, sentence by sentence, as rulings cite them by their numbers. */
export function differencesBetween(before: Worded, now: Worded): Difference[] {
  const [old, current] = [sentencesOf(before), sentencesOf(now)]
  const numbers = [...new Set([...current.keys(), ...old.keys()])]
  return numbers.flatMap((number): Difference[] => {
    const [was, is] = [old.get(number), current.get(number)]
    if (was === is) return []
    if (was === undefined) return [{ kind: 'added', number, now: is! }]
    return is === undefined
      ? [{ kind: 'removed', number, before: was }]
      : [{ kind: 'changed', number, before: was, now: is }]
  })
}
