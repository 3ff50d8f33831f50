import { Id } from '@vilkar/contracts/event.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import { whyNoNotice } from '../../order-facts/notice-moments.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { readOrder } from '../../order-facts/store.ts'
import { ReturnView, viewOf } from '../../withdrawal/http/return-view.ts'
import { answerStatement } from '../answer-statement.ts'
import { keep } from '../keep-statement.ts'
import type { Statement } from '../statement.ts'
import { readStatement, statementsOf } from '../store.ts'
import { cameFields, linesNamed, saidFields } from './statement-body.ts'
import { StatementView, statementView } from './statement-view.ts'

const WithdrawalBody = Type.Object(
  { ...saidFields, ...cameFields },
  { additionalProperties: false, title: 'Withdrawal' },
)
type WithdrawalBody = Static<typeof WithdrawalBody>

/**
 * What a withdrawal is answered with, whatever door it came by: the new return, the one that there was, or the statement as it is
 * kept, whose answer comes by mail.
 */
export const withdrawalAnswers = { 200: ReturnView, 201: ReturnView, 202: StatementView }

/** `POST /orders/{id}/withdrawals`: a consumer withdraws; the receipt goes out by mail at once (angrerettloven § 20). */
export function withdraw(server: Server, deps: Deps) {
  const params = Type.Object({ id: Id })
  server.post(
    '/orders/:id/withdrawals',
    {
      config: { access: 'returns:write' },
      schema: {
        operationId: 'withdraw',
        summary: 'Withdraw from an order or a part of it',
        description:
          'By whatever channel the customer said so. In time if it is sent before the last day ends (angrerettloven § 20). The statement is kept before anything is decided, and every statement is acknowledged by mail at once. Each line is judged by itself: what cannot be withdrawn from is in `refused`, and only when that is all of it is the notice refused. What says again what was said before, or the same by another channel, is one withdrawal: 200 with that return. 202: it is kept and counts from now, and the answer comes by mail.',
        tags: ['returns'],
        params,
        body: WithdrawalBody,
        response: { ...withdrawalAnswers, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: orderId }, body, caller }, reply) => {
      const order = visibleTo(caller, await readOrder(deps.pool, orderId))
      const { status, body: view } = await stateAndAnswer(deps, statementIn(body, { order, caller, deps }))
      if (status !== 202) reply.header('location', `/returns/${view.id}`)
      return reply.status(status).send(view as never)
    },
  )

  server.get(
    '/orders/:id/statements',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'listStatementsOfOrder',
        summary: 'What the customer said about withdrawing, and what it came to',
        tags: ['returns'],
        params,
        response: { 200: Type.Object({ items: Type.Array(StatementView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(deps.pool, orderId))
      const forStaff = caller.scopes.has('staff')
      return { items: (await statementsOf(deps.db, orderId)).map((each) => statementView(each, forStaff)) }
    },
  )
}

/** The statement of a request about a known order. Throws 403 when somebody says what only staff may, 409 when it cannot be. */
function statementIn(
  body: WithdrawalBody,
  { order, caller, deps }: { order: PlacedOrder; caller: Caller; deps: Deps },
) {
  const { lines, statement: words, additional, noticeSentAt: sentAt, channel } = body
  const isStaff = caller.scopes.has('staff')
  if ((sentAt ?? body.receivedAt) !== undefined && !isStaff)
    throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say when a notice was sent.')
  const now = deps.clock.now().toString()
  const wrong = whyNoNotice({ sentAt, receivedAt: body.receivedAt }, { now, placedAt: order.facts.placedAt })
  if (wrong) throw refusalError(wrong)
  const statement: Statement = {
    ...{ id: uuidv7(), orderId: order.facts.orderId, receivedAt: body.receivedAt ?? now, recordedAt: now },
    ...(channel && { channel }),
    ...(sentAt && { sentAt }),
    said: { ...(lines && { lines: linesNamed(lines) }), ...(additional && { additional }) },
    personal: { ...(words !== undefined && { words }), ...(isStaff && { recordedBy: caller.subject }) },
  }
  return statement
}

/**
 * Keeps a statement and answers it: 201 with the return, 200 with the one that there was, 202 when it could not be answered
 * yet, which the watcher does. Throws the refusal as a problem; the statement stays.
 */
export async function stateAndAnswer(deps: Deps, statement: Statement) {
  await keep(deps, statement, 'keeper')
  const { id } = statement
  const answered = await answerStatement(deps, id).catch((error) => {
    deps.log.warn({ err: error, statement: id }, 'a statement is kept and not answered yet')
    return undefined
  })
  const { status, refusal } = answered?.statement.answer ?? { status: 'pending' as const }
  if (status === 'refused') throw refusalError({ ...refusal!, extra: { ...refusal!.extra, statementId: id } })
  if (answered?.stored) return { status: status === 'withdrawn' ? 201 : 200, body: viewOf(answered.stored) } as const
  const kept = answered?.statement ?? (await readStatement(deps.db, id))!
  return { status: 202, body: statementView(kept, false) } as const
}
