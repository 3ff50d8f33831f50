import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { handle } from '../handle.ts'
import type { ShipmentCommand } from '../shipment.ts'
import { ShipmentView, viewOf } from './shipment-view.ts'

const ShipmentParams = Type.Object({ id: Id })
const Text = Type.String({ minLength: 1, maxLength: 100 })
const strict = { additionalProperties: false }

/** What the warehouse and the carrier tell: the goods left, the goods arrived. Said twice it happens once. */
export function moveShipment(server: Server, deps: Deps) {
  const answers = { 200: ShipmentView, ...problems(400, 401, 403, 404, 409) }

  server.put(
    '/shipments/:id/dispatch',
    {
      config: { access: 'shipments:write' },
      schema: {
        summary: 'The carrier has the goods',
        description: 'Lets payment be captured (clause 6) and passes the risk of a business (clause 7).',
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object(
          { carrier: Text, trackingNumber: Text, handedOverAt: Type.Optional(Instant) },
          { ...strict, title: 'Dispatch' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body: { carrier, trackingNumber, handedOverAt } }) => {
      const at = deps.clock.now().toString()
      return move({
        type: 'DispatchShipment',
        data: { shipmentId: id, at, carrier, trackingNumber, handedOverAt: handedOverAt ?? at },
      })
    },
  )

  server.put(
    '/shipments/:id/delivery',
    {
      config: { access: 'shipments:write' },
      schema: {
        summary: 'The customer has the goods',
        description:
          "Physical receipt: a consumer's risk and every period of withdrawal, return and complaint begin here (clauses 7–10).",
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object({ receivedAt: Type.Optional(Instant), receivedBy: Text }, { ...strict, title: 'Delivery' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { receivedAt, receivedBy } }) => {
      const at = deps.clock.now().toString()
      return move({
        type: 'DeliverShipment',
        data: { shipmentId: id, at, receivedAt: receivedAt ?? at, receivedBy },
      })
    },
  )

  async function move(command: ShipmentCommand) {
    const { stored, refusal } = await deps.db.transaction().execute((trx) => handle(trx, command))
    deps.wake()
    if (refusal) throw refusalError(refusal)
    return viewOf(stored!)
  }
}
