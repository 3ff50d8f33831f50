import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handleUnderOrder } from '../../shipment/handle.ts'
import { tellWriting } from '../../shipment/tell-writing.ts'
import { readReport, setSeenTo } from '../store.ts'
import { answerOf, answers, params, shipmentOf } from './answer.ts'
import { ClaimAnswer } from './claim-answer.ts'
import { previewAnswer } from './preview-answer.ts'
import { viewOf } from './report-view.ts'
import { reportUnknown } from './unknown.ts'

const strict = { additionalProperties: false }
const tags = ['damage']

/** What came of a claim on the carrier, and of goods that arrived after they had been settled as lost. */
export function claimAnswers(server: Server, deps: Deps) {
  answerRoute(server, deps)
  previewAnswer(server, deps)
  arrivalRoute(server, deps)
}

function answerRoute(server: Server, deps: Deps) {
  server.put(
    '/damage-reports/:id/claim/answer',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'answerDamageClaim',
        summary: 'Write down what the carrier said to the claim, or that it has paid',
        description:
          'Refused, or accepted or paid with how much. A refusal may be overcome; after it has paid nothing more is expected, and the task and its alarm end (so they do when it refuses). The money is the seller’s and no order’s: no ledger of an order has it, and its trail is `CarrierClaimAnswered` and this list, with the reference of the payment. 409 `carrier-not-told`: nothing was claimed yet. Said twice it is said once.',
        tags,
        params,
        body: ClaimAnswer,
        response: answers,
      },
    },
    async ({ params: { id: reportId }, body, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return answerOf(deps, reportId, async (trx) => {
        const data = { ...body, shipmentId: await shipmentOf(trx, reportId), at, reportId, by }
        return handleUnderOrder(trx, { type: 'AnswerClaim', data })
      })
    },
  )
}

function arrivalRoute(server: Server, deps: Deps) {
  server.put(
    '/damage-reports/:id/arrival',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleArrivalOfLost',
        summary: 'Say what became of goods that arrived after they had been settled as lost',
        description:
          'Others had left by then, or the price was paid back: what was agreed with the customer, such as that they send them back or keep and pay them. No money moves by it. Ends the task and its alarm. The first word stands.',
        tags,
        params,
        body: Type.Object(
          { done: Type.String({ ...Why, description: 'What was done.' }) },
          { ...strict, title: 'ArrivalOfLost' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { done }, caller: { subject: seenToBy } }) => {
      const row = await transact(deps, async (trx) => {
        const found = (await readReport(trx, id)) ?? reportUnknown()
        if (found.ended !== 'arrived' || found.settled === null)
          throw httpError(409, 'not-arrived', 'Nothing that was settled as lost has arrived by this report.')
        const now = deps.clock.now()
        if (found.seen_to_at === null) {
          await tellWriting(trx, found.order_id, now)
          await setSeenTo(trx, id, now.toString(), { done: asKept(done), seenToBy })
        }
        return readReport(trx, id)
      })
      return viewOf(row!)
    },
  )
}
