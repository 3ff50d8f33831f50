import { Day, Id } from '@vilkar/contracts/event.ts'
import { ReturnUnitsReceived } from '@vilkar/contracts/shipping-returns.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { tellWriting } from '../../order-facts/tell-writing.ts'
import { listGoods, orderOfGoods, settleGoods } from '../store.ts'

const strict = { additionalProperties: false }
const tags = ['received goods']
const { content, units } = ReturnUnitsReceived.properties.data.properties
const GoodsView = Type.Object(
  {
    ...{ id: Id, parcelId: Id, caseId: Id, orderId: Id, receivedAt: Type.String(), content, units },
    status: Type.Union(
      [Type.Literal('waiting'), Type.Literal('applied'), Type.Literal('unsettled'), Type.Literal('settled')],
      {
        description:
          'waiting: the rest of the units is waited for. unsettled: its case does not take it, and a person settles it by `dueOn`.',
      },
    ),
    outcome: Type.Optional(Type.String({ description: 'Why its case does not take it.' })),
    dueOn: Type.Optional(Day),
    note: Type.Optional(Type.String()),
    done: Type.Optional(Type.String()),
  },
  { title: 'ReceivedGoods' },
)

/** What the warehouse received of cases, and what no case takes: the work list of a person. */
export function receivedGoods(server: Server, deps: Deps) {
  server.get(
    '/received-goods',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listReceivedGoods',
        summary: 'Goods that came in and that their case does not take',
        description: 'At most 100, what is due first before all others; with `caseId` all that came in of one case.',
        tags,
        querystring: Type.Object({ caseId: Type.Optional(Id) }, strict),
        response: { 200: Type.Object({ items: Type.Array(GoodsView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query }) => ({
      items: (await listGoods(deps.db, query)).map((row) => ({
        ...{ id: row.id, parcelId: row.parcel_id, caseId: row.case_id, orderId: row.order_id, content: row.content },
        ...{ receivedAt: Temporal.Instant.from(row.received_at).toString(), units: row.units, status: row.status },
        ...{ outcome: row.outcome ?? undefined, dueOn: row.due_on ?? undefined },
        ...{ note: row.personal.note, done: row.personal.done },
      })),
    }),
  )
  server.put(
    '/received-goods/:id/settlement',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleReceivedGoods',
        summary: 'Say what became of goods that their case does not take',
        description: 'Ends the task and its alarm. The first word stands.',
        tags,
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { done: Type.String({ minLength: 1, maxLength: 1_000, description: 'What was done.' }) },
          { ...strict, title: 'ReceivedGoodsSettlement' },
        ),
        response: { 204: Type.Null({ description: 'Noted.' }), ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, body: { done }, caller: { subject: settledBy } }, reply) => {
      await transact(deps, async (trx) => {
        const orderId = await orderOfGoods(trx, id)
        if (orderId === undefined) throw httpError(404, 'received-goods-unknown', 'Nothing was received under this id.')
        await tellWriting(trx, orderId, deps.clock.now())
        await settleGoods(trx, id, { settledBy, done })
      })
      return reply.status(204).send(null)
    },
  )
}
