import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { Kept } from '@vilkar/contracts/privacy.ts'
import { type Static, Type } from 'typebox'
import { holdersOf } from '../ask.ts'
import type { AnswerRow, ErasureRow } from '../store.ts'

const count = (description: string) => Type.Integer({ minimum: 0, maximum: 1_000_000_000, description })
export const Counts = Type.Object(
  {
    blanked: count('Rows of which the personal part went.'),
    deleted: count('Rows that went.'),
    events: count('Events of a log of which the personal part went.'),
    files: count('Files that went.'),
  },
  { additionalProperties: false, title: 'ErasureCounts' },
)
const PostponedView = Type.Object({ record: Type.String(), why: Type.String() })

export const ErasureView = Type.Object(
  {
    ...{ id: Id, controller: Type.String(), system: Type.String(), records: Type.Array(Type.String()) },
    keeps: Type.Array(Kept),
    cause: Type.String({ examples: ['retention-over', 'requested', 'replayed'] }),
    ...{ reasons: Reasons, askedAt: Instant, answerBy: Instant },
    settledAt: Type.Optional(Type.String({ ...Instant, description: 'All holders have answered.' })),
    awaited: Type.Array(Type.String(), { description: 'Holders that have not answered.' }),
    answers: Type.Array(
      Type.Object({
        ...{ holder: Type.String(), erased: Type.Array(Type.String()), postponed: Type.Array(PostponedView) },
        ...{ counts: Counts, answeredAt: Instant },
      }),
    ),
  },
  { title: 'Erasure' },
)

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

/** An erasure with what was answered to it so far. */
export function erasureView(row: ErasureRow, all: readonly AnswerRow[]): Static<typeof ErasureView> {
  const { id, controller, system, records, keeps, cause, reasons, asked_at, answer_by, settled_at } = row
  const answers = all.filter(({ erasure_id }) => erasure_id === id)
  return {
    ...{ id, controller, system, records, keeps, cause, reasons },
    ...{ askedAt: instant(asked_at), answerBy: instant(answer_by) },
    ...(settled_at && { settledAt: instant(settled_at) }),
    awaited: holdersOf(system).filter((holder) => !answers.some((answer) => answer.holder === holder)),
    answers: answers.map(({ holder, erased, postponed, counts, answered_at }) => ({
      ...{ holder, erased, postponed, counts, answeredAt: instant(answered_at) },
    })),
  }
}
