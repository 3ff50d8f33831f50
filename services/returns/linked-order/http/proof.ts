import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { change } from '../../withdrawal/http/change-return.ts'
import { proofFields, sentBy } from '../../withdrawal/http/proof-of-sending.ts'
import { ReturnView } from '../../withdrawal/http/return-view.ts'
import { caseOf, Link } from '../order-of-link.ts'
import { type ByLink, tags } from './door.ts'

/** Saying by the link of an order that goods of a withdrawal were sent, and by what it can be looked at. */
export function proof(server: Server, deps: Deps, door: ByLink) {
  server.put(
    '/linked-order/cases/:id/proof-of-sending',
    {
      ...door,
      schema: {
        operationId: 'proveSendingByLink',
        summary: 'Say that goods of a withdrawal from the order of a link were sent',
        description:
          'As `PUT /returns/{id}/proof-of-sending`, for whoever has the link. A picture of the receipt goes to `POST /linked-order/cases/{id}/photos`.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { link: Link, ...proofFields },
          { additionalProperties: false, title: 'LinkedProofOfSending' },
        ),
        response: { 200: ReturnView, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { id }, body: { link, carrier, trackingNumber, sentAt } }) => {
      const { found } = await caseOf(deps, link, id)
      if (found.kind !== 'withdrawal') throw httpError(404, 'case-unknown', 'There is no such case.')
      const { proofBelievedAfter: believedAfter } = deps.settings
      return change(deps, id, (facts, at) => ({
        type: 'RecordSending',
        data: {
          returnId: id,
          at,
          facts,
          ...sentBy({ carrier, trackingNumber }),
          sentAt: sentAt ?? at,
          staff: undefined,
          believedAfter,
        },
      }))
    },
  )
}
