import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Name, Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { aPerson, ask } from './cancel-order.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

const ApprovalBody = Type.Object(
  {
    requestId: Type.String({ ...Id, description: 'The `proposal` of the order that was looked at.' }),
    verdict: Type.Enum(['approved', 'declined'], {
      description: 'approved: the customer must have seen the mistake. declined: the contract stands.',
    }),
    by: Type.String({ ...Name, description: 'Who decides, by name.' }),
    why: Type.Optional(Why),
  },
  { additionalProperties: false, title: 'CancellationApproval' },
)

/** `PUT /orders/{id}/cancellation/approval`: a second person decides whether a mistake was obvious (avtaleloven § 32). */
export function settleProposal(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/cancellation/approval',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleCancellation',
        summary: 'Approve or decline that the seller ends a contract',
        description:
          'Who approves is another verified subject than who found the mistake obvious; who found it may decline, which withdraws it. Approved, it is decided anew by what has left meanwhile, shipping is asked to stop the rest, and the customer is told at once, with the reason and its basis. A proposal waits as the alarm `cancellation-to-approve` until it is decided or overtaken; who found what and why is in the history of the order.',
        tags: ['orders'],
        params: OrderParams,
        body: ApprovalBody,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body: { by, why, ...settled }, caller }) => {
      await findOrder(deps, caller, orderId)
      aPerson(caller)
      const who = { by: asKept(by), subject: caller.subject, ...(why && { why: why.trim() }) }
      const at = deps.clock.now().toString()
      return viewOf(await ask(deps, { type: 'SettleProposal', data: { orderId, at, ...settled, ...who } }))
    },
  )
}
