import { Day, Id } from '@vilkar/contracts/event.ts'
import { Currency, Reasons } from '@vilkar/contracts/parts.ts'
import { RateUnknown } from '@vilkar/contracts/payout-parts.ts'
import { type Static, Type } from 'typebox'
import { lateInterestOf } from '../late-interest-of.ts'
import type { ListedCase } from '../list.ts'
import { type CaseStatus, caseStatuses, type Wait, waits } from '../states.ts'

export const Kind = Type.Union([
  Type.Literal('withdrawal'),
  Type.Literal('voluntary-return'),
  Type.Literal('complaint'),
  Type.Literal('loss', { description: 'Units that a carrier lost, and that are paid back.' }),
  Type.Literal('payout', { description: 'Money besides refunds: goodwill, or interest since a refund was late.' }),
  Type.Literal('override', { description: 'What staff decides otherwise than the rules.' }),
  Type.Literal('exchange', { description: 'Goods that go back, and an order of others instead.' }),
])
/** What a case is and how it stands. Money in minor units of `currency`. */
export const CaseItem = {
  id: Id,
  orderId: Id,
  number: Type.Optional(Type.String({ description: 'Of the order.' })),
  kind: Kind,
  status: Type.Enum([...caseStatuses], {
    description:
      'As the return, voluntary return, complaint, payout, override or exchange has it; of a loss settled, refund-decided or closed.',
  }),
  awaits: Type.Optional(Type.Enum([...waits], { description: 'Whose answer or work it waits for.' })),
  awaitsSince: Type.Optional(Type.String()),
  dueOn: Type.Optional(Type.String({ ...Day, description: 'Last day for that.' })),
  payBy: Type.Optional(
    Type.String({
      ...Day,
      description: 'Last day to pay back what is not decided yet. What is decided is due on `dueOn`.',
    }),
  ),
  assignee: Type.Optional(Type.String()),
  tags: Type.Array(Type.String(), { description: 'Its own, by the alphabet.' }),
  orderTags: Type.Array(Type.String(), { description: 'Those of its order.' }),
  owed: Type.Optional(Type.Integer({ description: 'What is decided to be paid back, in minor units.' })),
  currency: Type.Optional(Currency),
  lateInterest: Type.Optional(
    Type.Object(
      {
        outcome: Type.String({
          description: 'review: the rate of some days is to be looked up; counted at the least.',
        }),
        amount: Type.Integer(),
        days: Type.Integer(),
        rateUnknown: Type.Optional(RateUnknown),
        reasons: Reasons,
      },
      { description: 'What is owed besides, since the money was or is late (forsinkelsesrenteloven). Offer it.' },
    ),
  ),
  openedAt: Type.String(),
  closedAt: Type.Optional(Type.String()),
}
const Item = Type.Object(CaseItem)

const momentOf = (moment: string | null) => (moment === null ? undefined : Temporal.Instant.from(moment).toString())

/** A case as it is listed. */
export function itemOf(found: ListedCase, now: Temporal.Instant): Static<typeof Item> {
  const { id, order_id, number, kind, status, awaits, due_on, assignee, owed, currency } = found
  return {
    ...{ id, orderId: order_id, number: number ?? undefined, kind, status: status as CaseStatus },
    ...{
      awaits: (awaits as Wait | null) ?? undefined,
      awaitsSince: momentOf(found.awaits_since),
      dueOn: due_on ?? undefined,
      payBy: (owed === null && found.closed_at === null && found.pay_by) || undefined,
    },
    ...{ assignee: assignee ?? undefined, owed: owed === null ? undefined : Number(owed) },
    ...{ tags: found.tags, orderTags: found.order_tags },
    currency: (currency as Static<typeof Currency> | null) ?? undefined,
    lateInterest: lateInterestOf(found, now),
    ...{ openedAt: momentOf(found.opened_at)!, closedAt: momentOf(found.closed_at) },
  }
}
