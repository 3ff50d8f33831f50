import { Id, Instant } from '@vilkar/contracts/event.ts'
import { UnitsSent } from '@vilkar/contracts/shipping.ts'
import { Circumstance } from '@vilkar/contracts/shipping-parcel.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems, refusalError } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { decider } from '../../shipment/decider.ts'
import { ShipmentStatus } from '../../shipment/http/shipment-view.ts'
import type { RequestedShipment } from '../../shipment/state.ts'
import { readOrderOf, type StoredShipment } from '../../shipment/store.ts'
import { riskOfShipment } from '../timeline.ts'
import { circumstanceSaid } from './record-circumstance.ts'
import { RiskView, riskViewOf } from './risk.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100
const strict = { additionalProperties: false }
const tags = ['shipments']

const Recorded = Type.Object({
  ...{ since: Instant, circumstance: Circumstance, lines: Type.Optional(Type.Array(UnitsSent)) },
  by: Type.Optional(Type.String({ description: 'Subject of the token of who recorded it; gone once it was erased.' })),
  why: Type.Optional(Type.String()),
})
const RecordedOfShipment = Type.Object(
  {
    ...{ shipmentId: Id, orderId: Id, orderNumber: Type.String(), status: ShipmentStatus },
    circumstances: Type.Array(Recorded, { description: 'By the moment since when each is so.' }),
    toBeJudged: Type.Boolean({ description: 'Who bears the risk of any of its units is a person’s to decide.' }),
  },
  { title: 'CircumstancesOfShipment' },
)
const Foreseen = Type.Object(
  {
    changes: Type.Boolean({ description: 'false: it was recorded so already, and nothing more would happen.' }),
    before: RiskView,
    after: RiskView,
  },
  { title: 'CircumstanceForeseen' },
)

/** What was recorded that bears on the risk, and what would follow of recording more. */
export function readCircumstances(server: Server, deps: Deps) {
  listRoute(server, deps)
  previewRoute(server, deps)
}

/** Each with who recorded it and why: what was recorded of one moment stands in the order in which it was said, in both. */
function recordedOf({ state, personal }: Pick<StoredShipment, 'state' | 'personal'>) {
  const said = [...(personal.circumstances ?? [])].sort((one, other) =>
    Temporal.Instant.compare(one.since, other.since),
  )
  return (state.circumstances ?? []).map((each, n) => ({ ...each, ...whoSaid(said[n]) }))
}
const whoSaid = (said: { by?: string; why?: string } | undefined) => ({
  ...(said?.by !== undefined && { by: said.by }),
  ...(said?.why !== undefined && { why: said.why }),
})

function listRoute(server: Server, { db, clock }: Deps) {
  server.get(
    '/circumstances',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listCircumstances',
        summary: 'What was recorded that bears on the risk, by shipment, the newest first',
        tags,
        querystring: Type.Object(
          {
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: {
          200: Type.Object({ items: Type.Array(RecordedOfShipment), next: Type.Optional(Id) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { after, limit = PAGE_SIZE } }) => {
      const rows = await db
        .selectFrom('shipment')
        .select(['id', 'state', 'personal'])
        .where(sql<boolean>`state ? 'circumstances'`)
        .$if(after !== undefined, (query) => query.where('id', '<', after!))
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const now = clock.now()
      const page = rows.slice(0, limit)
      const items = []
      for (const { id: shipmentId, state, personal } of page) {
        const { orderId, number: orderNumber } = state.requested
        const found = (await readOrderOf(db, shipmentId))!
        const { units } = riskOfShipment(found.order, found.states, state, now)
        items.push({
          ...{ shipmentId, orderId, orderNumber, status: state.status },
          circumstances: recordedOf({ state, personal }),
          toBeJudged: units.some(({ toBeJudged }) => toBeJudged),
        })
      }
      return { items, ...(rows.length > limit && { next: page.at(-1)!.id }) }
    },
  )
}

function previewRoute(server: Server, { db, clock }: Deps) {
  server.post(
    '/shipments/:id/circumstances/preview',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'previewCircumstances',
        summary: 'See who would bear the risk, were it so',
        description:
          'Nothing is done. It answers who bears the risk of each unit now, and who would, each with what it rests on; or it is refused as `PUT /shipments/{id}/circumstances` would be now.',
        ...{ tags, params: Type.Object({ id: Id }) },
        body: Type.Object(circumstanceSaid, { ...strict, title: 'CircumstanceAsked' }),
        response: { 200: Foreseen, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id: shipmentId }, body, caller: { subject: by } }) => {
      const found = await readOrderOf(db, shipmentId)
      if (found === undefined) throw httpError(404, 'shipment-unknown', 'There is no such shipment.')
      const at = clock.now()
      const data = { ...body, shipmentId, at: at.toString(), by, why: '' }
      const { events, refusal } = decider.decide({ type: 'RecordCircumstance', data }, found.state)
      if (refusal) throw refusalError(refusal)
      const then = events.reduce(decider.evolve, found.state) as RequestedShipment
      const riskAs = (state: RequestedShipment) => {
        const states = found.states.map((each) => (each === found.state ? state : each))
        return riskViewOf(shipmentId, riskOfShipment(found.order, states, state, at).units, at)
      }
      return { changes: events.length > 0, before: riskAs(found.state), after: riskAs(then) }
    },
  )
}
