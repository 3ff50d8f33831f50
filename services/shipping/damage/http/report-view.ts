import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency, Reasons } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import {
  CarrierClaimAnswered,
  DamageKind,
  DamageReportEnded,
  DamageReporter,
} from '@vilkar/contracts/shipping-damage.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { byLaw } from '@vilkar/terms/ruling/citing.ts'
import { vegfraktloven } from '@vilkar/terms/statute/vegfraktloven.ts'
import { type Static, Type } from 'typebox'
import { DAYS_TO_ANSWER } from '../alarms.ts'
import type { DamageRow } from '../store.ts'

export const Choice = Type.Union([Type.Literal('replacement'), Type.Literal('refund')])
export const LossChoice = Type.Object({ choice: Choice }, { additionalProperties: false, title: 'LossChoice' })
export const ReportView = Type.Object(
  {
    ...{ id: Id, shipmentId: Id, orderId: Id, kind: DamageKind, lines: Type.Array(UnitsSent) },
    ...{ reportedBy: DamageReporter, reportedAt: Instant, what: Type.String(), photos: Type.Array(Type.String()) },
    outcome: Type.Union([Type.Literal('granted'), Type.Literal('review')], {
      description: 'review: a person decides. A consumer’s report is never too late before the law’s own limits.',
    }),
    late: Type.Boolean({ description: 'Of a business: after the seven days in which a carrier abroad is told.' }),
    claimDueOn: Type.String({ ...Day, description: 'The last day on which the carrier is told in time.' }),
    claimReasons: Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'Why that is the last day.' }),
    claimedAt: Type.Optional(Instant),
    answerDueOn: Type.Optional(
      Type.String({
        ...Day,
        description:
          'Of a carrier that was told and has neither refused nor paid: by then it is to have answered, or to have paid what it accepted. After it a person is called.',
      }),
    ),
    choice: Type.Optional(Choice),
    replacementId: Type.Optional(Type.String({ ...Id, description: 'The shipment that is sent instead.' })),
    claim: Type.Optional(
      Type.Object(
        {
          answer: CarrierClaimAnswered.properties.data.properties.answer,
          ...{ amount: Type.Optional(Amount), currency: Type.Optional(Currency), answeredAt: Instant },
          reference: Type.Optional(Type.String()),
        },
        { description: 'What the carrier said to the claim, or that it has paid.' },
      ),
    ),
    ended: Type.Optional(
      Type.Object(
        {
          outcome: DamageReportEnded.properties.data.properties.outcome,
          at: Instant,
          seenToAt: Type.Optional(Instant),
          done: Type.Optional(Type.String({ description: 'What became of goods that had been settled as lost.' })),
        },
        { description: 'It does not hold any more.' },
      ),
    ),
  },
  { title: 'DamageReport' },
)

/** Why a carrier is told by a day. */
export const claimReasons = [byLaw('carrier-told-in-time', vegfraktloven('§ 40'))]

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

/** A report as its doors answer it; what was said of an order that was erased says that it is. */
export function viewOf(row: NonNullable<DamageRow>): Static<typeof ReportView> {
  const { what, photos } = row.personal
  return {
    ...{ id: row.id, shipmentId: row.shipment_id, orderId: row.order_id, kind: row.kind, lines: row.lines },
    ...{ reportedBy: row.reported_by, reportedAt: instant(row.reported_at), what, photos, outcome: row.outcome },
    ...{ late: row.late, claimDueOn: row.claim_due_on, claimReasons },
    ...(row.claimed_at && { claimedAt: instant(row.claimed_at) }),
    ...(isWaitedFor(row) && { answerDueOn: answerDayOf(row) }),
    ...(row.settled && { choice: row.settled }),
    ...(row.replacement_id && { replacementId: row.replacement_id }),
    ...(row.answer && { claim: claimOf(row) }),
    ...(row.ended && { ended: endOf(row) }),
  }
}

const isWaitedFor = ({ claimed_at, ended_at, answer }: NonNullable<DamageRow>) =>
  claimed_at !== null && ended_at === null && (answer === null || answer === 'accepted')
const answerDayOf = ({ claimed_at, answered_at }: NonNullable<DamageRow>) =>
  osloDay(Temporal.Instant.from(answered_at ?? claimed_at!))
    .add({ days: DAYS_TO_ANSWER })
    .toString()

const claimOf = ({ answer, amount, currency, answered_at, personal: { reference } }: NonNullable<DamageRow>) => ({
  ...{ answer: answer!, answeredAt: instant(answered_at!) },
  ...(amount !== null && { amount: Number(amount), currency: currency as Static<typeof Currency> }),
  ...(reference !== undefined && { reference }),
})

const endOf = ({ ended, ended_at, seen_to_at, personal: { done } }: NonNullable<DamageRow>) => ({
  ...{ outcome: ended!, at: instant(ended_at!) },
  ...(seen_to_at !== null && { seenToAt: instant(seen_to_at) }),
  ...(done !== undefined && { done }),
})
