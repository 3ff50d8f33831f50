import { CancellationReason } from '@vilkar/contracts/orders-cancellation.ts'
import { LinePart } from '@vilkar/contracts/parts.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Name, Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { raiseAlarm } from '../../alarms/alarms.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { pendingProposal } from '../proposal.ts'
import type { OrderCommand } from '../state.ts'
import { isPending } from '../units.ts'
import { OrderView, viewOf } from './order-view.ts'
import { findOrder, OrderParams } from './read-orders.ts'

const strict = { additionalProperties: false }
const who = {
  by: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
  reason: Type.Optional(CancellationReason),
  customerConsents: Type.Optional(
    Type.Boolean({ description: 'The customer agreed to the seller ending a formed contract.' }),
  ),
  mistake: Type.Optional(
    Type.Object(
      {
        foundBy: Type.String({ ...Name, description: 'Who found that the customer must have seen the mistake.' }),
        why: Type.String({ ...Why, description: 'Why they must have. It is kept, and the customer reads it.' }),
      },
      {
        ...strict,
        description:
          'With pricing-error or technical-mistake, once there is a contract: the mistake was obvious (avtaleloven § 32).',
      },
    ),
  ),
}
const CancellationBody = Type.Object(who, { ...strict, title: 'Cancellation' })
const LineCancellationBody = Type.Object(
  {
    quantity: Type.Integer({
      ...LinePart.properties.quantity,
      description: 'How many units of the line are to be cancelled in all, those included that were before.',
    }),
    ...who,
  },
  { ...strict, title: 'LineCancellation' },
)
const LineParams = Type.Object({ ...OrderParams.properties, lineId: Type.String({ minLength: 1, maxLength: 20 }) })

/** `PUT /orders/{id}/cancellation`: before the goods have left; afterwards the customer withdraws instead (clauses 4, 8). */
export function cancelOrder(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/cancellation',
    {
      config: { access: 'orders:cancel' },
      schema: {
        operationId: 'cancelOrder',
        summary: 'Cancel an order before its goods leave',
        description:
          'Releases the authorisation and the stock. 200: cancelled. 202: the contract was formed, and shipping is being asked whether the goods have left; repeat the request or read the order. A seller who ends a contract without the consent of the customer says in `mistake` why it was obvious: 202 with `proposal`, which waits for a second person (`PUT /orders/{id}/cancellation/approval`).',
        tags: ['orders'],
        params: OrderParams,
        body: CancellationBody,
        response: { 200: OrderView, 202: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body, caller }, reply) => {
      const data = await commandOf(deps, caller, id, body)
      const stored = await ask(deps, { type: 'CancelOrder', data })
      return reply.status(stored.state.status === 'cancelled' ? 200 : 202).send(viewOf(stored))
    },
  )
}

/** `PUT /orders/{id}/lines/{lineId}/cancellation`: the same for some units of one line, also after others have left. */
export function cancelLine(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/lines/:lineId/cancellation',
    {
      config: { access: 'orders:cancel' },
      schema: {
        operationId: 'cancelUnits',
        summary: 'Cancel units of a line before they leave',
        description:
          'These units leave their shipment, and what they cost is not taken. Names how many are cancelled in all, so that saying it twice asks once. 200: shipping has answered; `cancellations` says how many were stopped and how many had left. 202: shipping is being asked, or a second person has to approve (`proposal`); repeat the request or read the order.',
        tags: ['orders'],
        params: LineParams,
        body: LineCancellationBody,
        response: { 200: OrderView, 202: OrderView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id, lineId }, body, caller }, reply) => {
      const { quantity, ...rest } = body
      const data = { ...(await commandOf(deps, caller, id, rest)), lineId, quantity }
      const stored = await ask(deps, { type: 'CancelUnits', data })
      const waits = stored.state.stops.some(isPending) || pendingProposal(stored.state) !== undefined
      return reply.status(waits ? 202 : 200).send(viewOf(stored))
    },
  )
}

/** What a body asks for, by a caller who may. Throws 403 or 400 if not. */
async function commandOf(deps: Deps, caller: Caller, orderId: string, body: Static<typeof CancellationBody>) {
  await findOrder(deps, caller, orderId)
  const { by, reason = by === 'customer' ? 'customer-wish' : undefined, customerConsents, mistake: found } = body
  if (by === 'seller' && !caller.scopes.has('staff'))
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" speaks for the seller.')
  if (reason === undefined) throw httpError(400, 'invalid-input', 'body.reason is required when the seller cancels.')
  if (found) aPerson(caller)
  const mistake = found && { by: asKept(found.foundBy), subject: caller.subject, why: found.why.trim() }
  const at = deps.clock.now().toString()
  return { orderId, at, requestId: uuidv7(), by, reason, customerConsents, ...(mistake && { mistake }) }
}

/** Whether a mistake was obvious no program says. Throws 403 to one. */
export function aPerson({ scopes }: Caller) {
  if (scopes.has('service'))
    throw httpError(403, 'person-needed', 'A person says whether a mistake was obvious, by a token of their own.')
}

/** The order after it was asked. Throws the refusal. */
export async function ask(
  deps: Deps,
  command: Extract<OrderCommand, { type: 'CancelOrder' | 'CancelUnits' | 'SettleProposal' }>,
) {
  const { orderId, by, at } = command.data
  const { stored, refusal } = await transact(deps, async (trx) => {
    const handled = await handle(trx, command, deps)
    // The law may well be on the customer's side: somebody has to look.
    if (handled.refusal?.code === 'cancellation-needs-person')
      await raiseAlarm(trx, { orderId, kind: 'cancellation-asked-in-transit', detail: { by }, at }, deps.log)
    return handled
  })
  if (refusal) throw refusalError(refusal)
  return stored!
}
