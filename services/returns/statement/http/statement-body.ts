import { Instant } from '@vilkar/contracts/event.ts'
import { LinePart, MAX_LINES, MAX_UNITS } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import { invalidField } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import { mergeLines } from '../../order-facts/merge-lines.ts'

/** Ids of lines as orders give them: words of a customer are no such id. */
const LineId = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', errorMessage: 'must be the id of a line of an order' })

export const Lines = Type.Array(
  Type.Object({ lineId: LineId, quantity: LinePart.properties.quantity }, { additionalProperties: false }),
  { minItems: 1, maxItems: MAX_LINES, description: 'Left out: everything.' },
)

/** The lines that were named, each once. Throws a 400 problem when one is named so often that no order has as many units of it. */
export function linesNamed(lines: LinePart[]): LinePart[] {
  const merged = mergeLines(lines)
  const excess = merged.find(({ quantity }) => quantity > MAX_UNITS)
  if (excess)
    throw invalidField(
      'body.lines',
      `says ${excess.quantity} of line ${excess.lineId}; at most ${MAX_UNITS} can be meant`,
    )
  return merged
}

/** What a statement says, by whatever channel. */
export const saidFields = {
  lines: Type.Optional(Lines),
  statement: Type.Optional(
    Type.String({ maxLength: 2000, description: "The customer's own words. No reason need be given." }),
  ),
  additional: Type.Optional(
    Type.Boolean({
      description:
        'The customer said that it comes on top of what they said before. Left out, what says the same by another channel is one withdrawal.',
    }),
  ),
}

/** What staff know of how it came. */
export const cameFields = {
  noticeSentAt: Type.Optional(
    Type.String({
      ...Instant,
      description:
        'When the notice was sent, such as the postmark of a letter: it is in time if that was. Only staff, who saw it, may say so.',
    }),
  ),
  receivedAt: Type.Optional(
    Type.String({ ...Instant, description: 'When it reached the shop; now if it is left out. Only staff may say so.' }),
  ),
  channel: Type.Optional(NoticeChannel),
}
