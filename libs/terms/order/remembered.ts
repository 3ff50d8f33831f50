/** Values that a key tells apart. */
export const THREE = 3
/** Yes, no and unknown as a figure. */
export const state = (known: boolean | undefined) => (known === undefined ? 0 : known ? 1 : 2)
/** Several of them as one key. */
export function flags(...known: (boolean | undefined)[]) {
  let key = 0
  for (const each of known) key = key * THREE + state(each)
  return key
}

/** Calls `work` once for each key. */
export function remembered<Argument, Result>(
  keyOf: (argument: Argument) => number,
  work: (argument: Argument) => Result,
) {
  const results = new Map<number, Result>()
  return (argument: Argument) => results.getOrInsertComputed(keyOf(argument), () => work(argument))
}
