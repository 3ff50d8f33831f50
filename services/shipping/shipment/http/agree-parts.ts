import { Id } from '@vilkar/contracts/event.ts'
import { MAX_LINES, Reasons } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { byLaw } from '@vilkar/terms/ruling/citing.ts'
import { angrerettloven } from '@vilkar/terms/statute/angrerettloven.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { decider } from '../decider.ts'
import { sendInParts } from '../send-in-parts.ts'
import { readShipment } from '../store.ts'
import { answers, move, ShipmentParams } from './moving.ts'

const UnitsOfPart = Type.Array(UnitsSent, { minItems: 1, maxItems: MAX_LINES, description: 'The units of the part.' })

/** `PUT /shipments/{id}/parts/{partId}`: units leave by a shipment of their own, as was agreed; and what would follow of it. */
export function agreeParts(server: Server, deps: Deps) {
  previewPart(server, deps)
  server.put(
    '/shipments/:id/parts/:partId',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'agreeOnPart',
        summary: 'Have units leave by a shipment of their own, as was agreed with the customer',
        description:
          'Before anything has left: the units are taken out (`ShipmentReduced` with `movedTo`) and asked for as a shipment under `partId`, which is the caller’s to choose. The period to withdraw begins with the last parcel of the order, and each pays when it leaves. What was packed is opened. What stays behind when a warehouse sends less than all needs no agreement in advance: it is a shipment of its own by itself. Said twice it happens once.',
        tags: ['shipments'],
        params: Type.Object({ id: Id, partId: Id }),
        body: Type.Object(
          {
            lines: UnitsOfPart,
            why: Type.String({ ...Why, description: 'What was agreed, and how it is known.' }),
          },
          { additionalProperties: false, title: 'AgreedPart' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: shipmentId, partId }, body: { lines, why }, caller: { subject: by } }) => {
      const data = { shipmentId, partId, at: deps.clock.now().toString(), lines, by, why: asKept(why) }
      return move(deps, (trx) => sendInParts(trx, data))
    },
  )
}

const PartForeseen = Type.Object(
  {
    part: Type.Array(UnitsSent, { description: 'What would leave by itself.' }),
    rest: Type.Array(UnitsSent, { description: 'What would be left of the shipment.' }),
    opened: Type.Boolean({ description: 'It is packed, and would be opened.' }),
    reasons: Type.Unsafe<Static<typeof Reasons>>({
      ...Reasons,
      description: 'Of a consumer: from when the days to withdraw are counted.',
    }),
  },
  { title: 'PartForeseen' },
)

/** Goods of one order that come in several parcels: the days to withdraw begin with the last of them (angrerettloven § 21). */
export const OF_LAST_PARCEL = byLaw('period-begins-with-last-parcel', angrerettloven('§ 21'))

/** `POST /shipments/{id}/parts/preview`: what would leave by itself and what would be left, or why it would be refused, with nothing done. */
function previewPart(server: Server, { db, clock }: Deps) {
  server.post(
    '/shipments/:id/parts/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewPart',
        summary: 'See what would follow of agreeing on a part of a shipment',
        description:
          'Nothing is done. It answers both parts, or is refused as `PUT /shipments/{id}/parts/{partId}` would be now.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: Type.Object({ lines: UnitsOfPart }, { additionalProperties: false, title: 'PartAsked' }),
        response: { 200: PartForeseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: shipmentId }, body: { lines }, caller: { subject: by } }) => {
      const found = await readShipment(db, shipmentId)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const data = { shipmentId, partId: uuidv7(), at: clock.now().toString(), lines, by, why: '' }
      const { events, refusal } = decider.decide({ type: 'SplitShipment', data }, found.state)
      if (refusal) throw refusalError(refusal)
      const [reduced] = events as [Extract<(typeof events)[number], { type: 'ShipmentReduced' }>]
      const { requested, prepared } = found.state
      return {
        part: lines,
        rest: reduced.data.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
        opened: prepared?.status === 'packed',
        reasons: requested.customerKind === 'consumer' ? [OF_LAST_PARCEL] : [],
      }
    },
  )
}
