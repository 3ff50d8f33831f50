import { Id } from '@vilkar/contracts/event.ts'
import { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { complain } from '../../complaint/complain.ts'
import { ComplaintView, viewOf as viewOfComplaint } from '../../complaint/http/complaint-view.ts'
import { complaintFields } from '../../complaint/http/complaints.ts'
import { change } from '../../complaint/http/judge.ts'
import type { Deps } from '../../deps.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { askForReturn } from '../../voluntary-return/ask-for-return.ts'
import { VoluntaryReturnView, viewOf } from '../../voluntary-return/http/voluntary-return-view.ts'
import { requestFields } from '../../voluntary-return/http/voluntary-returns.ts'
import { caseOf, Link, orderOf } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

const strict = { additionalProperties: false }
/** What the bearer of a link says came by the page that it leads to. */
const channel = 'web-form' as const

/** Asking to send goods of the order of a link back by the offer of the terms, and complaining of them. */
export function ask(server: Server, deps: Deps, door: ByLink) {
  server.post(
    '/linked-order/voluntary-returns',
    {
      ...door,
      schema: {
        operationId: 'askVoluntaryReturnByLink',
        summary: 'Ask to send goods of the order of a link back by the offer of the terms',
        description: 'As `POST /orders/{id}/voluntary-returns`, for whoever has the link.',
        tags,
        body: Type.Object({ link: Link, ...requestFields }, { ...strict, title: 'LinkedVoluntaryReturn' }),
        response: { 200: VoluntaryReturnView, 201: VoluntaryReturnView, ...problems(400, 404, 409) },
      },
    },
    async ({ body: { link, lines, ...said } }, reply) => {
      const { orderId } = (await orderOf(deps, link)).facts
      const asked = { returnId: uuidv7(), orderId, channel, ...said, ...(lines && { lines: mergeLines(lines) }) }
      const { stored, refusal, earlier } = await transact(deps, (trx) => askForReturn(trx, deps, asked))
      if (refusal) throw refusalError(refusal)
      return reply.status(earlier ? 200 : 201).send(viewOf(stored!))
    },
  )

  server.post(
    '/linked-order/complaints',
    {
      ...door,
      schema: {
        operationId: 'complainByLink',
        summary: 'Complain of a defect of goods of the order of a link',
        description:
          'As `POST /orders/{id}/complaints`, for whoever has the link. Pictures go to `POST /linked-order/cases/{id}/photos`.',
        tags,
        body: Type.Object({ link: Link, ...complaintFields }, { ...strict, title: 'LinkedComplaint' }),
        response: { 200: ComplaintView, 201: ComplaintView, ...problems(400, 404, 409) },
      },
    },
    async ({ body: { link, lines, ...said } }, reply) => {
      const { orderId } = (await orderOf(deps, link)).facts
      const made = { returnId: uuidv7(), orderId, channel, ...said, ...(lines && { lines: mergeLines(lines) }) }
      const { stored, refusal, earlier } = await transact(deps, (trx) => complain(trx, deps, made))
      if (refusal) throw refusalError(refusal)
      return reply.status(earlier ? 200 : 201).send(viewOfComplaint(stored!))
    },
  )

  server.put(
    '/linked-order/complaints/:id/choice',
    {
      ...door,
      schema: {
        operationId: 'chooseRemedyByLink',
        summary: 'Choose what is to become of defective goods of the order of a link',
        description: 'As `PUT /complaints/{id}/choice`, for whoever has the link.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object({ link: Link, remedy: Remedy }, { ...strict, title: 'LinkedRemedyChoice' }),
        response: { 200: ComplaintView, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id }, body: { link, remedy } }) => {
      const { found } = await caseOf(deps, link, id)
      if (found.kind !== 'complaint') throw httpError(404, 'case-unknown', 'There is no such case.')
      return change(deps, id, (facts, at) => ({
        type: 'ChooseRemedy',
        data: { returnId: id, at, facts, remedy, cureId: uuidv7() },
      }))
    },
  )
}
