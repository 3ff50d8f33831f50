import { AfterDay, behind } from '@vilkar/server/cursors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { problems } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { handleUnderOrder } from '../../shipment/handle.ts'
import { answers, move, ShipmentParams } from '../../shipment/http/moving.ts'
import { ShipmentView, viewOf } from '../../shipment/http/shipment-view.ts'
import { shipmentColumns } from '../../shipment/store.ts'
import { sendShipmentAgain } from '../send-again.ts'
import { failedDueOn, isFailing } from '../waiting.ts'
import { foreseeFailure } from './foresee.ts'

const tags = ['shipments']
const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200

/** The work list of parcels that do not arrive, and what a person does about one: it is sent again, or was seen to otherwise. */
export function failedDeliveries(server: Server, deps: Deps) {
  listRoute(server, deps)
  foreseeFailure(server, deps)
  server.put(
    '/shipments/:id/failed-delivery/sending',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'sendAgain',
        summary: 'Send again what came back',
        description:
          'Of a parcel that the customer did not take, or that came back otherwise: the same goods leave once more, as a shipment of their own that nobody pays for again. They have to be back (409 `goods-not-back`), and the customer must not have withdrawn (409 `units-withdrawn`). What was lost is sent again by the choice of its report. Said twice it happens once.',
        tags,
        params: ShipmentParams,
        response: answers,
      },
    },
    async ({ params: { id: shipmentId }, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return move(deps, (trx) => sendShipmentAgain(trx, { shipmentId, at, replacementId: uuidv7(), by }))
    },
  )
  server.put(
    '/shipments/:id/failed-delivery/closing',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'closeFailedDelivery',
        summary: 'Say how a failed delivery was seen to',
        description:
          'What was agreed with the customer, or that a delivery stands although its carrier doubts it. Ends the task and its alarm, and changes nothing of the goods or the money: a withdrawal, an agreement or a payout is written down where those are. Said twice the first word stands.',
        tags,
        params: ShipmentParams,
        body: Type.Object(
          { why: Type.String({ ...Why, description: 'What was done, or found.' }) },
          { additionalProperties: false, title: 'FailedDeliveryClosing' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: shipmentId }, body: { why }, caller: { subject: by } }) => {
      const data = { shipmentId, at: deps.clock.now().toString(), by, why: asKept(why) }
      return move(deps, (trx) => handleUnderOrder(trx, { type: 'CloseFailure', data }))
    },
  )
}

function listRoute(server: Server, { db }: Deps) {
  server.get(
    '/failed-deliveries',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listFailedDeliveries',
        summary: 'Parcels that do not arrive, by the day on which a person is to have seen to them',
        description:
          'Refused, not fetched in time, come back, lost or damaged, as their carrier told. One leaves the list when it arrives after all, is sent again, is settled as lost, the customer withdraws from all of it, or a person says how it was seen to.',
        tags,
        querystring: Type.Object(
          {
            after: Type.Optional(AfterDay),
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
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      let found = db
        .selectFrom('shipment')
        .select(shipmentColumns)
        .where(isFailing)
        .orderBy(failedDueOn)
        .orderBy('id')
        .limit(limit + 1)
      const begin = behind(after)
      if (begin !== undefined)
        found = found.where(sql<boolean>`(${failedDueOn}, id) > (${begin.at}, ${begin.id}::uuid)`)
      const rows = await found.execute()
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        items: page.map(viewOf),
        next: rows.length > limit ? `${last!.state.failed!.dueOn}/${last!.id}` : undefined,
      }
    },
  )
}
