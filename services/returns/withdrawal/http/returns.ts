import { Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, MAX_LINES } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { mergeLines } from '../../order-facts/merge-lines.ts'
import { readOrder } from '../../order-facts/store.ts'
import { returnsOf } from '../store.ts'
import { change, findReturn } from './change-return.ts'
import { ReturnView, viewOf } from './return-view.ts'

export const ReturnParams = Type.Object({ id: Id })
const strict = { additionalProperties: false }

/** Reading returns, and the receipt of the goods by us. */
export function returns(server: Server, deps: Deps) {
  const { db, pool } = deps
  const answers = { 200: ReturnView, ...problems(400, 401, 403, 404, 409) }

  server.get(
    '/returns/:id',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readReturn',
        summary: 'Read a return',
        tags: ['returns'],
        params: ReturnParams,
        response: answers,
      },
    },
    async ({ params: { id }, caller }) => viewOf(await findReturn(deps, caller, id)),
  )

  server.get(
    '/orders/:id/returns',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listReturnsOfOrder',
        summary: 'The returns of an order',
        tags: ['returns'],
        params: ReturnParams,
        response: { 200: Type.Object({ items: Type.Array(ReturnView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(pool, orderId))
      return { items: (await returnsOf(db, orderId)).map(viewOf) }
    },
  )

  server.put(
    '/returns/:id/receipt',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'receiveReturn',
        summary: 'The goods are back',
        description:
          'Only for staff. Decides the refund, unless proof of sending already did. Refused is a return of which nothing had left by then. Units that are named as fit for sale are in stock again; those that are not are not. It is said once: 409 `receipt-settled` if it is said otherwise later, and 409 `units-not-known` while shipping has not said which units had left.',
        tags: ['returns'],
        params: ReturnParams,
        body: Type.Object(
          {
            receivedAt: Type.Optional(Instant),
            fitForSale: Type.Optional(
              Type.Array(Type.Object(LinePart.properties, strict), {
                maxItems: MAX_LINES,
                description: 'Units that can be sold again, as the warehouse found them. Left out: none.',
              }),
            ),
          },
          { ...strict, title: 'Receipt' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { receivedAt, fitForSale = [] }, caller }) => {
      if (!caller.scopes.has('staff'))
        throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say that goods came back.')
      await findReturn(deps, caller, id)
      return change(deps, id, (facts, at) => ({
        type: 'RecordReceipt',
        data: { returnId: id, at, facts, receivedAt: receivedAt ?? at, fitForSale: mergeLines(fitForSale) },
      }))
    },
  )
}
