import { Id } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { shipmentColumns } from '../store.ts'
import { ShipmentStatus, ShipmentView, viewOf } from './shipment-view.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200

/** `GET /shipments`: what is to be sent, what waits and what has left, oldest first. */
export function readShipments(server: Server, { db }: Deps) {
  server.get(
    '/shipments',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listShipments',
        summary: 'List shipments, oldest first',
        tags: ['shipments'],
        querystring: Type.Object(
          {
            status: Type.Optional(ShipmentStatus),
            orderId: Type.Optional(Id),
            trackingNumber: Type.Optional(
              Type.String({
                maxLength: 100,
                description: 'Of a parcel that a carrier has, in small letters or large.',
              }),
            ),
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(ShipmentView), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { status, orderId, trackingNumber, after, limit = PAGE_SIZE } }) => {
      let found = db
        .selectFrom('shipment')
        .select(shipmentColumns)
        .orderBy('id')
        .limit(limit + 1)
      if (status !== undefined) found = found.where('status', '=', status)
      if (orderId !== undefined) found = found.where('order_id', '=', orderId)
      if (trackingNumber !== undefined)
        found = found.where(sql`upper(state #>> '{dispatched,trackingNumber}')`, '=', trackingNumber.toUpperCase())
      if (after !== undefined) found = found.where('id', '>', after)
      const rows = await found.execute()
      const page = rows.slice(0, limit)
      return { items: page.map(viewOf), next: rows.length > limit ? page.at(-1)!.id : undefined }
    },
  )
}
