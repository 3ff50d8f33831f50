import { Id, Instant } from '@vilkar/contracts/event.ts'
import { type Caller, maySee } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { visibleTo } from '../../order-facts/http/visible-to.ts'
import type { PlacedOrder } from '../../order-facts/projection.ts'
import { lockOrderOfReturn, readOrder } from '../../order-facts/store.ts'
import type { ReturnCommand } from '../commands.ts'
import { handle } from '../handle.ts'
import { readReturn, returnsOf, type StoredReturn } from '../store.ts'
import { ReturnView, viewOf } from './return-view.ts'

const ReturnParams = Type.Object({ id: Id })
const Text = Type.String({ minLength: 1, maxLength: 100 })
const strict = { additionalProperties: false }

/** Reading returns, and what ends the withholding of a refund: proof of sending by the customer, or receipt by us. */
export function returns(server: Server, deps: Deps) {
  const { db, pool, clock } = deps
  const answers = { 200: ReturnView, ...problems(400, 401, 403, 404, 409) }

  server.get(
    '/returns/:id',
    {
      config: { access: 'returns:read' },
      schema: { summary: 'Read a return', tags: ['returns'], params: ReturnParams, response: answers },
    },
    async ({ params: { id }, caller }) => viewOf(await findReturn(deps, caller, id)),
  )

  server.get(
    '/orders/:id/returns',
    {
      config: { access: 'returns:read' },
      schema: {
        summary: 'The returns of an order',
        tags: ['returns'],
        params: ReturnParams,
        response: { 200: Type.Object({ items: Type.Array(ReturnView) }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id: orderId }, caller }) => {
      visibleTo(caller, await readOrder(pool, orderId))
      return { items: (await returnsOf(db, orderId)).map(viewOf) }
    },
  )

  server.put(
    '/returns/:id/proof-of-sending',
    {
      config: { access: 'returns:write' },
      schema: {
        summary: 'The customer shows that the goods were sent',
        description: 'From here the refund may not be withheld any more: it is decided, with the last day to pay it.',
        tags: ['returns'],
        params: ReturnParams,
        body: Type.Object(
          { carrier: Text, trackingNumber: Text, sentAt: Type.Optional(Instant) },
          { ...strict, title: 'ProofOfSending' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { carrier, trackingNumber, sentAt }, caller }) => {
      await findReturn(deps, caller, id)
      return change(id, (facts, at) => ({
        type: 'RecordSending',
        data: { returnId: id, at, facts, carrier, trackingNumber, sentAt: sentAt ?? at },
      }))
    },
  )

  server.put(
    '/returns/:id/receipt',
    {
      config: { access: 'returns:write' },
      schema: {
        summary: 'The goods are back',
        description: 'Only for staff. Decides the refund, unless proof of sending already did.',
        tags: ['returns'],
        params: ReturnParams,
        body: Type.Object({ receivedAt: Type.Optional(Instant) }, { ...strict, title: 'Receipt' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { receivedAt }, caller }) => {
      if (!caller.scopes.has('staff'))
        throw httpError(403, 'scope-missing', 'Only a token with the scope "staff" can say that goods came back.')
      await findReturn(deps, caller, id)
      return change(id, (facts, at) => ({
        type: 'RecordReceipt',
        data: { returnId: id, at, facts, receivedAt: receivedAt ?? at },
      }))
    },
  )

  /** Time and facts are read under the lock of the order: who waited for it hears what was decided meanwhile. */
  async function change(id: string, commandOf: (facts: OrderFacts, at: string) => ReturnCommand) {
    const { stored, refusal } = await transact(deps, async (trx) => {
      const { facts } = (await lockOrderOfReturn(trx, id)) as PlacedOrder
      return handle(trx, commandOf(facts, clock.now().toString()), deps)
    })
    if (refusal) throw refusalError(refusal)
    return viewOf(stored!)
  }
}

/** The return, if the caller may see its order. Throws a 404 problem otherwise: for anybody else there is none. */
async function findReturn({ db, pool }: Deps, caller: Caller, id: string): Promise<StoredReturn> {
  const stored = await readReturn(db, id)
  const order = stored && (await readOrder(pool, stored.state.declared.orderId))
  if (stored === undefined || order === undefined || !maySee(caller, order.personal.placedBy))
    throw httpError(404, 'return-unknown', 'There is no such return.')
  return stored
}
