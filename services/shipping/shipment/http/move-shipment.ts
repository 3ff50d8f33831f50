import { Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { NumberedUnits } from '@vilkar/contracts/shipping-serials.ts'
import type { Server } from '@vilkar/server/http.ts'
import { CarrierName, TrackingNumber } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { dispatchWithRest } from '../dispatch-with-rest.ts'
import { handleUnderOrder } from '../handle.ts'
import { openRecallsOf } from '../open-recalls.ts'
import { answers, move, ShipmentParams } from './moving.ts'

const strict = { additionalProperties: false }

/** What is said of units that are found again, when goods are packed or leave. */
const Numbers = {
  units: Type.Optional(
    Type.Array(NumberedUnits, {
      maxItems: 1_000,
      description: 'Serial or lot numbers of units in it; of goods that are critical to safety all of them.',
    }),
  ),
  manuals: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 20 }), {
      maxItems: MAX_LINES,
      description: 'The lines whose manual lies in the parcel.',
    }),
  ),
}

/** What the warehouse tells: it took the goods on, packed them, and they left. Said twice it happens once. */
export function moveShipment(server: Server, deps: Deps) {
  server.put(
    '/shipments/:id/acceptance',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'acceptShipment',
        summary: 'The warehouse takes the shipment on',
        description: 'Units of it can still be stopped, and its address changed. May be left out.',
        ...{ tags: ['shipments'], params: ShipmentParams, response: answers },
      },
    },
    async ({ params: { id: shipmentId } }) => {
      const data = { shipmentId, at: deps.clock.now().toString() }
      return move(deps, (trx) => handleUnderOrder(trx, { type: 'AcceptShipment', data }))
    },
  )

  packing(server, deps)

  server.put(
    '/shipments/:id/dispatch',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'dispatchShipment',
        summary: 'The carrier has the goods',
        description:
          'Lets payment be captured (clause 6) and passes the risk of a business (clause 7). With `lines`, only these units left: what stays behind becomes another shipment of the same order, named in `restId` and told to the warehouse as one to be sent. Without `lines`, what an ended part was put into (`ShipmentRejoined`) is refused until it was packed since, so that no unit counts as sent that nobody saw. What was not said when it was packed, numbers and manuals, is said here: of a line that leaves in part, the numbers of the units that do.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object(
          {
            carrier: CarrierName,
            trackingNumber: TrackingNumber,
            handedOverAt: Type.Optional(Instant),
            ...Numbers,
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
      const names = { carrier: asKept(body.carrier), trackingNumber: asKept(body.trackingNumber) }
      const data = { handedOverAt: at, ...body, ...names, shipmentId: id, at, restId: uuidv7() }
      return move(deps, async (trx) => dispatchWithRest(trx, { ...data, recalls: await openRecallsOf(trx, id) }))
    },
  )
}

function packing(server: Server, deps: Deps) {
  server.put(
    '/shipments/:id/packing',
    {
      config: { access: 'shipments:write' },
      // A packer who has nothing to say of units sends no body.
      preValidation: async (request) => {
        request.body ??= {}
      },
      schema: {
        operationId: 'packShipment',
        summary: 'The goods are packed',
        description:
          'From here on the address stands. Units can still be stopped until they leave: then `stopped` names them, and the parcel is to be opened and packed anew. May be left out. Of lines that are `safetyCritical` each unit has a serial or lot number and the manual goes with them (clause 11): else it is refused, here or when it leaves. So are units that are recalled. Said again with other numbers, it is packed anew.',
        ...{ tags: ['shipments'], params: ShipmentParams, response: answers },
        body: Type.Object(Numbers, { ...strict, title: 'Packing' }),
      },
    },
    async ({ params: { id: shipmentId }, body }) =>
      move(deps, async (trx) => {
        const recalls = await openRecallsOf(trx, shipmentId)
        const data = { shipmentId, at: deps.clock.now().toString(), ...body, recalls }
        return handleUnderOrder(trx, { type: 'PackShipment', data })
      }),
  )
}
