import { Id } from '@vilkar/contracts/event.ts'
import { maySee } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { entitlements, type OrderEntitlements } from '@vilkar/terms/entitlements.ts'
import { Type } from 'typebox'
import type { KnownOrder, OrderPersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import { EligibilityView } from './eligibility-view.ts'
import { entitlementsJson } from './entitlements-json.ts'
import { FactsBody, factsOf } from './facts.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const SELECT = { name: 'order-facts', text: 'select facts, personal from order_facts where order_id = $1' }

/** Both doors ask `entitlements`: one about an order that is known here, the other about facts that the caller brings. */
export function eligibility(server: Server, { pool, clock }: Deps) {
  server.get(
    '/orders/:id/eligibility',
    {
      config: { access: 'returns:read' },
      schema: {
        summary: 'What may the customer return, until when, and why',
        description:
          'Per line and quantity: cancellation, withdrawal, voluntary return and complaint, who bears the risk, who pays the way back, and what would come back. For the order: agreement, delivery, prices, refunds due and where a dispute goes.',
        tags: ['returns'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object(
          { at: Type.Optional(Type.String({ format: 'date-time', description: 'Now if it is left out.' })) },
          { additionalProperties: false },
        ),
        response: { 200: EligibilityView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query, caller }, reply) => {
      const { rows } = await pool.query<{ facts: KnownOrder; personal: OrderPersonal }>({ ...SELECT, values: [id] })
      const known = rows[0]
      if (known === undefined || !maySee(caller, known.personal.placedBy)) throw orderUnknown()
      const view = entitlements(known.facts, momentOf(query.at, clock.now))
      return reply.type(JSON_TYPE).send(bytesOf(view))
    },
  )

  server.post(
    '/eligibility',
    {
      config: { access: 'returns:read' },
      schema: {
        summary: 'What would a customer be entitled to on these facts',
        description:
          'Keeps nothing and looks nothing up: facts in, every entitlement out. Before a purchase it tells "returnable until …": bring the cart as lines, and a parcel with the day on which it is expected.',
        tags: ['returns'],
        body: FactsBody,
        response: { 200: EligibilityView, ...problems(400, 401, 403) },
      },
    },
    async ({ body }, reply) => {
      const at = momentOf(body.at, clock.now)
      const { orderId: _, ...known } = entitlements(factsOf(body, at), at)
      const view = { ...(body.orderId && { orderId: body.orderId }), ...known }
      return reply.type(JSON_TYPE).send(bytesOf(view))
    },
  )
}

const momentOf = (at: string | undefined, now: () => Temporal.Instant) =>
  at === undefined ? now() : Temporal.Instant.from(at)

// Bytes go out as they are: the response schema describes them and does not write them again.
const bytesOf = (view: Partial<OrderEntitlements>) => Buffer.from(entitlementsJson(view)) as never

export const orderUnknown = () => httpError(404, 'order-unknown', 'There is no such order.')
