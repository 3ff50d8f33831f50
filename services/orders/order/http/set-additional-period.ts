import { Day, Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { hasPassed } from '../additional-period.ts'
import { handle } from '../handle.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

/** `PUT /orders/{id}/additional-periods/{periodId}`: a customer whose goods are late sets a last day to deliver. */
export function additionalPeriod(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/additional-periods/:periodId',
    {
      config: { access: 'orders:cancel' },
      schema: {
        operationId: 'setAdditionalPeriod',
        summary: 'Set a last day to deliver goods that are late',
        description:
          'By the customer, or by staff who record what they said; the id is the caller’s to choose. It is acknowledged by mail. While it runs the customer waits; once it has run out without delivery they may end the purchase (forbrukerkjøpsloven § 23, kjøpsloven § 25) and are told by mail. Of less than three business days a person judges whether that was reasonable; goods made to order for a business may be cancelled only where the delay substantially defeats what they were bought for (kjøpsloven § 26). Refused where that it is late is the customer’s own doing (forbrukerkjøpsloven § 19, kjøpsloven § 22). Said twice it is said once; another day is set under an id of its own and takes the place of the one before.',
        tags: ['orders'],
        params: Type.Object({ ...OrderParams.properties, periodId: Id }),
        body: Type.Object(
          { until: Type.String({ ...Day, description: 'The last day, in Europe/Oslo.' }) },
          { additionalProperties: false, title: 'AdditionalPeriod' },
        ),
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId, periodId }, body: { until }, caller }) => {
      await findOrder(deps, caller, orderId)
      const now = deps.clock.now()
      if (hasPassed(until, now)) throw invalidField('body.until', 'is a day that has passed')
      const data = { orderId, at: now.toString(), periodId, until, by: caller.subject }
      const { stored, refusal } = await transact(deps, (trx) =>
        handle(trx, { type: 'SetAdditionalPeriod', data }, deps),
      )
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}
