import type { Server } from '@vilkar/server/http.ts'
import { Email } from '@vilkar/server/person.ts'
import { asciiEmail } from '@vilkar/server/person-text.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

const EmailBody = Type.Object({ email: Email }, { additionalProperties: false, title: 'EmailCorrection' })

/** `PUT /orders/{id}/email`: a confirmation that bounced is sent again to the corrected address. */
export function correctEmail(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/email',
    {
      config: { access: 'orders:place' },
      schema: {
        summary: 'Correct the address of a confirmation that did not arrive',
        tags: ['orders'],
        params: OrderParams,
        body: EmailBody,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { email }, caller }) => {
      await findOrder(deps, caller, id)
      const data = { orderId: id, at: deps.clock.now().toString(), email: asciiEmail(email)! }
      const { stored, refusal } = await transact(deps, (trx) => handle(trx, { type: 'CorrectEmail', data }, deps))
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}
