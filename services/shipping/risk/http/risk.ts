import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { readOrderOf, readShipmentsOf } from '../../shipment/store.ts'
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
export const RiskView = Type.Object(
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

const querystring = Type.Object(
  { at: Type.Optional(Type.String({ format: 'date-time', description: 'Now if it is left out.' })) },
  { additionalProperties: false },
)
const params = Type.Object({ id: Id })
const tags = ['shipments']

/** Who bears the risk of each unit at a moment, and why (clause 7): of a shipment, and of all shipments of an order. */
export function risk(server: Server, deps: Deps) {
  const momentOf = (at: string | undefined) => (at === undefined ? deps.clock.now() : Temporal.Instant.from(at))
  server.get(
    '/shipments/:id/risk',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readRisk',
        summary: 'Who bears the risk, and why',
        tags,
        params,
        querystring,
        response: { 200: RiskView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query }) => {
      const found = await readOrderOf(deps.db, id)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const { order, states, state } = found
      const at = momentOf(query.at)
      return riskViewOf(id, riskOfShipment(order, states, state, at).units, at)
    },
  )

  server.get(
    '/orders/:id/risk',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readRiskOfOrder',
        summary: 'Who bears the risk of each shipment of an order, and why',
        description: 'In the order in which they were asked for. Of an order that is not known there are none.',
        tags,
        params,
        querystring,
        response: { 200: Type.Object({ items: Type.Array(RiskView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ params: { id }, query }) => {
      const found = await readShipmentsOf(deps.db, id)
      if (found === undefined) return { items: [] }
      const at = momentOf(query.at)
      const states = found.shipments.map(({ state }) => state)
      const units = (state: RequestedShipment) => riskOfShipment(found.order, states, state, at).units
      return { items: found.shipments.map((each) => riskViewOf(each.id, units(each.state), at)) }
    },
  )
}

/** Above it is the seller's if any unit is. */
export function riskViewOf(shipmentId: string, units: readonly UnitsRisk[], at: Temporal.Instant) {
  const first = units.find(({ bearer }) => bearer === 'seller') ?? units[0]!
  const each = units.map((part) => ({ lineId: part.lineId, quantity: part.quantity, ...view(part) }))
  return { shipmentId, at: at.toString(), ...view(first), units: each }
}
