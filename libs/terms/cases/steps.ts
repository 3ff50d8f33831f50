/**
 * Cases told in steps that the product does not answer as they expect yet. One that it answers is shown by a test whose title
 * names it (`case L07`) and leaves this list; nothing is added to it.
 */
type Waiting = 'L16'

/** Why each waits. */
export const waiting: Readonly<Record<Waiting, string>> = {
  L16: 'Who took a parcel is told in any words, and counts as whom the customer named.',
}
