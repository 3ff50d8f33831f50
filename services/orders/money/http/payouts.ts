import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Amount, Currency, Reasons } from '@vilkar/contracts/parts.ts'
import { InterestOn, PayoutKind } from '@vilkar/contracts/payout-parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handle, lockOrder } from '../../order/handle.ts'
import { bookPayout, findPayouts, MAX_PAYOUTS_LISTED, type Payout, readPayout } from '../payouts.ts'

const strict = { additionalProperties: false }
export const PayoutItem = Type.Object(
  {
    id: Id,
    orderId: Id,
    kind: PayoutKind,
    amount: Amount,
    currency: Currency,
    interest: Type.Optional(InterestOn),
    decidedAt: Instant,
    dueOn: Type.String({ description: 'Last day to pay it.' }),
    reasons: Reasons,
    paid: Type.Optional(
      Type.Object({
        number: Type.Integer({ description: 'Of its document, in a series of the seller without a gap.' }),
        at: Instant,
        reference: Type.String(),
      }),
    ),
  },
  { title: 'Payout' },
)

/** What is paid to customers besides refunds: a work list, and saying that one was paid. */
export function payouts(server: Server, deps: Deps) {
  list(server, deps)
  pay(server, deps)
}

function list(server: Server, { db }: Deps) {
  server.get(
    '/payouts',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listPayouts',
        summary: 'What is to be paid to customers besides refunds',
        description: `Goodwill and late interest, at most ${MAX_PAYOUTS_LISTED}, what is due first before all others.`,
        tags: ['payments'],
        querystring: Type.Object(
          {
            status: Type.Optional(
              Type.Union([Type.Literal('open'), Type.Literal('paid')], {
                description: 'open: nobody has paid it yet, which is what is listed when it is left out.',
              }),
            ),
            limit: Type.Optional(
              Type.Integer({ minimum: 1, maximum: MAX_PAYOUTS_LISTED, default: MAX_PAYOUTS_LISTED }),
            ),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(PayoutItem) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query: { status = 'open', limit } }) => ({
      items: (await findPayouts(db, { open: status === 'open', limit })).map(payoutItem),
    }),
  )
}

function pay(server: Server, deps: Deps) {
  server.put(
    '/payouts/:id/payment',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'payPayout',
        summary: 'Say that a payout was paid',
        description:
          'A person has paid it by bank or otherwise, and says by what the payment is found. It has a document with a number and an entry in the ledger (`paid-out`), and the customer is told. Said again alike it is the same; otherwise 409 `payout-paid`.',
        tags: ['payments'],
        params: Type.Object({ id: Id }),
        body: Type.Object(
          {
            reference: Type.String({
              ...{ minLength: 1, maxLength: 100, examples: ['2026-06-10/4711'] },
              description: 'Such as the number that the bank gave the payment. No number of an account.',
            }),
          },
          { ...strict, title: 'PayoutPayment' },
        ),
        response: { 200: PayoutItem, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { reference }, caller }) => {
      if (caller.scopes.has('service'))
        throw httpError(403, 'person-needed', 'A person says that it was paid, by a token of their own.')
      return transact(deps, async (trx) => {
        const known = (await readPayout(trx, id)) ?? unknown()
        const order = await lockOrder(trx, known.order_id)
        const payout = (await readPayout(trx, id))!
        if (payout.paid_at !== null) {
          if (payout.reference === reference) return payoutItem(payout)
          throw httpError(409, 'payout-paid', `It was paid, and is found by ${payout.reference}.`)
        }
        const at = deps.clock.now().toString()
        const number = await bookPayout(trx, payout, { reference, paidBy: caller.subject, paidAt: at })
        const { order_id: orderId, kind, amount, currency, reasons } = payout
        const paid = { payoutId: id, kind, amount, currency, number, reasons }
        const data = { orderId, at, ...paid, personal: { by: caller.subject, reference } }
        await handle(trx, { type: 'RecordPayout', data }, deps, order)
        return payoutItem((await readPayout(trx, id))!)
      })
    },
  )
}

const unknown = (): never => {
  throw httpError(404, 'payout-unknown', 'There is no such payout.')
}

const momentOf = (moment: string) => Temporal.Instant.from(moment).toString()

export const payoutItem = (payout: Payout): Static<typeof PayoutItem> => ({
  ...{ id: payout.id, orderId: payout.order_id, kind: payout.kind, amount: payout.amount, currency: payout.currency },
  ...(payout.interest && { interest: payout.interest }),
  ...{ decidedAt: momentOf(payout.decided_at), dueOn: payout.due_on, reasons: payout.reasons },
  ...(payout.paid_at !== null && {
    paid: { number: payout.number!, at: momentOf(payout.paid_at), reference: payout.reference! },
  }),
})
