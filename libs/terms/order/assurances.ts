import { startOfOsloDay } from '../calendar.ts'
import type { Terms } from '../editions/terms.ts'
import type { Reason } from '../ruling/ruling.ts'
import type { GuaranteeGiven, OrderFacts } from './facts.ts'
import type { Line } from './lines.ts'

/** A guarantee beside the right to complain. `until` is left out before delivery. */
export type GuaranteeRight = GuaranteeGiven & { outcome: 'granted' | 'refused'; until?: string; reasons: Reason[] }
/** Until when updates of what is supplied with the goods are owed. */
export type UpdatesRight = { outcome: 'granted' | 'refused'; until?: string; reasons: Reason[] }

/**
 * What a line was sold with besides: a guarantee, and what is supplied digitally. `answers` says that what does not work is a defect for the
 * seller to disprove, since their own guarantee runs.
 */
export function assurancesOf(
  { facts, terms, at }: { facts: OrderFacts; terms: Terms; at: Temporal.Instant },
  { guarantee: given, digital, receivedAt: deliveredAt, ...line }: Line,
) {
  const { customerKind } = facts
  const contractAt = Temporal.Instant.from(facts.formedAt ?? facts.placedAt)
  const guarantee = given && terms.guarantee({ customerKind, ...given, deliveredAt, at })
  const updates = digital && terms.updates({ customerKind, ...digital, contractAt, deliveredAt, at })
  const supplied = updates?.lastDay && digital?.supplied === 'over-time' ? startOfOsloDay(updates.lastDay) : undefined
  return {
    guaranteeYears: line.guaranteeYears ?? (given?.by === 'seller' ? given.years : undefined),
    digitalServiceUntil: line.digitalServiceUntil ? Temporal.Instant.from(line.digitalServiceUntil) : supplied,
    answers: guarantee?.answers?.reasons ?? [],
    shown: {
      ...(guarantee && { guarantee: { ...given, ...asJson(guarantee) } }),
      ...(updates && { updates: asJson(updates) }),
    },
  }
}

const asJson = ({
  outcome,
  lastDay,
  reasons,
}: {
  outcome: string
  lastDay?: Temporal.PlainDate
  reasons: Reason[]
}) => ({
  outcome: outcome as 'granted' | 'refused',
  ...(lastDay && { until: lastDay.toString() }),
  reasons,
})
