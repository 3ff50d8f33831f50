import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { OperationDetail } from '../../database.ts'
import { type Deps, type Trx, transact } from '../../deps.ts'
import { lockOrder, type StoredOrder } from '../../order/handle.ts'
import { orderUnknown } from '../../order/http/read-orders.ts'
import type { Drift, Finding } from '../drift.ts'
import { breaksAConstraint, lockOperation, type Operation, recordSettled, waits } from '../outcome.ts'
import { shareOf } from '../portions.ts'
import { note, OperationView, operationView, Why } from './payment-operations.ts'

type Movement = Extract<Drift, { kind: 'movement-not-in-ledger' }>

/**
 * The door by which the ledger takes up money that was moved elsewhere, such as in the provider's portal, once a person
 * has looked at it. It is known from the comparison with the provider's books, never from what the caller says.
 */
export function adoptMovement(server: Server, deps: Deps) {
  server.put(
    '/orders/:id/payments/movements/:providerId',
    {
      config: { access: 'staff' },
      schema: {
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
          const stored = await lockOrder(trx, id)
          if (stored === undefined) throw orderUnknown()
          const booked = await bookedAs(trx, id, providerId)
          if (booked !== undefined) return operationView(booked)
          const { paymentId, movement } = await shown(trx, id, providerId)
          const operation = await operationFor(trx, stored, paymentId, movement)
          await note(trx, deps, operation, {
            verdict: 'executed',
            provider_id: providerId,
            said_by: caller.subject,
            reason,
          })
          await recordSettled(trx, deps, operation.id, { providerId })
          await askOfExpiry(trx, deps, id, paymentId)
          return operationView(await lockOperation(trx, operation.id))
        })
      } catch (error) {
        if (!breaksAConstraint(error)) throw error
        throw httpError(409, 'movement-does-not-fit', `${providerId} does not fit the ledger of this order.`)
      }
    },
  )
}

/** An authorisation that has run out waits for what was captured of it to be known. */
async function askOfExpiry(trx: Trx, { jobs, clock }: Deps, orderId: string, paymentId: string) {
  const over = await trx
    .selectFrom('payment_account')
    .select('payment_id')
    .where('order_id', '=', orderId)
    .where('payment_id', '=', paymentId)
    .where('expires_at', '<=', clock.now().toString())
    .executeTakeFirst()
  if (over) await jobs.enqueue(trx, 'expire-authorisation', [{ data: { orderId, paymentId } }])
}

/** The operation that the movement is booked for already, if it is. */
async function bookedAs(trx: Trx, orderId: string, providerId: string): Promise<Operation | undefined> {
  const entry = await trx
    .selectFrom('ledger_entry')
    .select('operation_id')
    .where('order_id', '=', orderId)
    .where('provider_id', '=', providerId)
    .where('kind', 'in', ['captured', 'refunded'])
    .executeTakeFirst()
  return entry && lockOperation(trx, entry.operation_id!)
}

/** The movement as the newest comparison that knows it has shown it. */
async function shown(trx: Trx, orderId: string, providerId: string) {
  const { rows } = await sql<{ body: Finding }>`
    select body from reconciliation_finding finding join reconciliation_run run on run.id = finding.run_id
    where finding.order_id = ${orderId} and drift and body -> 'drift' @> ${JSON.stringify([{ kind: 'movement-not-in-ledger', providerId }])}::jsonb
    order by run.asked_at desc limit 1`.execute(trx)
  const movement = rows[0]?.body.drift.find(
    (each): each is Movement => each.kind === 'movement-not-in-ledger' && each.providerId === providerId,
  )
  if (movement === undefined)
    throw httpError(
      409,
      'movement-unknown',
      `No comparison with the provider's books has shown ${providerId} for this order. Have the day compared first: POST /payments/reconciliation.`,
    )
  return { paymentId: rows[0]!.body.paymentId, movement }
}

/** What the movement is booked for: our own operation that was refused, or one that is made for it. */
async function operationFor(
  trx: Trx,
  { id: orderId, state: { placed } }: StoredOrder,
  paymentId: string,
  { movement: kind, amount }: Movement,
): Promise<Operation> {
  const open = await trx
    .selectFrom('payment_operation')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('kind', 'in', ['capture', 'refund'])
    .where('status', '<>', 'done')
    .where((eb) => eb.not(waits))
    .orderBy('created_at')
    .forUpdate()
    .execute()
  if (open.some(({ status }) => status !== 'declined'))
    throw httpError(
      409,
      'operation-open',
      'A capture or refund of this order has no outcome yet, and the movement may be its own. Settle it first.',
    )
  const refused = open.find(
    (operation) => operation.kind === kind && operation.amount === amount && operation.detail.paymentId === paymentId,
  )
  if (refused !== undefined) return refused
  return trx
    .insertInto('payment_operation')
    .values({
      ...{ id: crypto.randomUUID(), order_id: orderId, kind, amount, currency: placed.currency, status: 'sent' },
      cause: crypto.randomUUID(),
      detail: JSON.stringify({ paymentId, portion: shareOf(placed, amount), adopted: true } satisfies OperationDetail),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
