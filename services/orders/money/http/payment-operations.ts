import { randomUUIDv7 } from 'node:crypto'
import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { type Deps, type Trx, transact } from '../../deps.ts'
import { lockOrder } from '../../order/handle.ts'
import { isOpen } from '../../order/payment.ts'
import { retryOperation } from '../jobs/settle-payment.ts'
import { takeByHand, unassigned } from '../operation-parts.ts'
import { isWaiting, lockOperation, type Operation, recordMovedByHand, recordSettled } from '../outcome.ts'

const strict = { additionalProperties: false }
const OperationParams = Type.Object({ id: Id })
export const Why = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'Why, for whoever looks at the order later.',
})
const Verdict = Type.Union([Type.Literal('executed'), Type.Literal('not-executed')], {
  description:
    'executed: the provider did it, and its movement is `providerId`. not-executed: it did not; asked again.',
})

/** A money operation as staff see it after they spoke about it. */
export const OperationView = Type.Object(
  {
    id: Id,
    orderId: Id,
    kind: Type.String(),
    status: Type.String({
      description: 'planned → sent → done; declined: the provider said no; stuck: its books can be read in two ways.',
    }),
    attempt: Type.Integer({ description: 'Grows when a person has it tried again after a definite no.' }),
    providerId: Type.Optional(Type.String({ description: "The provider's name of what it did." })),
  },
  { title: 'MoneyOperation' },
)

/** The doors for a person after a money operation that was declined or cannot be settled. Who and why is kept. */
export function paymentOperations(server: Server, deps: Deps) {
  server.post(
    '/payments/operations/:id/retry',
    {
      config: { access: 'staff' },
      schema: {
        summary: 'Try a money operation again',
        description:
          'After a definite no it is a new attempt, under a new key. One that is still unanswered is looked at again, under its own key, so that nothing can happen twice.',
        tags: ['payments'],
        params: OperationParams,
        body: Type.Object({ reason: Why }, { ...strict, title: 'Retry' }),
        response: { 202: OperationView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { reason }, caller }, reply) => {
      const view = await transact(deps, async (trx) => {
        const operation = await findOperation(trx, id)
        await allowRetry(trx, operation)
        await note(trx, deps, operation, { verdict: 'retry', said_by: caller.subject, reason })
        await retryOperation(trx, deps, id)
        return operationView(await lockOperation(trx, id))
      })
      return reply.status(202).send(view)
    },
  )

  server.put(
    '/payments/operations/:id/verdict',
    {
      config: { access: 'staff' },
      schema: {
        summary: 'Say what became of a stuck money operation',
        description:
          "For an operation that our reading of the provider's books cannot settle: a person has looked there. Of one that was refused, or a refund that waits for more to be captured, it is said which movement, made by hand and taken into the ledger since, is a part of it or all of it; the rest is asked for anew. Said twice it happens once.",
        tags: ['payments'],
        params: OperationParams,
        body: Type.Object(
          {
            verdict: Verdict,
            providerId: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 100,
                description: 'Needed with a capture or a refund that was executed.',
              }),
            ),
            reason: Why,
          },
          { ...strict, title: 'OperationVerdict' },
        ),
        response: { 200: OperationView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    ({ params: { id }, body: { verdict, providerId, reason }, caller }) =>
      transact(deps, async (trx) => {
        const operation = await findOperation(trx, id)
        if (operation.status !== 'stuck') {
          if (await wasSaid(trx, id, verdict, providerId)) return operationView(operation)
          if (verdict !== 'executed' || !isHeldUp(operation)) throw notStuck(operation)
          return movedByHand(trx, deps, operation, { providerId, reason, caller })
        }
        if (verdict === 'executed') await checkMovement(trx, operation, providerId)
        await note(trx, deps, operation, { verdict, provider_id: providerId, said_by: caller.subject, reason })
        if (verdict === 'executed') await recordSettled(trx, deps, id, { providerId: providerId ?? null })
        else await sendAnew(trx, deps, id)
        return operationView(await lockOperation(trx, id))
      }),
  )
}

async function findOperation(trx: Trx, id: string) {
  const found = await trx
    .selectFrom('payment_operation')
    .select(['kind', 'status'])
    .where('id', '=', id)
    .executeTakeFirst()
  // Of the sessions that customers pay by, only one that could not be opened is anybody's business.
  if (found === undefined || (found.kind === 'start' && found.status !== 'declined'))
    throw httpError(404, 'operation-unknown', 'There is no such money operation.')
  return lockOperation(trx, id)
}

/** What is settled is not tried again, nor what a person must judge first, nor what a cancelled order has no use for. */
async function allowRetry(trx: Trx, { status, kind, cause, order_id }: Operation) {
  if (status === 'done') throw httpError(409, 'operation-done', 'The provider did it already.')
  if (status === 'stuck')
    throw httpError(409, 'operation-stuck', 'It may have happened. Say what became of it: PUT …/verdict.')
  const { state } = (await lockOrder(trx, order_id))!
  if (state.status === 'cancelled' && (kind === 'capture' || kind === 'extend'))
    throw httpError(409, 'order-cancelled', 'The order is cancelled: nothing of its payment is to be taken.')
  if (kind === 'start' && !isOpen({ cause }, state))
    throw httpError(409, 'payment-over', `There is nothing to pay: the order is ${state.status}.`)
}

/** The movement must be one that the provider's books showed for this amount, and nobody else's. */
async function checkMovement(trx: Trx, { kind, amount, order_id, last_result }: Operation, providerId?: string) {
  if (kind !== 'capture' && kind !== 'refund') return
  if (providerId === undefined)
    throw httpError(400, 'invalid-input', `body.providerId is required: which ${kind} of the provider's was it?`)
  const { candidates = [] } = (last_result ?? {}) as { candidates?: { providerId: string; amount: number }[] }
  const movement = candidates.find((each) => each.providerId === providerId)
  if (movement === undefined || movement.amount !== amount)
    throw httpError(
      409,
      'movement-unknown',
      `The provider's books show no ${kind} ${providerId} of this amount, but: ${candidates.map((each) => each.providerId).join(', ')}.`,
    )
  const booked = await trx
    .selectFrom('ledger_entry')
    .select('id')
    .where('order_id', '=', order_id)
    .where('provider_id', '=', providerId)
    .executeTakeFirst()
  if (booked) throw httpError(409, 'movement-taken', `${providerId} is booked already, for another operation.`)
}

/** It asks for more than there is, perhaps since some of it was moved by hand. */
const isHeldUp = (operation: Operation) =>
  isWaiting(operation) || (operation.status === 'declined' && ['capture', 'refund'].includes(operation.kind))

function notStuck(operation: Operation) {
  const { status } = operation
  const next = isWaiting(operation)
    ? 'It waits for more to be captured. If it was given back by hand, say executed and which refund it was.'
    : status === 'declined'
      ? 'It did not happen. It can be tried again: POST …/retry.'
      : 'Nobody has to say what became of it.'
  return httpError(409, 'operation-not-stuck', `It is ${status}. ${next}`)
}

type Told = { providerId?: string; reason: string; caller: { subject: string } }

/** What was held up is, in part or as a whole, a movement that was made by hand: the rest of it is asked for. */
async function movedByHand(trx: Trx, deps: Deps, operation: Operation, { providerId, reason, caller }: Told) {
  const { id, kind } = operation
  await allowRetry(trx, operation)
  const movements = await unassigned(trx, operation)
  const movement = movements.find((each) => each.providerId === providerId)
  if (movement === undefined) {
    const names = movements.map((each) => each.providerId).join(', ') || 'none'
    throw httpError(
      409,
      'movement-unknown',
      providerId === undefined
        ? `Which ${kind} made by hand was it? Say so as providerId; the ledger has taken up: ${names}.`
        : `The ledger has taken up no ${kind} ${providerId} that was made by hand and is for nothing else. It has: ${names}.`,
    )
  }
  await note(trx, deps, operation, { verdict: 'executed', provider_id: providerId, said_by: caller.subject, reason })
  const rest = await takeByHand(trx, operation, movement)
  if (rest.amount === 0) await recordMovedByHand(trx, deps, rest, movement.providerId)
  else await retryOperation(trx, deps, id)
  return operationView(await lockOperation(trx, id))
}

/** Nothing happened, says a person: that is a definite no, after which a new attempt may be made. */
async function sendAnew(trx: Trx, deps: Deps, id: string) {
  await trx.updateTable('payment_operation').set({ status: 'declined' }).where('id', '=', id).execute()
  await retryOperation(trx, deps, id)
}

type Said = { verdict: Static<typeof Verdict> | 'retry'; provider_id?: string; said_by: string; reason: string }

/** Keeps what a person said about an operation. */
export const note = (trx: Trx, { clock }: Deps, { id, attempt }: Operation, said: Said) =>
  trx
    .insertInto('operation_decision')
    .values({
      id: randomUUIDv7(),
      operation_id: id,
      attempt,
      provider_id: null,
      ...said,
      said_at: clock.now().toString(),
    })
    .execute()

async function wasSaid(trx: Trx, id: string, verdict: string, providerId?: string) {
  const last = await trx
    .selectFrom('operation_decision')
    .select(['verdict', 'provider_id'])
    .where('operation_id', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return last?.verdict === verdict && (last.provider_id ?? undefined) === providerId
}

export const operationView = ({
  id,
  order_id,
  kind,
  status,
  attempt,
  provider_id,
}: Operation): Static<typeof OperationView> => ({
  id,
  orderId: order_id,
  kind,
  status,
  attempt,
  ...(provider_id && { providerId: provider_id }),
})
