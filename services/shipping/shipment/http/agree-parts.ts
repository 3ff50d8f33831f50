import { Id } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { sendInParts } from '../send-in-parts.ts'
import { answers, move } from './moving.ts'

/** `PUT /shipments/{id}/parts/{partId}`: units leave by a shipment of their own, as was agreed. */
export function agreeParts(server: Server, deps: Deps) {
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
            lines: Type.Array(UnitsSent, { minItems: 1, maxItems: MAX_LINES, description: 'The units of the part.' }),
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
