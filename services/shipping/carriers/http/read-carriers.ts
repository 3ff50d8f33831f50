import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { signs } from '../port.ts'
import { type EventStatus, eventStatuses } from '../tables.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const Count = Type.Integer({ minimum: 0 })
const Status = Type.Unsafe<EventStatus>(
  Type.Union(
    eventStatuses.map((status) => Type.Literal(status)),
    {
      description:
        'waiting: for the parcel to be dispatched, or for its moment; applied; noted: it says nothing of the way; unknown: no table has the code, or its moment cannot be read; refused: the shipment did not take it, and `outcome` says why.',
    },
  ),
)
const EventView = Type.Object(
  {
    ...{ id: Id, carrier: Type.String(), trackingNumber: Type.String(), code: Type.String() },
    ...{ occurredAt: Instant, heardAt: Instant, status: Status, outcome: Type.Optional(Type.String()) },
    ...{ place: Type.Optional(Type.String()), leftAt: Type.Optional(Type.String()) },
    ...{ detail: Type.Optional(Type.String()), receivedBy: Type.Optional(Type.String()) },
    package: Type.Optional(
      Type.String({
        description: 'The one of several packages under the number that it was told of, of an unknown code.',
      }),
    ),
  },
  { title: 'CarrierEvent' },
)
const CarrierView = Type.Object(
  {
    carrier: Type.String(),
    signs: Type.Boolean({ description: 'It signs what it tells; of the others the tracking API is read.' }),
    codes: Type.Record(Type.String(), Type.String(), { description: 'What each of its codes is taken for.' }),
    following: Type.Integer({ ...Count, description: 'Parcels of which news is expected.' }),
    failing: Type.Integer({ ...Count, description: 'Parcels that could not be read the last time.' }),
    unknownCodes: Type.Array(Type.Object({ code: Type.String(), events: Count })),
    waiting: Type.Integer({ ...Count, description: 'Events of parcels that nobody dispatched yet.' }),
  },
  { title: 'Carrier' },
)

/** `GET /carriers` and `GET /carrier-events`: what carriers tell, what it is taken for, and what came of it. */
export function readCarriers(server: Server, deps: Deps) {
  server.get(
    '/carriers',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listCarriers',
        summary: 'The carriers that are heard, their codes, and what of them is unknown',
        tags: ['carriers'],
        response: { 200: Type.Object({ items: Type.Array(CarrierView) }), ...problems(401, 403) },
      },
    },
    async () => {
      const [parcels, events] = await Promise.all([countParcels(deps), countEvents(deps)])
      return {
        items: deps.carriers.all().map((carrier) => {
          const own = events.filter((each) => each.carrier === carrier.name)
          const { following = 0, failing = 0 } = parcels.find((each) => each.carrier === carrier.name) ?? {}
          return {
            ...{ carrier: carrier.name, signs: signs(carrier), following: Number(following), failing: Number(failing) },
            codes: Object.fromEntries(
              Object.entries(carrier.codes).map(([code, meaning]) => [
                code,
                typeof meaning === 'string' ? meaning : Object.values(meaning)[0]!,
              ]),
            ),
            unknownCodes: own
              .filter(({ status }) => status === 'unknown')
              .map(({ code, events: count }) => ({ code, events: Number(count) })),
            waiting: own
              .filter(({ status }) => status === 'waiting')
              .reduce((sum, { events: count }) => sum + Number(count), 0),
          }
        }),
      }
    },
  )
  eventRoute(server, deps)
}

function eventRoute(server: Server, { db }: Deps) {
  server.get(
    '/carrier-events',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listCarrierEvents',
        summary: 'What carriers told, newest first, and what came of it',
        tags: ['carriers'],
        querystring: Type.Object(
          {
            status: Type.Optional(Status),
            carrier: Type.Optional(Type.String({ maxLength: 40 })),
            trackingNumber: Type.Optional(Type.String({ maxLength: 200 })),
            before: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(EventView), next: Type.Optional(Id) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { status, carrier, trackingNumber, before, limit = PAGE_SIZE } }) => {
      let found = db
        .selectFrom('carrier_event')
        .select(['id', 'carrier', 'tracking_number', 'code', 'occurred_at', 'heard_at', 'status', 'outcome'])
        .select(['facts', 'personal'])
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (status !== undefined) found = found.where('status', '=', status)
      if (carrier !== undefined) found = found.where('carrier', '=', carrier)
      if (trackingNumber !== undefined) found = found.where('tracking_number', '=', trackingNumber)
      if (before !== undefined) found = found.where('id', '<', before)
      const rows = await found.execute()
      const page = rows.slice(0, limit)
      return {
        items: page.map((each) => ({
          ...{ id: each.id, carrier: each.carrier, trackingNumber: each.tracking_number, code: each.code },
          ...{ occurredAt: instant(each.occurred_at), heardAt: instant(each.heard_at), status: each.status },
          ...(each.outcome && { outcome: each.outcome }),
          ...each.facts,
          ...each.personal,
        })),
        ...(rows.length > limit && { next: page.at(-1)!.id }),
      }
    },
  )
}

const instant = (moment: string) => Temporal.Instant.from(moment).toString()

async function countParcels({ db }: Deps) {
  const { rows } = await sql<{ carrier: string; following: string; failing: string }>`
    select carrier, count(*) filter (where check_due_at is not null) as following,
      count(*) filter (where failing_since is not null) as failing
    from parcel where check_due_at is not null or failing_since is not null group by carrier`.execute(db)
  return rows
}

async function countEvents({ db }: Deps) {
  const { rows } = await sql<{ carrier: string; code: string; status: EventStatus; events: string }>`
    select carrier, code, status, count(*) as events from carrier_event
    where status = 'waiting' or status = 'unknown' and outcome = 'code-unknown'
    group by carrier, code, status order by carrier, code`.execute(db)
  return rows
}
