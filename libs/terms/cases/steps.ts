/**
 * Cases told in steps that the product does not answer as they expect yet. One that it answers is shown by a test whose title
 * names it (`case L07`) and leaves this list; nothing is added to it.
 */
type Waiting = 'L21'

/** Why each waits. */
export const waiting: Readonly<Record<Waiting, string>> = {
  L21: 'What came back is not looked at before it is paid back.',
}
