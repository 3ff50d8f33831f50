import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrderOf } from '../../shipment/store.ts'
import { riskOfShipment, type UnitsRisk } from '../timeline.ts'

const Borne = {
  bearer: Type.Union([Type.Literal('seller'), Type.Literal('customer')], {
    description: 'Who bears the loss if the goods perish or are damaged by accident.',
  }),
  toBeJudged: Type.Boolean({ description: 'A person decides; until then the seller bears it.' }),
  paymentDue: Type.Boolean({ description: 'Whether the customer owes the price although the goods are gone.' }),
  since: Type.Optional(Type.String({ description: 'When the risk passed to the customer.' })),
  reasons: Reasons,
}
const RiskView = Type.Object(
  {
    shipmentId: Id,
    at: Type.String(),
    ...Borne,
    units: Type.Array(Type.Object({ lineId: Type.String(), quantity: Type.Integer({ minimum: 1 }), ...Borne }), {
      description: 'Every unit, with those of a line that are alike counted. Above it is the seller’s if any unit is.',
    }),
  },
  { title: 'Risk' },
)

const view = ({ bearer, toBeJudged, paymentDue, since, reasons }: UnitsRisk) => ({
  ...{ bearer, toBeJudged, paymentDue, reasons },
  ...(bearer === 'customer' && { since: since.toString() }),
})

/** `GET /shipments/{id}/risk`: who bears the risk of each unit at a moment, and why (clause 7). */
export function risk(server: Server, deps: Deps) {
  server.get(
    '/shipments/:id/risk',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readRisk',
        summary: 'Who bears the risk, and why',
        tags: ['shipments'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object(
          { at: Type.Optional(Type.String({ format: 'date-time', description: 'Now if it is left out.' })) },
          { additionalProperties: false },
        ),
        response: { 200: RiskView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query }) => {
      const at = query.at === undefined ? deps.clock.now() : Temporal.Instant.from(query.at)
      const found = await readOrderOf(deps.db, id)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const { order, states, state } = found
      const { units } = riskOfShipment(order, states, state, at)
      const first = units.find(({ bearer }) => bearer === 'seller') ?? units[0]!
      const each = units.map((part) => ({ lineId: part.lineId, quantity: part.quantity, ...view(part) }))
      return { shipmentId: id, at: at.toString(), ...view(first), units: each }
    },
  )
}
