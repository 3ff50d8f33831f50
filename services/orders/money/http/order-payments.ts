import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { repeatIfStale } from '@vilkar/server/statements.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { findOrder, OrderParams } from '../../order/http/read-orders.ts'
import { readAccounts } from '../ledger.ts'
import { operationsOf } from '../operation-store.ts'
import { wordsFor } from '../operation-words.ts'
import { payoutsOf } from '../payouts.ts'
import { readDocuments } from '../sales-documents.ts'
import { PayoutItem, payoutItem } from './payouts.ts'

const Amount = Type.Integer({ minimum: 0, description: 'In the smallest unit of the currency.' })
const Moment = Type.String({ format: 'date-time' })

const PaymentsView = Type.Object({
  accounts: Type.Array(
    Type.Object({
      currency: Type.String(),
      provider: Type.String(),
      paymentId: Type.String({ description: "The provider's name of the authorisation that is drawn on." }),
      authorised: Amount,
      captured: Amount,
      refunded: Amount,
      released: Amount,
      left: Type.Integer({ minimum: 0, description: 'What may still be captured.' }),
      expiresAt: Type.Union([Moment, Type.Null()], { description: 'The last moment of a capture.' }),
    }),
    { description: 'What the entries add up to; none before anybody paid.' },
  ),
  entries: Type.Array(
    Type.Object({
      kind: Type.Enum(['authorised', 'captured', 'refunded', 'released', 'extended', 'paid-out'], {
        description: 'paid-out: paid besides refunds, by a person; no account draws on it.',
      }),
      amount: Amount,
      currency: Type.String(),
      paymentId: Type.String(),
      providerId: Type.Optional(Type.String({ description: "The provider's name of the movement." })),
      expiresAt: Type.Optional(Moment),
      at: Moment,
    }),
  ),
  documents: Type.Array(
    Type.Object({
      series: Type.Enum(['invoice', 'credit-note']),
      number: Type.Integer({ description: 'Without a gap within its series.' }),
      amount: Amount,
      currency: Type.String(),
      vat: Type.Array(
        Type.Object({
          rate: Type.Integer({ description: 'In basis points: 2500 is 25 %.' }),
          gross: Amount,
          vat: Amount,
        }),
      ),
      issuedAt: Moment,
      invoices: Type.Array(Type.Integer(), { description: 'Of a credit note: the invoices that it takes back.' }),
    }),
  ),
  operations: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      kind: Type.Enum(['capture', 'refund', 'release', 'extend']),
      amount: Amount,
      currency: Type.String(),
      status: Type.Enum(['planned', 'waiting-for-capture', 'sent', 'declined', 'ambiguous', 'claimed']),
      attempt: Type.Integer(),
      state: Type.String({ description: 'How far it has come, in words.' }),
      lastResult: Type.Optional(Type.String({ description: 'What was last heard of it, in words.' })),
    }),
    { description: 'What was asked of the provider and is not done; `claimed` is no longer asked.' },
  ),
  payouts: Type.Array(PayoutItem, { description: 'What is or was paid besides: given beyond duty, or late interest.' }),
})

/** What became of an order's money, for whom the order belongs to and for staff. */
export function orderPayments(server: Server, deps: Deps) {
  const { db } = deps
  server.get(
    '/orders/:id/payments',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'readPayments',
        summary: "Read what became of an order's money",
        description:
          'What is authorised, captured, refunded and released, the entries that say so, the sales documents, and what is still asked of the provider.',
        tags: ['payments'],
        params: OrderParams,
        response: { 200: PaymentsView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params, caller }) => {
      const order = await findOrder(deps, caller, params.id)
      const { id } = order
      // One moment of all of it: what is read one after the other would not add up while money moves.
      return repeatIfStale(() =>
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute(async (trx) => ({
            accounts: await readAccounts(trx, id),
            entries: await readEntries(trx, id),
            documents: await readDocuments(trx, order),
            operations: await readOpenOperations(trx, id),
            payouts: (await payoutsOf(trx, id)).map(payoutItem),
          })),
      )
    },
  )
}

async function readEntries(db: Kysely<Database>, orderId: string) {
  const rows = await db
    .selectFrom('ledger_entry')
    .select(['kind', 'amount', 'currency', 'payment_id', 'provider_id', 'expires_at', 'at'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute()
  return rows.map(({ kind, amount, currency, payment_id, provider_id, expires_at, at }) => ({
    kind,
    amount,
    currency,
    paymentId: payment_id,
    ...(provider_id !== null && { providerId: provider_id }),
    ...(expires_at !== null && { expiresAt: Temporal.Instant.from(expires_at).toString() }),
    at: Temporal.Instant.from(at).toString(),
  }))
}

async function readOpenOperations(db: Kysely<Database>, orderId: string) {
  const operations = await operationsOf(db, orderId)
  return operations.flatMap(({ id, kind, amount, currency, status, attempt, lastResult }) =>
    status === 'done' ? [] : [{ id, kind, amount, currency, status, attempt, ...wordsFor({ status, lastResult }) }],
  )
}
