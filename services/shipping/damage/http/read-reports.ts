import { Id } from '@vilkar/contracts/event.ts'
import { AfterDay } from '@vilkar/server/cursors.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { Type } from 'typebox'
import type { Deps } from '../../deps.ts'
import { listReports, readReport } from '../store.ts'
import { ReportView, viewOf } from './report-view.ts'
import { reportUnknown } from './unknown.ts'

const tags = ['damage']
const PAGE_SIZE = 50
const MAX_PAGE_SIZE = 200

/** The reading of what was reported: the list by the carrier's day, and one report. */
export function readReports(server: Server, { db }: Deps) {
  server.get(
    '/damage-reports',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'listDamageReports',
        summary: 'What was damaged or lost, by the last day on which the carrier is told in time',
        description:
          'What a carrier was told of (`claim=unsettled`) stands by how long its answer, or its money, is waited for.',
        tags,
        querystring: Type.Object(
          {
            claim: Type.Optional(
              Type.Union([Type.Literal('open'), Type.Literal('unsettled')], {
                description:
                  'open: only what the carrier was not told; unsettled: what it was told, and has neither refused nor paid.',
              }),
            ),
            settled: Type.Optional(Type.Literal('refund', { description: 'Only losses that are to be paid back.' })),
            shipmentId: Type.Optional(Id),
            orderId: Type.Optional(Id),
            after: Type.Optional(AfterDay),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ items: Type.Array(ReportView), next: Type.Optional(Type.String()) }),
          ...problems(400, 401, 403),
        },
      },
    },
    async ({ query: { limit = PAGE_SIZE, ...which } }) => {
      const rows = await listReports(db, { ...which, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return { items: page.map(viewOf), next: rows.length > limit ? `${last!.due_on}/${last!.id}` : undefined }
    },
  )
  server.get(
    '/damage-reports/:id',
    {
      config: { access: 'shipments:read' },
      schema: {
        operationId: 'readDamageReport',
        summary: 'What was damaged or lost, and what was done about it',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: ReportView, ...problems(400, 401, 403, 404) },
      },
    },
    async ({ params: { id } }) => viewOf((await readReport(db, id)) ?? reportUnknown()),
  )
}
