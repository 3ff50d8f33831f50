import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { accountOf } from '../account.ts'
import { readShipment } from '../store.ts'
import { ShipmentView, viewOf } from './shipment-view.ts'

const Units = Type.Integer({ minimum: 0 })
const UnitAccount = Type.Object(
  { lineId: Type.String(), requested: Units, open: Units, dispatched: Units, stopped: Units },
  { title: 'UnitAccount' },
)

/** `GET /shipments/{id}`, and `GET /orders/{id}/units`: what became of every unit of an order. */
export function readOneShipment(server: Server, { db }: Deps) {
  server.get(
    '/shipments/:id',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readShipment',
        summary: 'Read a shipment',
        tags: ['shipments'],
        params: Type.Object({ id: Id }),
        response: { 200: ShipmentView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const found = await readShipment(db, id)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      return viewOf(found)
    },
  )

  server.get(
    '/orders/:id/units',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readUnits',
        summary: 'What became of every unit that was asked of the warehouse',
        description: 'Each unit once, by line: requested = open + dispatched + stopped, at any moment.',
        tags: ['shipments'],
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ orderId: Id, lines: Type.Array(UnitAccount) }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { id: orderId } }) => {
      const found = await db.selectFrom('shipment').select('state').where('order_id', '=', orderId).execute()
      return { orderId, lines: accountOf(found.map(({ state }) => state)) }
    },
  )
}
