import { randomUUIDv7 } from 'node:crypto'
import { Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, MAX_LINES } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { lockOrder } from '../../order-facts/store.ts'
import { handle } from '../handle.ts'
import { ReturnView, viewOf } from './return-view.ts'

const WithdrawalBody = Type.Object(
  {
    lines: Type.Optional(
      Type.Array(Type.Object(LinePart.properties, { additionalProperties: false }), {
        minItems: 1,
        maxItems: MAX_LINES,
        description: 'Left out: everything.',
      }),
    ),
    statement: Type.Optional(
      Type.String({ maxLength: 2000, description: "The customer's own words. No reason need be given." }),
    ),
    noticeSentAt: Type.Optional(
      Type.String({
        ...Instant,
        description:
          'When the notice was sent, such as the postmark of a letter: it is in time if that was. Only staff, who saw it, may say so.',
      }),
    ),
    channel: Type.Optional(NoticeChannel),
  },
  { additionalProperties: false, title: 'Withdrawal' },
)

/** `POST /orders/{id}/withdrawals`: a consumer withdraws; the receipt goes out by mail at once (angrerettloven § 20). */
export function withdraw(server: Server, deps: Deps) {
  server.post(
    '/orders/:id/withdrawals',
    {
      config: { access: 'returns:write' },
      schema: {
        summary: 'Withdraw from an order or a part of it',
        description:
          'In time if it is sent before the last day ends (angrerettloven § 20). Each line is judged by itself: what cannot be withdrawn from is in `refused`, and only when that is all of it is the notice refused. Acknowledged by mail at once. A withdrawal of units that are already on their way back is refused, so saying it twice happens once.',
        tags: ['returns'],
        params: Type.Object({ id: Id }),
        body: WithdrawalBody,
        response: { 201: ReturnView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body: { lines, statement, noticeSentAt, channel }, caller }, reply) => {
      if (noticeSentAt !== undefined && !caller.scopes.has('staff'))
        throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say when a notice was sent.')
      const { stored, refusal } = await transact(deps, async (trx) => {
        const { facts } = visibleTo(caller, await lockOrder(trx, orderId))
        // Read once nobody else decides about the order: who waited here hears what was decided meanwhile.
        const at = deps.clock.now().toString()
        const notice = { statement, noticeSentAt, channel }
        const data = { returnId: randomUUIDv7(), at, facts, lines: lines && mergeLines(lines), ...notice }
        return handle(trx, { type: 'DeclareWithdrawal', data }, deps)
      })
      if (refusal) throw refusalError(refusal)
      return reply.status(201).header('location', `/returns/${stored!.id}`).send(viewOf(stored!))
    },
  )
}

/** A line that is named twice counts once, with its quantities added up. */
export function mergeLines(lines: LinePart[]): LinePart[] {
  const quantities = new Map<string, number>()
  for (const { lineId, quantity } of lines) quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity)
  return [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }))
}
