import { NumberedUnits } from '@vilkar/contracts/shipping-serials.ts'
import type { Server } from '@vilkar/server/http.ts'
import { Why } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { handleUnderOrder } from '../../shipment/handle.ts'
import { answers, move, ShipmentParams } from '../../shipment/http/moving.ts'
import { sweepAnew } from '../store.ts'

const MAX_UNITS = 1_000

/** `PUT /shipments/{id}/units/correction`: numbers of units that left were noted wrongly. */
export function correctNumbers(server: Server, deps: Deps) {
  server.put(
    '/shipments/:id/units/correction',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'correctUnitNumbers',
        summary: 'Correct the serial or lot numbers of units that left',
        description:
          'All units that have a number, by the right ones. Units are found by these from here on, and who has recalled ones is looked up anew at once; a customer who was told of a recall by a wrong number was told. What had been noted stays in `numberCorrections`, with who corrected it and why. Said twice it happens once. 409 `shipment-not-dispatched` before it left: then it is packed anew.',
        ...{ tags: ['serials'], params: ShipmentParams, response: answers },
        body: Type.Object(
          {
            units: Type.Array(NumberedUnits, { maxItems: MAX_UNITS }),
            why: Type.String({ ...Why, description: 'How it came that other numbers were noted.' }),
          },
          { additionalProperties: false, title: 'UnitNumbersCorrection' },
        ),
      },
    },
    async ({ params: { id: shipmentId }, body: { units, why }, caller: { subject: by } }) => {
      const at = deps.clock.now().toString()
      return move(deps, async (trx) => {
        const data = { shipmentId, at, units, by, why: asKept(why) }
        const done = await handleUnderOrder(trx, { type: 'CorrectNumbers', data })
        if (done.events.length > 0) await sweepAnew(trx, skusOf(done.stored!), at)
        return done
      })
    },
  )
}

const skusOf = ({ state }: { state: { dispatched?: { lines: { sku: string }[] } } }) =>
  state.dispatched!.lines.map(({ sku }) => sku)
