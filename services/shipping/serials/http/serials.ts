import { Id } from '@vilkar/contracts/event.ts'
import { Sku } from '@vilkar/contracts/parts.ts'
import { UnitNumber } from '@vilkar/contracts/shipping-serials.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { asNumber } from '../../shipment/numbers.ts'
import { isRecalled, recallIn } from '../../shipment/recalled.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { cameBackAt } from '../affected.ts'
import { cameBackOf, shipmentsOfNumber, shipmentsOfOrders } from '../found.ts'
import { recallsOf } from '../store.ts'

/** A lot may be in many shipments; of more than these nobody reads on. */
const MAX_SHIPMENTS = 200

const SerialView = Type.Object(
  {
    number: Type.String(),
    units: Type.Array(
      Type.Object({
        ...{ orderId: Id, orderNumber: Type.String(), shipmentId: Id, lineId: Type.String(), sku: Sku },
        ...{ name: Type.String(), quantity: Type.Integer() },
        serialNumber: Type.Optional(Type.String()),
        lotNumber: Type.Optional(Type.String()),
        packedAt: Type.Optional(Type.String()),
        leftAt: Type.Optional(Type.String({ description: 'Left out, it is packed and here.' })),
        receivedAt: Type.Optional(Type.String({ description: 'When the customer got it.' })),
        cameBackAt: Type.Optional(
          Type.String({ description: 'When its serial number was scanned since, in goods that came in.' }),
        ),
        recallIds: Type.Array(Id, { description: 'The recalls that it is of.' }),
      }),
      { description: `The shipment that it left with last first; of a lot at most ${MAX_SHIPMENTS} shipments.` },
    ),
  },
  { title: 'SerialNumber' },
)

/** `GET /serials/{number}`: which unit has a serial or lot number, and whom it went to. */
export function serials(server: Server, { db }: Deps) {
  server.get(
    '/serials/:number',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readSerialNumber',
        summary: 'Whom a unit went to, by its serial or lot number',
        description:
          'In whatever letters the number is written. A unit that came back and was sent again is there twice.',
        tags: ['serials'],
        params: Type.Object({ number: UnitNumber('Serial or lot number.') }),
        response: { 200: SerialView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params }) => {
      const number = asNumber(params.number)
      const found = await shipmentsOfNumber(db, number, MAX_SHIPMENTS)
      if (found.length === 0) throw httpError(404, 'serial-unknown', 'No unit was packed under this number.')
      const orders = await shipmentsOfOrders(db, [...new Set(found.map(({ order_id }) => order_id))])
      const back = await cameBackOf(db, orders)
      const units = found.flatMap(({ id: shipmentId, order_id: orderId, state }) =>
        state
          .units!.filter(({ serialNumber, lotNumber }) => serialNumber === number || lotNumber === number)
          .map((unit) => {
            const { sku, name } = lineOf(state, unit.lineId)
            const { prepared, dispatched, receivedAt } = state
            const leftAt = dispatched?.handedOverAt
            const packedAt = prepared?.status === 'packed' ? prepared.at : undefined
            const ids = { orderId, orderNumber: state.requested.number, shipmentId }
            return {
              ...ids,
              ...unit,
              sku,
              name,
              packedAt,
              leftAt,
              receivedAt,
              cameBackAt: leftAt && cameBackAt(back(orderId), unit, leftAt),
            }
          }),
      )
      const recalls = (await recallsOf(db, [...new Set(units.map(({ sku }) => sku))])).map(recallIn)
      const recallIdsOf = (unit: (typeof units)[number]) =>
        recalls.filter((recall) => recall.sku === unit.sku && isRecalled(recall, unit)).map(({ recallId }) => recallId)
      return { number, units: units.map((unit) => ({ ...unit, recallIds: recallIdsOf(unit) })) }
    },
  )
}

/** The line that units are of: as it left, or as it is asked for. */
const lineOf = ({ dispatched, requested }: RequestedShipment, lineId: string) =>
  (dispatched?.lines ?? requested.lines).find((line) => line.lineId === lineId)!
