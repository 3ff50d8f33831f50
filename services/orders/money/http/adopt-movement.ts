import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { lockOrder } from '../../order/handle.ts'
import { orderUnknown } from '../../order/http/read-orders.ts'
import { adoptMovement } from '../by-hand.ts'
import { breaksAConstraint } from '../outcome.ts'
import { OperationView, operationView, Why } from './payment-operations.ts'

/** The route by which the ledger takes up money that was moved elsewhere, once a person has looked at it. */
export function adoptMovementRoute(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/payments/movements/:providerId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'adoptMovement',
        summary: 'Take a movement of the provider’s into the ledger',
        description:
          'For a capture or refund that a comparison with the provider’s books has shown and the ledger does not know. It settles the operation of ours that was refused and asked for as much, or else is booked for itself, its VAT by the shares of the order’s lines. Said twice it happens once.',
        tags: ['payments'],
        params: Type.Object({ id: Id, providerId: Type.String({ minLength: 1, maxLength: 100 }) }),
        body: Type.Object({ reason: Why }, { additionalProperties: false, title: 'Adoption' }),
        response: { 200: OperationView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id, providerId }, body: { reason }, caller }) => {
      try {
        return await transact(deps, async (trx) => {
          const order = await lockOrder(trx, id)
          if (order === undefined) throw orderUnknown()
          return operationView(await adoptMovement(trx, deps, order, { by: caller.subject, reason, providerId }))
        })
      } catch (error) {
        if (!breaksAConstraint(error)) throw error
        throw httpError(409, 'movement-does-not-fit', `${providerId} does not fit the ledger of this order.`)
      }
    },
  )
}
