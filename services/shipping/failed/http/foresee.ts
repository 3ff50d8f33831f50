import { Reasons } from '@vilkar/contracts/parts.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { type Static, Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { Deps } from '../../deps.ts'
import { allWithdrawn } from '../../inbound/withdrawn.ts'
import { riskOfShipment } from '../../risk/timeline.ts'
import type { ShipmentCommand } from '../../shipment/commands.ts'
import { decider } from '../../shipment/decider.ts'
import { noticeOf, unsettled } from '../../shipment/failed.ts'
import { ShipmentParams } from '../../shipment/http/moving.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { readOrderOf, readShipment, shipmentsOf } from '../../shipment/store.ts'

/** What would follow of seeing to a failed delivery. */
export const FailureForeseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: it was done already, and nothing more would happen.' }),
    lines: Type.Array(UnitsSent, { description: 'The units that it is about: those that would leave once more.' }),
    reasons: Type.Unsafe<Static<typeof Reasons>>({
      ...Reasons,
      description: 'What holds of the customer’s purchase, and who bears the risk of the goods.',
    }),
  },
  { title: 'FailureForeseen' },
)

const answers = { 200: FailureForeseen, ...problems(400, 401, 403, 404, 409) }
const config = { access: 'staff' as const }
const tags = ['shipments']

/** `POST /shipments/{id}/failed-delivery/sending/preview` and `…/closing/preview`: what would follow, or why it would be refused, with nothing done. */
export function foreseeFailure(server: Server, deps: Deps) {
  server.post(
    '/shipments/:id/failed-delivery/sending/preview',
    {
      config,
      schema: {
        operationId: 'previewSendAgain',
        summary: 'See what would follow of sending again what came back',
        description:
          'Nothing is done. It answers the units that would leave once more and what holds meanwhile, or is refused as `PUT /shipments/{id}/failed-delivery/sending` would be now.',
        ...{ tags, params: ShipmentParams, response: answers },
      },
    },
    async ({ params: { id: shipmentId }, caller: { subject: by } }) => {
      const { state } = await shipmentOf(deps, shipmentId)
      const { orderId } = state.requested
      const withdrawn = await allWithdrawn(deps.db, orderId, await shipmentsOf(deps.db, orderId))
      const at = deps.clock.now().toString()
      const data = { shipmentId, at, replacementId: uuidv7(), withdrawn, by }
      return foreseen(deps, shipmentId, state, { type: 'SendAgain', data })
    },
  )
  server.post(
    '/shipments/:id/failed-delivery/closing/preview',
    {
      config,
      schema: {
        operationId: 'previewClosingOfFailedDelivery',
        summary: 'See what would follow of saying how a failed delivery was seen to',
        description:
          'Nothing is done. It answers which units it is about and what holds of them, or is refused as `PUT /shipments/{id}/failed-delivery/closing` would be now.',
        ...{ tags, params: ShipmentParams, response: answers },
      },
    },
    async ({ params: { id: shipmentId }, caller: { subject: by } }) => {
      const { state } = await shipmentOf(deps, shipmentId)
      const data = { shipmentId, at: deps.clock.now().toString(), by, why: '' }
      return foreseen(deps, shipmentId, state, { type: 'CloseFailure', data })
    },
  )
}

async function shipmentOf({ db }: Deps, id: string) {
  const found = await readShipment(db, id)
  if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
  return found
}

/** What a command would come to now, with what holds of goods that were not received; throws its refusal. */
async function foreseen({ db, clock }: Deps, id: string, state: RequestedShipment, command: ShipmentCommand) {
  const { events, refusal } = decider.decide(command, state)
  if (refusal) throw refusalError(refusal)
  const known = state.receivedAt === undefined && state.dispatched ? await readOrderOf(db, id) : undefined
  const risk = known && riskOfShipment(known.order, known.states, state, clock.now()).units[0]!.reasons
  return {
    changes: events.length > 0,
    lines: state.dispatched ? unsettled(state) : [],
    reasons: [...noticeOf(state), ...(risk ?? [])],
  }
}
