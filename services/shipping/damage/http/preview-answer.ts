import { Day, Id } from '@vilkar/contracts/event.ts'
import { Amount, Currency, Reasons } from '@vilkar/contracts/parts.ts'
import { CarrierClaimAnswered } from '@vilkar/contracts/shipping-damage.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { decider } from '../../shipment/decider.ts'
import { readShipment } from '../../shipment/store.ts'
import { DAYS_TO_ANSWER } from '../alarms.ts'
import { readReport } from '../store.ts'
import { ClaimAnswer } from './claim-answer.ts'
import { claimReasons } from './report-view.ts'
import { reportUnknown } from './unknown.ts'

const AnswerForeseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: it was written down already, and nothing more would happen.' }),
    answer: CarrierClaimAnswered.properties.data.properties.answer,
    ...{ amount: Type.Optional(Amount), currency: Type.Optional(Currency) },
    answerDueOn: Type.Optional(
      Type.String({
        ...Day,
        description: 'Accepted: by then it is to have paid. Left out, nothing more is waited for.',
      }),
    ),
    reasons: Type.Unsafe<Static<typeof Reasons>>({ ...Reasons, description: 'What the claim rests on.' }),
  },
  { title: 'ClaimAnswerForeseen' },
)

/** `POST /damage-reports/{id}/claim/answer/preview`: what would follow of an answer, or why it would be refused, with nothing done. */
export function previewAnswer(server: Server, { db, clock }: Deps) {
  server.post(
    '/damage-reports/:id/claim/answer/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewClaimAnswer',
        summary: 'See what would follow of what the carrier said to the claim',
        description:
          'Nothing is written down. It answers whether anything more is waited for and until when, or is refused as the answer would be now.',
        tags: ['damage'],
        params: Type.Object({ id: Id }),
        body: ClaimAnswer,
        response: { 200: AnswerForeseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: reportId }, body, caller: { subject: by } }) => {
      const { shipment_id: shipmentId } = (await readReport(db, reportId)) ?? reportUnknown()
      const { state } = (await readShipment(db, shipmentId))!
      const now = clock.now()
      const data = { ...body, shipmentId, at: now.toString(), reportId, by }
      const { events, refusal } = decider.decide({ type: 'AnswerClaim', data }, state)
      if (refusal) throw refusalError(refusal)
      const { answer, amount, currency } = body
      return {
        ...{ changes: events.length > 0, answer },
        ...(answer !== 'refused' && { amount, currency }),
        ...(answer === 'accepted' && { answerDueOn: osloDay(now).add({ days: DAYS_TO_ANSWER }).toString() }),
        reasons: claimReasons,
      }
    },
  )
}
