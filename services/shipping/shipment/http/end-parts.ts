import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { decider } from '../decider.ts'
import { partAsItIs, rejoin } from '../rejoin.ts'
import { readShipment } from '../store.ts'
import { OF_LAST_PARCEL } from './agree-parts.ts'
import { answers, move } from './moving.ts'

const params = Type.Object({ id: Id, partId: Id })

/** `PUT /shipments/{id}/parts/{partId}/end`: what was agreed of a part is over before it left; and what would follow of it. */
export function endParts(server: Server, deps: Deps) {
  previewEnd(server, deps)
  server.put(
    '/shipments/:id/parts/:partId/end',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'endPart',
        summary: 'End an agreed part: its units leave with the shipment that they were taken out of',
        description:
          'While both are here: the part is not to be sent (`ShipmentCancelled` with `movedTo`), and its units leave with this shipment again (`ShipmentRejoined`). What was packed of either is opened. Units of the part that were stopped meanwhile stay stopped. Refused once either has left, and where they go to different addresses. The customer was not written to when the part was agreed on, and is not now. Said twice it happens once, and the first word stands.',
        tags: ['shipments'],
        params,
        body: Type.Object(
          { why: Type.String({ ...Why, description: 'What was agreed instead, and how it is known.' }) },
          { additionalProperties: false, title: 'PartEnd' },
        ),
        response: answers,
      },
    },
    async ({ params: { id: shipmentId, partId }, body: { why }, caller: { subject: by } }) => {
      const data = { shipmentId, partId, at: deps.clock.now().toString(), by, why: asKept(why) }
      return move(deps, (trx) => rejoin(trx, data))
    },
  )
}

const PartEndForeseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: it was ended already, and nothing more would happen.' }),
    part: Type.Array(UnitsSent, { description: 'What would not leave by itself any more.' }),
    together: Type.Array(UnitsSent, { description: 'All that would leave with the shipment then.' }),
    opened: Type.Boolean({ description: 'The shipment or the part is packed, and would be opened.' }),
    reasons: Type.Unsafe<Static<typeof Reasons>>({
      ...Reasons,
      description: 'Of a consumer: from when the days to withdraw are counted.',
    }),
  },
  { title: 'PartEndForeseen' },
)

/** `POST /shipments/{id}/parts/{partId}/end/preview`: what would leave together, or why it would be refused, with nothing done. */
function previewEnd(server: Server, { db, clock }: Deps) {
  server.post(
    '/shipments/:id/parts/:partId/end/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewPartEnd',
        summary: 'See what would follow of ending an agreed part',
        description:
          'Nothing is done. It answers what would leave together, or is refused as `PUT /shipments/{id}/parts/{partId}/end` would be now.',
        tags: ['shipments'],
        params,
        response: { 200: PartEndForeseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: shipmentId, partId }, caller: { subject: by } }) => {
      const found = await readShipment(db, shipmentId)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const part = await partAsItIs(db, { shipmentId, partId })
      const data = { shipmentId, partId, at: clock.now().toString(), part, by, why: '' }
      const { events, refusal } = decider.decide({ type: 'EndPart', data }, found.state)
      if (refusal) throw refusalError(refusal)
      const { requested, prepared } = found.state
      const [rejoined] = events.flatMap((event) => (event.type === 'ShipmentRejoined' ? [event.data] : []))
      const packed = await isPacked(partId)
      return {
        changes: rejoined !== undefined,
        part: rejoined?.rejoined ?? [],
        together: (rejoined?.lines ?? requested.lines).map(({ lineId, quantity }) => ({ lineId, quantity })),
        opened: rejoined !== undefined && (prepared?.status === 'packed' || packed),
        reasons: requested.customerKind === 'consumer' ? [OF_LAST_PARCEL] : [],
      }
    },
  )
  const isPacked = async (id: string) => (await readShipment(db, id))?.state.prepared?.status === 'packed'
}
