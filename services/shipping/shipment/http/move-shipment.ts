import { randomUUIDv7 } from 'node:crypto'
import { Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { dispatchWithRest } from '../dispatch-with-rest.ts'
import { handleUnderOrder } from '../handle.ts'
import { answers, move, ShipmentParams } from './moving.ts'

const Text = Type.String({ minLength: 1, maxLength: 100 })
const strict = { additionalProperties: false }

/** What the warehouse tells: it took the goods on, packed them, and they left. Said twice it happens once. */
export function moveShipment(server: Server, deps: Deps) {
  const steps = { acceptance: 'AcceptShipment', packing: 'PackShipment' } as const
  for (const [path, type] of Object.entries(steps) as [keyof typeof steps, 'AcceptShipment' | 'PackShipment'][])
    server.put(
      `/shipments/:id/${path}`,
      {
        config: { access: 'shipments:write' },
        schema: { ...stepsTold[path], tags: ['shipments'], params: ShipmentParams, response: answers },
      },
      async ({ params: { id: shipmentId } }) =>
        move(deps, (trx) => handleUnderOrder(trx, { type, data: { shipmentId, at: deps.clock.now().toString() } })),
    )

  server.put(
    '/shipments/:id/dispatch',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'dispatchShipment',
        summary: 'The carrier has the goods',
        description:
          'Lets payment be captured (clause 6) and passes the risk of a business (clause 7). With `lines`, only these units left: what stays behind becomes another shipment of the same order, named in `restId` and told to the warehouse as one to be sent.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object(
          {
            carrier: Text,
            trackingNumber: Text,
            handedOverAt: Type.Optional(Instant),
            lines: Type.Optional(
              Type.Array(UnitsSent, {
                minItems: 1,
                maxItems: MAX_LINES,
                description: 'What the carrier has of this shipment; all of it if this is left out.',
              }),
            ),
          },
          { ...strict, title: 'Dispatch' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body }) => {
      const at = deps.clock.now().toString()
      const data = { handedOverAt: at, ...body, shipmentId: id, at, restId: randomUUIDv7() }
      return move(deps, (trx) => dispatchWithRest(trx, data))
    },
  )
}

const stepsTold = {
  acceptance: {
    operationId: 'acceptShipment',
    summary: 'The warehouse takes the shipment on',
    description: 'Units of it can still be stopped, and its address changed. May be left out.',
  },
  packing: {
    operationId: 'packShipment',
    summary: 'The goods are packed',
    description:
      'From here on the address stands. Units can still be stopped until they leave: then `stopped` names them, and the parcel is to be opened and packed anew. May be left out.',
  },
}
