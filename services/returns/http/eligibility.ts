import { Id } from '@vilkar/contracts/event.ts'
import { Currency, Reasons, Sku } from '@vilkar/contracts/parts.ts'
import { maySee } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { entitlements } from '@vilkar/terms/entitlements.ts'
import { Type } from 'typebox'
import type { KnownOrder, OrderPersonal } from '../database.ts'
import type { Deps } from '../deps.ts'
import { eligibilityJson } from './eligibility-json.ts'

const Outcome = Type.Union([Type.Literal('granted'), Type.Literal('refused'), Type.Literal('review')], {
  description: 'review: a person decides; until then treat it as granted.',
})
const Entitlement = Type.Object({
  outcome: Outcome,
  until: Type.Optional(Type.String({ description: 'Last day, Europe/Oslo; left out while the period has not begun.' })),
  reasons: Reasons,
})
const Money = Type.Object({ amount: Type.Integer(), currency: Currency })

/** What the customer of an order may do, line by line, each with what it rests on. */
export const EligibilityView = Type.Object(
  {
    orderId: Id,
    edition: Type.String(),
    at: Type.String(),
    cancel: Entitlement,
    refundEstimate: Money,
    lines: Type.Array(
      Type.Object({
        lineId: Type.String(),
        sku: Sku,
        quantity: Type.Integer(),
        returnable: Type.Integer({ description: 'Units that have not gone back and are not on their way back.' }),
        cancel: Entitlement,
        withdrawal: Entitlement,
        voluntaryReturn: Entitlement,
        complaint: Entitlement,
        returnCost: Type.Object({
          bearer: Type.Union([Type.Literal('seller'), Type.Literal('customer')]),
          reasons: Reasons,
        }),
        refundEstimate: Money,
      }),
    ),
  },
  { title: 'Eligibility' },
)

const JSON_TYPE = 'application/json; charset=utf-8'
const SELECT = { name: 'order-facts', text: 'select facts, personal from order_facts where order_id = $1' }

/** `GET /orders/{id}/eligibility`: may this customer still return this, until when, and why. */
export function eligibility(server: Server, { pool, clock }: Deps) {
  server.get(
    '/orders/:id/eligibility',
    {
      config: { access: 'returns:read' },
      schema: {
        summary: 'What may the customer return, until when, and why',
        description:
          'Per line and quantity: cancellation, withdrawal, voluntary return and complaint, who pays the way back, and what would come back.',
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
      const at = query.at === undefined ? clock.now() : Temporal.Instant.from(query.at)
      return reply.type(JSON_TYPE).send(Buffer.from(eligibilityJson(entitlements(known.facts, at))) as never)
    },
  )
}

export const orderUnknown = () => httpError(404, 'order-unknown', 'There is no such order.')
