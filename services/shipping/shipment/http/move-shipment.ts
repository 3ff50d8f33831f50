import { randomUUIDv7 } from 'node:crypto'
import { Id, Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { dispatchWithRest } from '../dispatch-with-rest.ts'
import { handle } from '../handle.ts'
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
      return move((trx) => dispatchWithRest(trx, data))
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
      const data = { shipmentId: id, at, receivedAt: receivedAt ?? at, receivedBy }
      return move((trx) => handle(trx, { type: 'DeliverShipment', data }))
    },
  )

  async function move(work: (trx: Transaction<Database>) => ReturnType<typeof handle>) {
    const { stored, refusal } = await transact(deps, work)
    if (refusal) throw refusalError(refusal)
    return viewOf(stored!)
  }
}
