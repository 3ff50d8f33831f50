import { ERASED } from '@vilkar/contracts/erased.ts'
import { Instant } from '@vilkar/contracts/event.ts'
import { ParcelReport, Taker } from '@vilkar/contracts/shipping-parcel.ts'
import type { Server } from '@vilkar/server/http.ts'
import { ParcelPlace, Receiver } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { isErasedShipment } from '../erased.ts'
import { handleUnderOrder } from '../handle.ts'
import { readShipment } from '../store.ts'
import { answers, move, ShipmentParams } from './moving.ts'

const strict = { additionalProperties: false }

/** What is told of a parcel on its way: who took it, and where it is while the customer has it not. */
export function reportParcel(server: Server, deps: Deps) {
  server.put(
    '/shipments/:id/delivery',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'reportDelivery',
        summary: 'Somebody took the parcel',
        description:
          'Physical receipt by the customer, or by whom they named (`takenBy`): a consumer’s risk and every period of withdrawal, return and complaint begin here (clauses 7–10). Taken by anybody else, left unattended, or with nothing said of who took it, the parcel is not delivered and nothing begins.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object(
          { receivedAt: Type.Optional(Instant), receivedBy: Receiver, takenBy: Type.Optional(Taker) },
          { ...strict, title: 'Delivery' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: shipmentId }, body: { receivedAt, receivedBy, takenBy = 'unknown' } }) => {
      const at = deps.clock.now().toString()
      const data = { shipmentId, at, receivedAt: receivedAt ?? at, receivedBy: asKept(receivedBy), takenBy }
      return move(deps, async (trx) => {
        const found = await readShipment(trx, shipmentId)
        const isOfNobody = await isErasedShipment(trx, found)
        const said = { ...data, ...(isOfNobody && { receivedBy: ERASED }) }
        return handleUnderOrder(trx, { type: 'DeliverShipment', data: said }, found)
      })
    },
  )

  server.put(
    '/shipments/:id/whereabouts',
    {
      config: { access: 'shipments:write' },
      schema: {
        operationId: 'reportWhereabouts',
        summary: 'Where the parcel is',
        description:
          'On its way, or what became of it while the customer has it not. Reports may come late, twice and in any order: the latest by `occurredAt` says where the parcel is. One from before it was delivered is kept, and a later one is refused.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object(
          { report: ParcelReport, occurredAt: Type.Optional(Instant), place: Type.Optional(ParcelPlace) },
          { ...strict, title: 'Whereabouts' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: shipmentId }, body: { report, occurredAt, place } }) => {
      const at = deps.clock.now().toString()
      const data = { shipmentId, at, report, occurredAt: occurredAt ?? at, personal: {} }
      return move(deps, async (trx) => {
        const found = await readShipment(trx, shipmentId)
        const isSaid = place !== undefined && !(await isErasedShipment(trx, found))
        return handleUnderOrder(
          trx,
          { type: 'ReportParcel', data: { ...data, ...(isSaid && { place: asKept(place) }) } },
          found,
        )
      })
    },
  )
}
