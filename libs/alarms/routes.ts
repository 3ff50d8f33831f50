import { Id, Instant } from '@vilkar/contracts/event.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { acknowledgeAlarm, readOpen, resolveByPerson } from './alarms.ts'
import { backlogRoute } from './backlog.ts'
import { deadLetterRoutes } from './dead-letters.ts'
import type { Foreseeing } from './revival-preview.ts'
import { type AlarmTables, alarmColumns, alarmsOf } from './tables.ts'

const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200
const strict = { additionalProperties: false }

const kindOf = (kinds: readonly string[]) =>
  Type.Unsafe<string>({ type: 'string', enum: kinds, description: 'What calls for a person.' })

/** An alarm as staff see it. */
const viewSchema = (kinds: readonly string[]) =>
  Type.Object(
    {
      id: Id,
      orderId: Type.Optional(Id),
      about: Type.Optional(
        Type.String({
          description:
            'What of the service itself it is about, where it is about no order: such as `relay`, or the id of an event or a return.',
        }),
      ),
      kind: kindOf(kinds),
      detail: Type.Object({}, { additionalProperties: true, description: 'The facts that it was raised for.' }),
      raisedAt: Instant,
      acknowledgedAt: Type.Optional(
        Type.Unsafe<string>({ ...Instant, description: 'Since when somebody looks into it.' }),
      ),
      acknowledgedBy: Type.Optional(Type.String({ description: 'Who looks into it: the subject of their token.' })),
      resolvedAt: Type.Optional(Instant),
      resolvedBy: Type.Optional(Type.String({ description: 'Left out when its cause went away on its own.' })),
      resolution: Type.Optional(Type.String({ description: 'What was done.' })),
    },
    { title: 'Alarm' },
  )
type AlarmView = Static<ReturnType<typeof viewSchema>>

/** What an alarm is about: an order, or what it names otherwise. */
export type About = Pick<Selectable<AlarmTables['alarm']>, 'order_id' | 'about'>
/** What alarms are told to: `written` hears, in the transaction that keeps them, that a person writes words about something. */
type Deps = Foreseeing & {
  db: unknown
  clock: Clock
  wake?: (trx?: object) => void
  written?: (trx: never, about: About, at: Temporal.Instant) => Promise<void>
}

/** What calls for a person, and the door by which the person says what was done. `kinds` are all that a service has. */
export function alarmRoutes(server: Server, deps: Deps, kinds: readonly string[]) {
  const { db, clock } = deps
  const AlarmView = viewSchema(kinds)
  const Kind = kindOf(kinds)
  server.get(
    '/alarms',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'listAlarms',
        summary: 'What calls for a person, open alarms first',
        tags: ['alarms'],
        querystring: Type.Object(
          {
            orderId: Type.Optional(Id),
            kind: Type.Optional(Kind),
            after: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          strict,
        ),
        response: {
          200: Type.Object({ items: Type.Array(AlarmView), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { limit = PAGE_SIZE, ...search } }) => {
      const rows = await find(alarmsOf(db), search, limit + 1)
      const page = rows.slice(0, limit)
      return { items: page.map(viewOf), next: rows.length > limit ? page.at(-1)!.id : undefined }
    },
  )

  server.put(
    '/alarms/:id/resolution',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'resolveAlarm',
        summary: 'Resolve an alarm',
        description: 'Ends an alarm. The subject of the token is kept as who did it. Said twice it happens once.',
        tags: ['alarms'],
        params: Type.Object({ id: Id }),
        body: Type.Object(
          { done: Type.String({ minLength: 1, maxLength: 1_000, description: 'What was done.' }) },
          { ...strict, title: 'AlarmResolution' },
        ),
        response: { 200: AlarmView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, body: { done }, caller }) => {
      const at = clock.now()
      const alarm = await transact({ wake: () => {}, ...deps, db: alarmsOf(db) }, async (trx) => {
        const open = await readOpen(trx, id)
        if (open !== undefined) await deps.written?.(trx as never, open, at)
        return resolveByPerson(trx, id, { by: caller.subject, done, at: at.toString() })
      })
      if (alarm === undefined) throw httpError(404, 'alarm-unknown', 'There is no such alarm.')
      if (alarm.resolved_by !== caller.subject || alarm.resolution !== done)
        throw httpError(409, 'alarm-resolved', `It ended at ${viewOf(alarm).resolvedAt}: ${alarm.resolution}`)
      return viewOf(alarm)
    },
  )
  acknowledgementRoute(server, { db, clock }, AlarmView)
  deadLetterRoutes(server, db, deps)
  backlogRoute(server, db)
}

/** The door by which a person says that they look into an alarm. */
function acknowledgementRoute(
  server: Server,
  { db, clock }: { db: unknown; clock: Clock },
  AlarmView: ReturnType<typeof viewSchema>,
) {
  server.put(
    '/alarms/:id/acknowledgement',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'acknowledgeAlarm',
        summary: 'Say that one looks into an alarm',
        description:
          'Keeps the subject of the token as who looks into the alarm, and since when. It is open still. Said twice it happens once; another who says it takes it over.',
        tags: ['alarms'],
        params: Type.Object({ id: Id }),
        response: { 200: AlarmView, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async ({ params: { id }, caller }) => {
      const alarm = await acknowledgeAlarm(alarmsOf(db), id, { by: caller.subject, at: clock.now().toString() })
      if (alarm === undefined) throw httpError(404, 'alarm-unknown', 'There is no such alarm.')
      if (alarm.resolved_at !== null)
        throw httpError(409, 'alarm-resolved', `It ended at ${viewOf(alarm).resolvedAt}: ${alarm.resolution}`)
      return viewOf(alarm)
    },
  )
}

/** Open alarms first, and the newest first among them. */
function find(db: Kysely<AlarmTables>, { orderId, kind, after }: Search, limit: number) {
  const open = sql<boolean>`resolved_at is null`
  let found = db.selectFrom('alarm').select(alarmColumns).orderBy(open, 'desc').orderBy('id', 'desc').limit(limit)
  if (orderId !== undefined) found = found.where('order_id', '=', orderId)
  if (kind !== undefined) found = found.where('kind', '=', kind)
  if (after !== undefined)
    found = found.where(
      sql<boolean>`(${open}, id) < (select last.resolved_at is null, last.id from alarm last where last.id = ${after})`,
    )
  return found.execute()
}
type Search = { orderId?: string; kind?: string; after?: string }

const viewOf = (row: Selectable<AlarmTables['alarm']>): AlarmView => ({
  id: row.id,
  ...(row.order_id !== null && { orderId: row.order_id }),
  ...(row.about !== null && { about: row.about }),
  kind: row.kind,
  detail: row.detail,
  raisedAt: Temporal.Instant.from(row.raised_at).toString(),
  ...(row.acknowledged_at && { acknowledgedAt: Temporal.Instant.from(row.acknowledged_at).toString() }),
  ...(row.acknowledged_by && { acknowledgedBy: row.acknowledged_by }),
  ...(row.resolved_at && { resolvedAt: Temporal.Instant.from(row.resolved_at).toString() }),
  ...(row.resolved_by && { resolvedBy: row.resolved_by }),
  ...(row.resolution && { resolution: row.resolution }),
})
