import { CancellationReason } from '@vilkar/contracts/orders.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

const CancellationBody = Type.Object(
  {
    by: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
    reason: Type.Optional(CancellationReason),
    customerConsents: Type.Optional(
      Type.Boolean({ description: 'The customer agreed to the seller ending a formed contract.' }),
    ),
    approvedBy: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Who judged the mistake to be obvious (avtaleloven § 32).',
      }),
    ),
  },
  { additionalProperties: false, title: 'Cancellation' },
)

/** `PUT /orders/{id}/cancellation`: before the goods have left; afterwards the customer withdraws instead (clauses 4, 8). */
export function cancelOrder(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/cancellation',
    {
      config: { access: 'orders:cancel' },
      schema: {
        summary: 'Cancel an order before its goods leave',
        description:
          'Releases the authorisation and the stock. 200: cancelled. 202: the contract was formed, and shipping is being asked whether the goods have left; repeat the request or read the order.',
        tags: ['orders'],
        params: OrderParams,
        body: CancellationBody,
        response: { 200: OrderView, 202: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body, caller }, reply) => {
      await findOrder(deps, caller, id)
      const { by, reason = by === 'customer' ? 'customer-wish' : undefined, customerConsents, approvedBy } = body
      if (by === 'seller' && !caller.scopes.has('staff'))
        throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" speaks for the seller.')
      if (reason === undefined)
        throw httpError(400, 'invalid-input', 'body.reason is required when the seller cancels.')
      const data = { orderId: id, at: deps.clock.now().toString(), by, reason, customerConsents, approvedBy }
      const { stored, refusal } = await transact(deps, async (trx) => {
        const handled = await handle(trx, { type: 'CancelOrder', data }, deps)
        // The law may well be on the customer's side: somebody has to look.
        if (handled.refusal?.code === 'cancellation-needs-person')
          await raiseAlarm(
            trx,
            { orderId: id, kind: 'cancellation-asked-in-transit', detail: { by }, at: data.at },
            deps.log,
          )
        return handled
      })
      if (refusal) throw refusalError(refusal)
      return reply.status(stored!.state.status === 'cancelled' ? 200 : 202).send(viewOf(stored!))
    },
  )
}
