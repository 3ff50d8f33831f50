import { Instant } from '@vilkar/contracts/event.ts'
import { MAX_LINES } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { Circumstance } from '@vilkar/contracts/shipping-parcel.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handleUnderOrder } from '../../shipment/handle.ts'
import { answers, move, ShipmentParams } from '../../shipment/http/moving.ts'

/** What is said of it but why. */
export const circumstanceSaid = {
  circumstance: Circumstance,
  since: Type.String({ ...Instant, description: 'From when on it is so.' }),
  lines: Type.Optional(
    Type.Array(UnitsSent, {
      minItems: 1,
      maxItems: MAX_LINES,
      description: 'The units that it is about; all of the shipment if it is left out.',
    }),
  ),
}
const CircumstanceBody = Type.Object(
  {
    ...circumstanceSaid,
    why: Type.String({ ...Why, description: 'How it is known: the agreement, who said so, who saw it.' }),
  },
  { additionalProperties: false, title: 'CircumstanceBody' },
)

/** `PUT /shipments/{id}/circumstances`: what bears on the risk and no scan tells. */
export function recordCircumstance(server: Server, deps: Deps) {
  server.put(
    '/shipments/:id/circumstances',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'recordCircumstances',
        summary: 'Record what bears on the risk',
        description:
          'An agreement in writing, whose carrier it is, an accident at home, a way back: what no scan tells and the risk of units hangs on (forbrukerkjøpsloven §§ 13–14, kjøpsloven §§ 7 and 12–14). What was recorded stays; a later circumstance says otherwise from its own moment on. Said twice it is recorded once.',
        tags: ['shipments'],
        params: ShipmentParams,
        body: CircumstanceBody,
        response: answers,
      },
    },
    async ({ params: { id: shipmentId }, body: { why, ...body }, caller: { subject: by } }) => {
      const data = { ...body, shipmentId, at: deps.clock.now().toString(), by, why: asKept(why) }
      return move(deps, (trx) => handleUnderOrder(trx, { type: 'RecordCircumstance', data }))
    },
  )
}
