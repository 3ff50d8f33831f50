import { Instant } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Static, Type } from 'typebox'
import { dueOf } from '../due.ts'
import { Facts } from '../facts.ts'
import type { HoldingRow } from '../store.ts'

export const HoldingView = Type.Object(
  {
    ...{ controller: Type.String(), system: Type.String(), record: Type.String(), category: Type.String() },
    status: Type.Union([Type.Literal('held'), Type.Literal('due'), Type.Literal('erased')], {
      description: 'due: its holder was asked to erase it and has not answered.',
    }),
    facts: Facts,
    dueAt: Type.Optional(Type.String({ ...Instant, description: 'When it goes. Left out, its period has not begun.' })),
    holds: Type.Array(Type.String(), { description: 'What keeps it beyond that.', examples: [['open-complaint']] }),
    missing: Type.Optional(Type.String({ description: 'What nobody has said yet, so that no day is known.' })),
    postponedUntil: Type.Optional(Type.String({ ...Instant, description: 'Its holder could not let it go yet.' })),
    reasons: Reasons,
  },
  { title: 'Holding' },
)

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

/** A holding as it is told, with the sentences that it rests on. */
export function viewOf(row: HoldingRow, at: Temporal.Instant): Static<typeof HoldingView> {
  const { controller, system, record, category, status, facts, due_at, missing, postponed_until } = row
  const { holds, reasons } = dueOf(controller as PolicyId, category, facts, at)
  return {
    ...{ controller, system, record, category, status, facts, holds, reasons },
    ...(due_at && { dueAt: instant(due_at) }),
    ...(missing && { missing }),
    ...(postponed_until && status === 'held' && { postponedUntil: instant(postponed_until) }),
  }
}
