import { Day, Id } from '@vilkar/contracts/event.ts'
import { photoRoutes } from '@vilkar/photos/routes.ts'
import type { Server } from '@vilkar/server/http.ts'
import { httpError, problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { photoDepsOf } from '../../shipment/tell-pictures.ts'
import { listParcels, lockParcel, readParcel, updateParcel } from '../store.ts'
import { matchParcel } from '../take-in.ts'
import { InboundView, viewOf, viewsOf } from './inbound-view.ts'
import { answers, change, params, Text, tags, Whose } from './scan.ts'

const strict = { additionalProperties: false }
const Subject = Type.String({ minLength: 1, maxLength: 200, description: 'The subject of who works on it.' })

/** The work list of what came in: who settles what, and until when; whose it is, what became of it, and pictures of it. */
export function settle(server: Server, deps: Deps) {
  readRoutes(server, deps)
  matchRoute(server, deps)
  workRoutes(server, deps)
  photoRoutes(server, photoDepsOf(deps), {
    ...{ path: '/inbound-parcels/:id', operation: 'InboundPhoto', tag: tags[0]!, about: 'what came in' },
    access: { read: 'shipments:read', write: 'shipments:write' },
    async find(_caller, id) {
      const { order_id: orderId } = (await readParcel(deps.db, id)) ?? unknown()
      return { caseId: id, ...(orderId && { orderId }) }
    },
  })
}

function readRoutes(server: Server, { db }: Deps) {
  server.get(
    '/inbound-parcels',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listInboundParcels',
        summary: 'Parcels that came in',
        description:
          'At most 100, what is due first before all others. `status=unsettled` is the work list: goods that nobody announced, and units that are in no return.',
        tags,
        querystring: Type.Object(
          {
            status: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('unsettled')])),
            assignee: Type.Optional(Subject),
            dueBefore: Type.Optional(Type.String({ ...Day, description: 'Due on an earlier day than this.' })),
            orderId: Type.Optional(Id),
          },
          strict,
        ),
        response: { 200: Type.Object({ items: Type.Array(InboundView) }), ...problems(400, 401, 403) },
      },
    },
    async ({ query }) => ({ items: await viewsOf(db, await listParcels(db, query)) }),
  )
  server.get(
    '/inbound-parcels/:id',
    {
      config: { access: 'shipments:read' },
      schema: {
        ...{ operationId: 'readInboundParcel', summary: 'A parcel that came in', tags, params },
        response: { 200: InboundView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => viewOf(db, (await readParcel(db, id)) ?? unknown()),
  )
}

function matchRoute(server: Server, deps: Deps) {
  server.put(
    '/inbound-parcels/:id/match',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'matchInboundParcel',
        summary: 'Say whose a parcel is',
        description:
          'By its return, or by its order: then it is of the return that is announced of that order, now or later. Units that were nobody’s are the return’s where it has room for them; `units` says of which line.',
        tags,
        params,
        body: Type.Object(
          {
            ...Whose,
            units: Type.Optional(
              Type.Array(Type.Object({ unitId: Id, lineId: Type.String({ minLength: 1, maxLength: 20 }) }, strict), {
                maxItems: 1_000,
              }),
            ),
          },
          { ...strict, title: 'InboundMatch' },
        ),
        response: answers,
      },
    },
    async ({ params: { id }, body }) => change(deps, id, (trx) => matchParcel(trx, id, body, deps.clock.now())),
  )
}

function workRoutes(server: Server, deps: Deps) {
  server.put(
    '/inbound-parcels/:id/assignee',
    {
      config: { access: 'staff' },
      schema: {
        ...{ operationId: 'assignInboundParcel', summary: 'Say who works on a parcel that came in', tags, params },
        body: Type.Object({ assignee: Type.Optional(Subject) }, { ...strict, title: 'InboundAssignment' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { assignee } }) =>
      change(deps, id, async (trx) => {
        if ((await lockParcel(trx, id)) === undefined) unknown()
        await updateParcel(trx, id, { assignee: assignee ?? null })
      }),
  )
  server.put(
    '/inbound-parcels/:id/settlement',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'settleInboundParcel',
        summary: 'Say what became of goods that nobody announced',
        description:
          'Such as that they were sent back to whom they belong. Ends the task and its alarm. The first word stands.',
        tags,
        params,
        body: Type.Object({ done: Text('What was done.') }, { ...strict, title: 'InboundSettlement' }),
        response: answers,
      },
    },
    async ({ params: { id }, body: { done }, caller: { subject: settledBy } }) =>
      change(deps, id, async (trx) => {
        const row = (await lockParcel(trx, id)) ?? unknown()
        if (row.status === 'open') throw httpError(409, 'parcel-open', 'The parcel is not closed yet.')
        if (row.settled_at !== null) return
        const personal = { ...row.personal, settledBy, done }
        await updateParcel(trx, id, { settled_at: deps.clock.now().toString(), personal })
      }),
  )
}

const unknown = (): never => {
  throw httpError(404, 'inbound-parcel-unknown', 'There is no such parcel.')
}
