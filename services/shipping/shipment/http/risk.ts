import { Id } from '@vilkar/contracts/event.ts'
import { Reasons } from '@vilkar/contracts/parts.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readShipment } from '../store.ts'

const RiskView = Type.Object(
  {
    shipmentId: Id,
    at: Type.String(),
    bearer: Type.Union([Type.Literal('seller'), Type.Literal('customer')], {
      description: 'Who bears the loss if the goods perish or are damaged by accident.',
    }),
    since: Type.Optional(Type.String({ description: 'When the risk passed.' })),
    reasons: Reasons,
  },
  { title: 'Risk' },
)

/** `GET /shipments/{id}/risk`: who bears the risk at a moment, and why (clause 7). */
export function risk(server: Server, deps: Deps) {
  server.get(
    '/shipments/:id/risk',
    {
      config: { access: 'shipments:read' },
      schema: {
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
      const found = await readShipment(deps.db, id)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const { state } = found
      const { bearer, since, reasons } = termsOf(state.requested.terms.edition).risk({
        customerKind: state.requested.customerKind,
        at,
        ...(state.dispatched && { handedOverAt: Temporal.Instant.from(state.dispatched.handedOverAt) }),
        ...(state.receivedAt && { receivedAt: Temporal.Instant.from(state.receivedAt) }),
      })
      return { shipmentId: id, at: at.toString(), bearer, since: since?.toString(), reasons }
    },
  )
}
