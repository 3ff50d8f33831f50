import assert from 'node:assert/strict'
import { type Decider, fold } from '@vilkar/decider/decider.ts'

/**
 * The grammar in which a decider is tested: given these events, when this command, then that happens. Every chain ends
 * in `thenHappens`, `thenNothing` or `thenRefused`; without an end it asserts nothing.
 */
export const given = <State, Command, Event extends { type: string; data: object }>(
  decider: Decider<State, Command, Event>,
  ...past: Event[]
) => ({
  when(command: Command) {
    const { events, refusal } = decider.decide(command, fold(decider, decider.initial, past))
    return {
      /** Exactly these events, in this order; of each only the given fields are compared. */
      thenHappens(...expected: { type: Event['type']; data?: object }[]) {
        assert.equal(refusal, undefined, `refused: ${refusal?.detail}`)
        assert.deepEqual(
          events.map(({ type }) => type),
          expected.map(({ type }) => type),
        )
        for (const [i, { data }] of expected.entries()) if (data) assert.partialDeepStrictEqual(events[i]!.data, data)
        return fold(decider, fold(decider, decider.initial, past), events)
      },
      thenNothing() {
        assert.deepEqual({ events, refusal }, { events: [], refusal: undefined })
      },
      /** Refused with this code, and every named clause or section is among the citations. */
      thenRefused(code: string, ...clauses: string[]) {
        assert.equal(refusal?.code, code)
        assert.deepEqual(events, [])
        const cited = (refusal?.reasons ?? []).flatMap(({ cites }) =>
          cites.map((cite) => ('clause' in cite ? cite.clause : 'act' in cite ? cite.section : cite.agreement)),
        )
        for (const clause of clauses) assert.ok(cited.includes(clause), `${clause} is not among ${cited.join(', ')}`)
      },
    }
  },
})
