import { Id } from '@vilkar/contracts/event.ts'
import type { Caller } from '@vilkar/server/auth.ts'
import type { Server } from '@vilkar/server/http.ts'
import { countAddressAt } from '@vilkar/server/limits.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type Counting, eligibility as eligibilityFrom, entitlements } from '@vilkar/terms/order/entitlements.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { readOrder } from '../store.ts'
import { alike, EntitlementsOfAlike } from './alike.ts'
import { createAnswers } from './answers.ts'
import { EligibilityView, EntitlementsView } from './eligibility-view.ts'
import { entitlementsJson } from './entitlements-json.ts'
import { FactsBody, factsIn } from './facts.ts'
import { checkMoment } from './moments.ts'
import { visibleTo } from './visible-to.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * What may go back, and all that an order entitles to: about an order that is known here, or about facts that the caller
 * brings.
 */
export function eligibility(server: Server, { pool, clock, settings }: Deps) {
  const params = Type.Object({ id: Id })
  const querystring = Type.Object(
    { at: Type.Optional(Type.String({ format: 'date-time', description: 'Now if it is left out.' })) },
    { additionalProperties: false },
  )
  const answerNow = createAnswers({ pool, clock })
  const factsOf = async (id: string, caller: Caller) => visibleTo(caller, await readOrder(pool, id)).facts

  server.get(
    '/orders/:id/eligibility',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readEligibility',
        summary: 'What may the customer return, until when, and why',
        description:
          'Per line and quantity: cancellation, withdrawal, voluntary return and complaint, who pays the way back, and what would come back.',
        tags: ['returns'],
        params,
        querystring,
        response: { 200: EligibilityView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query: { at }, caller }, reply) => {
      if (at === undefined) return reply.type(JSON_TYPE).send((await answerNow(id, caller)) as never)
      const view = eligibilityFrom(await factsOf(id, caller), momentOf(at, clock.now), countingFor(at))
      return reply.type(JSON_TYPE).send(written(view))
    },
  )

  server.get(
    '/orders/:id/entitlements',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readEntitlements',
        summary: 'All that an order entitles to',
        description:
          'What may be returned, and besides who bears the risk, whether there is an agreement, what the seller may still change, when delivery is late, how prices are shown, which loss the seller answers for and where a dispute goes.',
        tags: ['returns'],
        params,
        querystring,
        response: { 200: EntitlementsView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query: { at }, caller }, reply) => {
      const view = entitlements(await factsOf(id, caller), momentOf(at, clock.now), countingFor(at))
      return reply.type(JSON_TYPE).send(written(view))
    },
  )

  server.get(
    '/orders/:id/entitlements/alike',
    {
      config: { access: 'returns:read' },
      schema: {
        operationId: 'readEntitlementsOfAlike',
        summary: 'All that an order entitles to, said once for lines that are alike',
        description: 'As `GET /orders/{id}/entitlements`, for who shows an order of many lines.',
        tags: ['returns'],
        params,
        querystring,
        response: { 200: EntitlementsOfAlike, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id }, query: { at }, caller }, reply) => {
      const view = entitlements(await factsOf(id, caller), momentOf(at, clock.now), countingFor(at))
      return reply.type(JSON_TYPE).send(written(alike(view)))
    },
  )

  const countAddress = countAddressAt(server as never, () => settings.factsRequestsPerMinute)
  server.post(
    '/eligibility',
    {
      // Of a caller who is known the requests are counted already.
      onRequest: async (request, reply) => {
        if (!request.caller) await countAddress(request, reply)
      },
      config: { access: 'public' },
      schema: {
        operationId: 'judgeFacts',
        summary: 'What would a customer be entitled to on these facts',
        description:
          'Keeps nothing and looks nothing up, so that it needs no token: facts in, every entitlement out. Before a purchase it tells "returnable until …": bring the cart as lines, and a parcel with the day on which it is expected.',
        tags: ['returns'],
        body: FactsBody,
        response: { 200: EntitlementsView, ...problems(400) },
      },
    },
    async ({ body }, reply) => {
      const at = momentOf(body.at, clock.now, 'body.at')
      const { orderId: _, ...known } = entitlements(factsIn(body, at), at)
      const view = { ...(body.orderId && { orderId: body.orderId }), ...known }
      return reply.type(JSON_TYPE).send(written(view))
    },
  )
}

/** The moment that is asked about; now where none is. Throws 400 for one that no order has. */
export function momentOf(at: string | undefined, now: () => Temporal.Instant, field = 'querystring.at') {
  if (at === undefined) return now()
  checkMoment(field, at)
  return Temporal.Instant.from(at)
}

/** Sent as it is: the response schema describes it and does not write it again. */
const written = (view: object) => entitlementsJson(view) as never

/** Who asks about now is told what a decision would be made by. */
export const countingFor = (at: string | undefined): Counting => (at === undefined ? 'all-known' : 'of-the-moment')
