import { Day, Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { endOfOsloDay, osloDay } from '@vilkar/terms/calendar.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { ControllerId } from '../../policies/controllers.ts'
import { HoldingView, viewOf } from '../../subjects/http/holding-view.ts'
import { runRetention } from '../run.ts'
import { countDue, dueBy, listRuns } from '../store.ts'

const tags = ['retention']
const params = Type.Object({ controller: ControllerId })
const PAGE_SIZE = 100
const MAX_PAGE_SIZE = 500
const RUNS_SHOWN = 100

/** The doors of retention: what would go by a day, and the run. */
export function retentionRoutes(server: Server, deps: Deps) {
  server.get(
    '/retention/:controller/due',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listDue',
        summary: 'What goes by the end of a day, when, and by which sentence: a dry run',
        description:
          'As things stand now: what happens until then may keep a record longer. What something open keeps is not in it. Nothing is asked of anybody.',
        tags,
        params,
        querystring: Type.Object(
          {
            on: Type.Optional(Type.String({ ...Day, description: 'The day in Oslo; left out, today.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            on: Day,
            counts: Type.Array(
              Type.Object({
                ...{ system: Type.String(), category: Type.String(), count: Type.Integer() },
                first: Type.String({ ...Instant, description: 'When the first of them goes.' }),
              }),
            ),
            items: Type.Array(HoldingView, { description: 'The first of them.' }),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ params: { controller }, query: { on, limit = PAGE_SIZE } }) => {
      const at = deps.clock.now()
      const day = on === undefined ? osloDay(at) : Temporal.PlainDate.from(on)
      const by = endOfOsloDay(day).toString()
      const rows = await dueBy(deps.db, controller, { by, at: by, limit }).execute()
      const counts = await countDue(deps.db, controller, by)
      return {
        on: day.toString(),
        counts: counts.map(({ first, ...count }) => ({ ...count, first: Temporal.Instant.from(first).toString() })),
        items: rows.map((row) => viewOf(row, at)),
      }
    },
  )
  runRoutes(server, deps)
}

function runRoutes(server: Server, deps: Deps) {
  server.post(
    '/retention/:controller/runs',
    {
      config: { access: 'privacy:write' },
      schema: {
        operationId: 'runRetention',
        summary: 'Ask the holders to erase what has had its time, now',
        description: 'It runs by itself every minute. Two at once ask for each record once.',
        tags,
        params,
        response: {
          200: Type.Object({ holdings: Type.Integer({ description: 'Holdings that were asked for.' }) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ params: { controller } }) => {
      return { holdings: await runRetention(deps, controller) }
    },
  )
  server.get(
    '/retention/:controller/runs',
    {
      config: { access: 'privacy:read' },
      schema: {
        operationId: 'listRetentionRuns',
        summary: 'The runs that found something, the latest first',
        tags,
        params,
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object(
                { ranAt: Instant, holdings: Type.Integer(), erasures: Type.Integer() },
                { title: 'RetentionRun' },
              ),
            ),
          }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ params: { controller } }) => {
      const rows = await listRuns(deps.db, controller, RUNS_SHOWN)
      const items = rows.map(({ ran_at, holdings, erasures }) => ({
        ...{ ranAt: Temporal.Instant.from(ran_at).toString(), holdings, erasures },
      }))
      return { items }
    },
  )
}
