import type { Server } from '@vilkar/server/http.ts'
import { Email, Why } from '@vilkar/server/person.ts'
import { asciiEmail, asKept } from '@vilkar/server/person-text.ts'
import { invalidField, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handle, lockOrder } from '../handle.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

const EmailBody = Type.Object(
  {
    email: Email,
    why: Type.Optional(
      Type.String({
        ...Why,
        description: 'How it came that mails went elsewhere: asked for once there is a contract.',
      }),
    ),
  },
  { additionalProperties: false, title: 'EmailCorrection' },
)

/** `PUT /orders/{id}/email`: mails, and the confirmation anew, go to the right person. */
export function correctEmail(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/email',
    {
      config: { access: 'orders:place' },
      schema: {
        operationId: 'correctEmail',
        summary: 'Correct the address that an order is written to',
        description:
          'What waits to be sent and all later mails go to the corrected address, those about returns too. A confirmation that bounced is sent again and forms the contract. Once there is a contract it takes `staff`, and `why`: it stands, a confirmation goes to the right person, and what that informs of (angrerettloven § 8) counts as told when it arrives; what had reached the wrong address is told by the alarm `mail-went-astray`.',
        tags: ['orders'],
        params: OrderParams,
        body: EmailBody,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body: { email, why }, caller }) => {
      const found = await findOrder(deps, caller, orderId)
      const byStaff = caller.scopes.has('staff')
      if (byStaff && found.state.formedAt !== undefined && why === undefined)
        throw invalidField('body.why', 'is asked for once there is a contract')
      const { stored, refusal } = await transact(deps, async (trx) => {
        const locked = (await lockOrder(trx, orderId))!
        const at = deps.clock.now().toString()
        const who = { from: locked.personal.email, byStaff, by: caller.subject, ...(why && { why: asKept(why) }) }
        const data = { orderId, at, email: asciiEmail(email)!, ...who }
        return handle(trx, { type: 'CorrectEmail', data }, deps, locked)
      })
      if (refusal) throw refusalError(refusal)
      return viewOf(stored!)
    },
  )
}
