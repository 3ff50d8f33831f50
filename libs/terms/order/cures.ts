import type { CureFacts, LineFacts } from './facts.ts'

/** Sorts what came last first. */
export const laterFirst = (one: CureFacts, other: CureFacts) =>
  Temporal.Instant.compare(other.receivedAt, one.receivedAt)

/** The facts of a line with one more thing that was put right for it, or that same thing as it is known now. */
export function curedLine<Of extends LineFacts>(line: Of, cure: CureFacts): Of {
  return withCures(line, [...(line.cures ?? []).filter((each) => !isSame(each, cure)), cure])
}

/** The facts of a line without what was said of an attempt: it did not reach the customer after all. */
export const uncuredLine = <Of extends LineFacts>(line: Of, cureId: string): Of =>
  line.cures?.some((each) => each.cureId === cureId)
    ? withCures(
        line,
        line.cures.filter((each) => each.cureId !== cureId),
      )
    : line

const isSame = (one: CureFacts, other: CureFacts) => one.cureId === other.cureId && one.returnId === other.returnId

/** The facts of a line with these things put right, and when the last of each kind was. */
export function withCures<Of extends LineFacts>(
  { replacedAt: _, repairedAt: __, cures: ___, ...line }: Of,
  cures: CureFacts[],
): Of {
  const last = (remedy: CureFacts['remedy']) =>
    cures.filter((each) => each.remedy === remedy).toSorted(laterFirst)[0]?.receivedAt
  const [replacedAt, repairedAt] = [last('replacement'), last('repair')]
  const rest = { ...(replacedAt && { replacedAt }), ...(repairedAt && { repairedAt }) }
  return { ...line, ...(cures.length > 0 && { cures }), ...rest } as Of
}
