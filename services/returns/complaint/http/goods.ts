import { Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { findComplaint, Words } from './complaints.ts'
import { change, config, onlyStaff, schema } from './judge.ts'

const GoodsReceived = Type.Object(
  { receivedAt: Type.Optional(Type.String({ ...Instant, description: 'When they came; now if it is left out.' })) },
  { additionalProperties: false, title: 'CureGoods' },
)

/** Defective goods on their way to the workshop and back. */
export function goods(server: Server, deps: Deps) {
  server.put(
    '/complaints/:id/goods',
    {
      config,
      schema: {
        ...schema,
        operationId: 'receiveGoodsToCure',
        summary: 'The goods to be repaired, or that others were sent for, have come',
        description: 'Only for staff. The customer hears that they are here.',
        body: GoodsReceived,
      },
    },
    async ({ params: { id }, body: { receivedAt }, caller }) => {
      onlyStaff(caller)
      await findComplaint(deps, caller, id)
      return change(deps, id, (_, at) => ({
        type: 'RecordGoods',
        data: { returnId: id, at, receivedAt: receivedAt ?? at },
      }))
    },
  )
  server.put(
    '/complaints/:id/goods-waiver',
    {
      config,
      schema: {
        ...schema,
        operationId: 'waiveDefectiveGoods',
        summary: 'The customer may keep defective goods that others were sent for',
        description: 'Only for staff. The customer hears it, and is reminded of them no more.',
        body: Type.Object(
          { note: Type.Optional(Words('Why, for staff.')) },
          { additionalProperties: false, title: 'GoodsWaiver' },
        ),
      },
    },
    async ({ params: { id }, body: { note }, caller }) => {
      onlyStaff(caller)
      await findComplaint(deps, caller, id)
      const by = caller.subject
      return change(deps, id, (_, at) => ({ type: 'WaiveGoods', data: { returnId: id, at, by, note } }))
    },
  )
  server.put(
    '/complaints/:id/repair',
    {
      config,
      schema: {
        ...schema,
        operationId: 'sendRepairedGoods',
        summary: 'The goods are repaired, and go back to the customer',
        description:
          'Only for staff. Shipping is asked to send them; it is put right once the customer has them. 409 `remedy-not-open` before they have come.',
      },
    },
    async ({ params: { id }, caller }) => {
      await findComplaint(deps, caller, id)
      onlyStaff(caller)
      return change(deps, id, (_, at) => ({ type: 'SendRepaired', data: { returnId: id, at } }))
    },
  )
}
