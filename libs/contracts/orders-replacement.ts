import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { LinePart } from './parts.ts'

/** What orders tells of units that replace defective ones. The aggregate is the order. */
const ids = { orderId: Id, returnId: Id, cureId: Id }

export const ReplacementAnswered = event(
  'ReplacementAnswered',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('reserved'), Type.Literal('out-of-stock')]),
    lines: Type.Array(LinePart),
    answeredAt: Instant,
  },
  'Whether there are units to replace defective ones with: they are taken out of stock, or none are.',
)
export type ReplacementAnswered = Static<typeof ReplacementAnswered>

export const ReplacementReleased = event(
  'ReplacementReleased',
  { ...ids, lines: Type.Array(LinePart), releasedAt: Instant },
  'Units that were to replace defective ones are in stock again: nothing was sent.',
)
export type ReplacementReleased = Static<typeof ReplacementReleased>
